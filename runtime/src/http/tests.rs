//! Server and client over real sockets, without JavaScript: the tests answer the events themselves.

use super::*;
use crate::events::{self, Handler};
use crate::io::tcp::{self, ListenOptions};
use crate::reactor::{block_on, sleep, spawn};
use bytes::Bytes;
use http::{HeaderMap, Method, Response};
use std::future::poll_fn;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

fn settings() -> Settings {
    let long = Duration::from_secs(10);
    Settings {
        header_bytes: 65536,
        headers: 100,
        body_bytes: 1 << 20,
        connections: usize::MAX,
        head_timeout: long,
        idle_timeout: long,
        body_timeout: long,
        write_timeout: long,
    }
}

fn server(settings: Settings) -> (Rc<Server>, SocketAddr) {
    let listener = tcp::listen("127.0.0.1:0".parse().unwrap(), ListenOptions::default()).unwrap();
    let address = listener.socket().local_addr().unwrap().as_socket().unwrap();
    let server = Server::new(listener, settings);
    server.start(7);
    (server, address)
}

/// The next event of this kind.
async fn event(handler: Handler) -> u32 {
    for _ in 0..400 {
        while let Some(event) = events::next() {
            if event.handler == handler {
                return if handler == Handler::HttpResponse { event.a } else { event.b };
            }
        }
        sleep(Duration::from_millis(2)).await;
    }
    panic!("no event {handler:?} within 800 ms");
}

fn reply(id: u32, text: &'static str) -> bool {
    let response = Response::new(OutBody::full(Bytes::from_static(text.as_bytes())));
    remove(id).is_some_and(|exchange| exchange.respond(id, response))
}

/// Reads until `end` was seen, or to the end of the connection.
async fn read_until(stream: &crate::io::socket::Stream, end: &str) -> String {
    let mut text = String::new();
    loop {
        let bytes = stream.read(65536).await.unwrap();
        text.push_str(&String::from_utf8_lossy(&bytes));
        if bytes.is_empty() || text.ends_with(end) {
            return text;
        }
    }
}

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";

#[test]
fn an_idle_connection_is_parked_and_serves_again() {
    block_on(async {
        let (server, address) = server(settings());
        let client = tcp::connect(&[address], None).await.unwrap();
        for pause in [0, 1200, 0] {
            sleep(Duration::from_millis(pause)).await;
            client.write_all(GET).await.unwrap();
            assert!(reply(event(Handler::HttpRequest).await, "hello"));
            assert!(read_until(&client, "hello").await.starts_with("HTTP/1.1 200 OK\r\n"));
        }
        assert_eq!(exchange::count(), 0);
        server.close();
    });
}

#[test]
fn a_client_that_goes_is_reported_and_its_response_refused() {
    block_on(async {
        let (server, address) = server(settings());
        let client = tcp::connect(&[address], None).await.unwrap();
        client.write_all(GET).await.unwrap();
        let id = event(Handler::HttpRequest).await;
        drop(client);
        assert_eq!(event(Handler::HttpGone).await, id);
        assert!(!reply(id, "too late"));
        assert_eq!(exchange::count(), 0);
        server.close();
    });
}

#[test]
fn a_client_that_ends_its_side_still_gets_a_response_that_is_soon_there() {
    block_on(async {
        let (server, address) = server(settings());
        let client = tcp::connect(&[address], None).await.unwrap();
        client.write_all(GET).await.unwrap();
        client.end().await.unwrap();
        let id = event(Handler::HttpRequest).await;
        sleep(Duration::from_millis(20)).await;
        assert!(reply(id, "hello"));
        assert!(read_until(&client, "").await.ends_with("hello"));
        server.close();
    });
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    block_on(async {
        let (server, address) = server(settings());
        let client = tcp::connect(&[address], None).await.unwrap();
        client.write_all(&[GET, GET].concat()).await.unwrap();
        for text in ["first", "second"] {
            assert!(reply(event(Handler::HttpRequest).await, text));
            assert!(read_until(&client, text).await.ends_with(text));
        }
        server.close();
    });
}

