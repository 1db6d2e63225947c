//! The examples, as a person would try them. Each listens at a port of the system's choice (argument 0).

use crate::CORONA;
use corona_tests::program::{Program, connect, exchange, read_until};
use corona_tests::websocket::{HANDSHAKE, WebSocket};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

fn example(file: &str, args: &[&str]) -> Program {
    let mut line = vec!["run", file];
    line.extend(args);
    Program::start(CORONA, &corona_tests::root().join("examples"), &line)
}

/// The port at the end of `http://localhost:8080/`.
fn port_of(url: &str) -> u16 {
    let digits = url.trim_end_matches('/').rsplit(':').next().unwrap_or("");
    digits.parse().unwrap_or_else(|_| panic!("no port in {url:?}"))
}

/// Status and body of a request on a connection of its own.
fn request(port: u16, method: &str, target: &str, body: &str) -> (u16, String) {
    let length = body.len();
    let head =
        format!("{method} {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n");
    let answer = exchange(port, format!("{head}\r\n{body}").as_bytes());
    let status = answer.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    (status, body.to_owned())
}

#[test]
fn the_shop_sells_what_it_has_and_no_more() {
    let mut shop = example("shop.ts", &["0"]);
    let port = port_of(&shop.line_after("The shop is open: "));
    let buyers: Vec<_> = (0..12).map(|_| thread::spawn(move || request(port, "GET", "/?item=tea", "").1)).collect();
    let answers: Vec<String> = buyers.into_iter().map(|buyer| buyer.join().expect("a buyer")).collect();
    let sold = answers.iter().filter(|answer| *answer == r#"{"sold":true,"price":"3.50"}"#).count();
    let refused = answers.iter().filter(|answer| *answer == r#"{"sold":false,"price":null}"#).count();
    assert_eq!((sold, refused), (3, 9), "{answers:?}");
    shop.signal("TERM");
    let ended = shop.finish();
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(0), "The shop is closed.\n", ""));
}

fn join(port: u16, name: &str) -> TcpStream {
    let mut member = connect(port);
    read_until(&mut member, "Your name? ");
    member.write_all(format!("{name}\n").as_bytes()).expect("the server reads");
    member
}

#[test]
fn the_chat_carries_lines_to_everybody_else() {
    let mut chat = example("chat.ts", &["0"]);
    let port = chat.line_after("Chat on port ").parse().expect("a port");
    let mut ann = join(port, "ann");
    read_until(&mut ann, "* ann joined (1 here)\n");
    let mut bob = join(port, "bob");
    read_until(&mut bob, "* bob joined (2 here)\n");
    read_until(&mut ann, "* bob joined (2 here)\n");
    let mut twin = join(port, "ann");
    assert_eq!(read_until(&mut twin, "\n"), "ann is taken.\n");
    ann.write_all(b"hello\n/who\n").expect("the server reads");
    assert_eq!(read_until(&mut bob, "\n"), "ann: hello\n");
    assert_eq!(read_until(&mut ann, "\n"), "ann, bob\n");
    bob.write_all(b"/quit\n").expect("the server reads");
    assert_eq!(read_until(&mut ann, "\n"), "* bob left\n");
    drop(ann);
    let mut carl = join(port, "carl");
    // Ann's connection broke: the server notices, tells nobody that is not there, and goes on.
    let seen = read_until(&mut carl, "\n");
    assert!(
        seen == "* carl joined (1 here)\n" || seen == "* carl joined (2 here)\n" || seen == "* ann left\n",
        "{seen}"
    );
    assert!(chat.is_running());
}

#[test]
fn the_chat_puts_out_who_does_not_read() {
    let mut chat = example("chat.ts", &["0"]);
    let port = chat.line_after("Chat on port ").parse().expect("a port");
    let mut slow = join(port, "slow");
    read_until(&mut slow, "* slow joined (1 here)\n");
    let mut loud = join(port, "loud");
    read_until(&mut loud, "* loud joined (2 here)\n");
    let mut reader = loud.try_clone().expect("a socket can be cloned");
    let heard = thread::spawn(move || read_until(&mut reader, "* slow left\n"));
    let line = format!("{}\n", "x".repeat(900));
    while !heard.is_finished() {
        loud.write_all(line.as_bytes()).expect("the server reads, whatever the slow member does");
    }
    heard.join().expect("the others hear of it");
}

/// A backend that answers every connection with its name and how many x it got.
fn backend(name: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("bound").port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            thread::spawn(move || answer(&mut stream, name));
        }
    });
    port
}

fn answer(stream: &mut TcpStream, name: &str) {
    let head = read_until(stream, "\r\n\r\n").to_lowercase();
    let (mut count, mut tail) = (0, Vec::new());
    let mut buffer = vec![0; 64 << 10];
    while head.contains("transfer-encoding: chunked") && !tail.ends_with(b"0\r\n\r\n") {
        let Ok(read @ 1..) = stream.read(&mut buffer) else { return };
        count += buffer[..read].iter().filter(|byte| **byte == b'x').count();
        tail.extend_from_slice(&buffer[..read]);
        tail.drain(..tail.len().saturating_sub(5));
    }
    let forwarded = head.contains("x-forwarded-for: ");
    let body = format!("{name} got {count} bytes, forwarded: {forwarded}");
    let head = format!("HTTP/1.1 201 Made\r\nx-backend: {name}\r\ncontent-length: {}\r\nconnection: close", body.len());
    let _ = stream.write_all(format!("{head}\r\n\r\n{body}").as_bytes());
}

#[test]
fn the_room_tells_everybody_and_puts_out_whoever_says_too_much() {
    let mut room = example("room.ts", &["0"]);
    let port = port_of(&room.line_after("The room is open: "));
    assert!(request(port, "GET", "/", "").1.contains("<title>Room</title>"));
    let enter = |name: &str| {
        let handshake = HANDSHAKE.replace("GET / ", &format!("GET /talk?name={name} "));
        let mut stream = connect(port);
        stream.write_all(format!("{handshake}\r\n").as_bytes()).expect("the server reads");
        WebSocket::answered(stream)
    };
    let mut ann = enter("ann");
    assert_eq!(ann.hear(), "* ann came (1 here)");
    let mut bob = enter("bob");
    for member in [&mut ann, &mut bob] {
        assert_eq!(member.hear(), "* bob came (2 here)");
    }
    ann.say("hello");
    for member in [&mut ann, &mut bob] {
        assert_eq!(member.hear(), "ann: hello");
    }
    ann.say(&"x".repeat(1001));
    assert_eq!(ann.closed(), (1008, "short texts only".to_owned()));
    assert_eq!(bob.hear(), "* ann left");
    room.signal("TERM");
    assert_eq!(bob.closed().0, 1012);
    let ended = room.finish();
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
}

#[test]
fn the_proxy_takes_turns_and_leaves_out_who_is_dead() {
    let backends = [backend("one"), backend("two")];
    let dead = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port();
    let urls: Vec<String> =
        [dead, backends[0], backends[1]].iter().map(|port| format!("http://127.0.0.1:{port}")).collect();
    let mut proxy = example("proxy.ts", &["0", &urls[0], &urls[1], &urls[2]]);
    let port = port_of(&proxy.line_after("Proxy on "));
    let mut bodies: Vec<String> = (0..4).map(|_| request(port, "GET", "/", "").1).collect();
    bodies.sort();
    let expected = ["one", "one", "two", "two"].map(|name| format!("{name} got 0 bytes, forwarded: true"));
    assert_eq!(bodies, expected);
    assert!(proxy.error_line().contains(&format!("127.0.0.1:{dead}")));
}

#[test]
fn the_proxy_streams_uploads_and_answers_502() {
    let mut proxy = example("proxy.ts", &["0", &format!("http://127.0.0.1:{}", backend("one"))]);
    let port = port_of(&proxy.line_after("Proxy on "));
    let before = proxy.resident_bytes();
    let megabytes = 64;
    let mut client = connect(port);
    let length = megabytes << 20;
    write!(client, "POST /up HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n")
        .expect("a head");
    let chunk = vec![b'x'; 1 << 20];
    for _ in 0..megabytes {
        client.write_all(&chunk).expect("the proxy reads");
    }
    let answer = corona_tests::program::read_all(&mut client);
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert!(answer.ends_with(&format!("one got {length} bytes, forwarded: true")), "{answer}");
    let grown = proxy.resident_bytes().saturating_sub(before) >> 20;
    assert!(grown < 48, "an upload of {megabytes} MiB took {grown} MiB of memory");

    let dead = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port();
    let mut proxy = example("proxy.ts", &["0", &format!("http://127.0.0.1:{dead}")]);
    let port = port_of(&proxy.line_after("Proxy on "));
    assert_eq!(request(port, "GET", "/", ""), (502, "No backend answers.\n".to_owned()));
}

#[test]
fn the_crawler_finds_every_page_and_the_broken_links() {
    let crawler = example("crawler.ts", &[]);
    let ended = crawler.finish();
    assert!(ended.stdout.ends_with("\n39 pages, 3 broken\n"), "{}\n{}", ended.stdout, ended.stderr);
    for missing in [12, 38, 40] {
        assert!(ended.stdout.contains(&format!("/{missing} (404), linked from ")), "{}", ended.stdout);
    }
    assert_eq!(ended.code, Some(0));
}

#[test]
fn the_job_queue_works_refuses_and_drains() {
    let mut queue = example("jobs.ts", &["0", "2"]);
    let port = port_of(&queue.line_after("Jobs on "));
    assert_eq!(request(port, "POST", "/jobs", r#"{"task":"primes","below":100000}"#), (202, r#"{"id":1}"#.into()));
    assert_eq!(request(port, "POST", "/jobs", r#"{"task":"primes","below":-1}"#).0, 202);
    assert_eq!(request(port, "POST", "/jobs", r#"{"task":"toString"}"#).0, 400);
    assert_eq!(request(port, "POST", "/jobs", "{").0, 400);
    assert_eq!(request(port, "GET", "/jobs/99", "").0, 404);
    let done = r#"{"id":1,"state":"done","result":9592}"#;
    for _ in 0..500 {
        if request(port, "GET", "/jobs/1", "").1 == done {
            break;
        }
        thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(request(port, "GET", "/jobs/1", "").1, done);
    assert!(request(port, "GET", "/jobs/2", "").1.contains(r#""state":"failed","error":"below must be"#));

    let orders: Vec<u16> = (0..110).map(|_| request(port, "POST", "/jobs", r#"{"task":"wait","ms":20}"#).0).collect();
    assert!(orders.iter().all(|status| *status == 202 || *status == 503), "{orders:?}");
    let taken = orders.iter().filter(|status| **status == 202).count();
    queue.signal("TERM");
    let ended = queue.finish();
    assert_eq!(ended.stdout, format!("{} jobs, 1 failed.\n", taken + 2), "{}", ended.stderr);
    assert_eq!(ended.code, Some(0));
}