#[test]
fn draining_waits_for_requests_and_closes_the_idle() {
    block_on(async {
        let (server, address) = server(settings());
        let idle = tcp::connect(&[address], None).await.unwrap();
        let busy = tcp::connect(&[address], None).await.unwrap();
        busy.write_all(GET).await.unwrap();
        let id = event(Handler::HttpRequest).await;
        spawn(async move {
            sleep(Duration::from_millis(50)).await;
            assert!(reply(id, "done"));
        });
        assert!(server.shut_down(Some(Duration::from_secs(5)), Duration::ZERO, 1001).await);
        assert!(read_until(&busy, "").await.ends_with("done"));
        assert_eq!(read_until(&idle, "").await, "");
        assert!(tcp::connect(&[address], None).await.is_err());
        assert_eq!(reactor_holds(), 0);
    });
}

fn reactor_holds() -> usize {
    crate::reactor::outstanding()
}

#[test]
fn a_slow_head_is_answered_with_408_and_silence_with_the_end() {
    block_on(async {
        let limit = Duration::from_millis(40);
        let (server, address) = server(Settings { head_timeout: limit, idle_timeout: limit, ..settings() });
        let slow = tcp::connect(&[address], None).await.unwrap();
        slow.write_all(b"GET / HT").await.unwrap();
        assert!(read_until(&slow, "").await.starts_with("HTTP/1.1 408 "));
        let silent = tcp::connect(&[address], None).await.unwrap();
        assert_eq!(read_until(&silent, "").await, "");
        server.close();
    });
}

fn order(address: SocketAddr, target: &str) -> Order {
    Order {
        target: Target::Tcp { host: address.ip().to_string(), port: address.port() },
        key: address.to_string(),
        method: Method::GET,
        uri: target.parse().unwrap(),
        headers: HeaderMap::from_iter([(http::header::HOST, "x".parse().unwrap())]),
        body: None,
        pipe: None,
    }
}

async fn answer(id: u32) -> crate::op::OpResult<Answer> {
    poll_fn(|cx| poll_answer(id, cx)).await.expect("the fetch is there")
}

#[test]
fn a_fetch_takes_its_connection_from_the_pool_and_leaves_nothing() {
    block_on(async {
        let (server, address) = server(settings());
        for text in ["one", "two"] {
            let id = start(order(address, "/"));
            spawn(async move {
                assert!(reply(event(Handler::HttpRequest).await, text));
            });
            let answer = answer(id).await.unwrap();
            assert_eq!((answer.status, answer.text.as_deref()), (200, Some(text)));
            assert_eq!(pool::kept(), 1);
        }
        assert_eq!(exchange::count(), 0);
        server.close();
    });
}

#[test]
fn a_pooled_connection_that_the_server_closed_is_replaced() {
    const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    block_on(async {
        let listener = tcp::listen("127.0.0.1:0".parse().unwrap(), ListenOptions::default()).unwrap();
        let address = listener.socket().local_addr().unwrap().as_socket().unwrap();
        let id = start(order(address, "/"));
        let first = listener.accept().await.unwrap();
        read_until(&first, "\r\n\r\n").await;
        first.write_all(OK).await.unwrap();
        answer(id).await.unwrap();
        assert_eq!(pool::kept(), 1);
        drop(first);
        // No turn of the loop between: the pool cannot know yet.
        let id = start(order(address, "/"));
        let second = listener.accept().await.unwrap();
        read_until(&second, "\r\n\r\n").await;
        second.write_all(OK).await.unwrap();
        assert_eq!(answer(id).await.unwrap().text.as_deref(), Some("ok"));
    });
}

#[test]
fn a_fetch_that_nobody_waits_for_posts_an_event_and_can_be_cancelled() {
    block_on(async {
        let (server, address) = server(settings());
        let id = start(order(address, "/"));
        assert!(reply(event(Handler::HttpRequest).await, "x"));
        assert_eq!(event(Handler::HttpResponse).await, id);
        assert!(answer(id).await.is_ok());
        let id = start(order(address, "/"));
        let request = event(Handler::HttpRequest).await;
        cancel(id);
        assert_eq!(event(Handler::HttpGone).await, request);
        drop(remove(request));
        assert_eq!(exchange::count(), 0);
        server.close();
    });
}
