//! `corona:net` for JavaScript: sockets and listeners by number over `io::socket`.

mod listener;

pub(super) use listener::share;

use crate::io::socket::Stream;
use crate::io::{dns, tcp, unix};
use crate::op::{Bytes, Class, OpError, OpResult, Registry, Shared};
use crate::reactor;
use crate::resources;
use corona_std::errors;
use socket2::{SockAddr, SockRef, TcpKeepalive};
use std::future::poll_fn;
use std::io;
use std::path::Path;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

/// What one step of a native copy moves at most.
const COPY_BYTES: usize = 64 * 1024;

pub(crate) fn register(ops: &mut Registry) {
    ops.blocking("net_connect", connect);
    ops.blocking("net_connect_unix", connect_unix);
    ops.blocking("net_resolve", resolve);
    ops.blocking("net_read", read);
    ops.blocking("net_read_into", read_into);
    ops.blocking("net_write", write);
    ops.blocking("net_write_text", write_text);
    ops.blocking("net_end", end);
    ops.blocking("net_copy", copy);
    ops.sync("net_close", close);
    ops.sync("net_text", text);
    ops.sync("net_bytes", bytes);
    ops.sync("net_set_timeouts", set_timeouts);
    ops.sync("net_set_no_delay", set_no_delay);
    ops.sync("net_set_keep_alive", set_keep_alive);
    ops.sync("net_local_address", local_address);
    ops.sync("net_remote_address", remote_address);
    listener::register(ops);
}

/// A connected socket as JavaScript holds it.
struct Connection {
    stream: Stream,
    /// Counts against the limit of the listener that accepted it.
    _seat: Option<listener::Seat>,
}

fn connection(id: u32) -> OpResult<Rc<Connection>> {
    resources::get(id).map_err(|_| closed("the socket is closed"))
}

fn closed(message: &'static str) -> OpError {
    OpError::new(Class::Error, errors::CLOSED, message)
}

/// The error of an operation on a socket.
fn failed(error: io::Error, syscall: &'static str) -> OpError {
    if reactor::is_closed(&error) {
        return closed("the socket was closed while it was in use").syscall(syscall);
    }
    OpError::from(error).syscall(syscall)
}

fn milliseconds(ms: Option<f64>) -> Option<Duration> {
    ms.map(|ms| Duration::try_from_secs_f64(ms / 1000.0).unwrap_or(Duration::MAX))
}

fn family(number: u32) -> dns::Family {
    match number {
        4 => dns::Family::V4,
        6 => dns::Family::V6,
        _ => dns::Family::Any,
    }
}

async fn connect(
    host: String,
    port: u32,
    wanted: u32,
    timeout_ms: Option<f64>,
    local: Option<String>,
    no_delay: bool,
) -> OpResult<u32> {
    let connecting = async {
        let addresses = dns::lookup(&host, port as u16, family(wanted)).await?;
        let local = match &local {
            Some(local) => dns::lookup(local, 0, family(wanted)).await?.first().copied(),
            None => None,
        };
        tcp::connect(&addresses, local).await
    };
    let stream = limited(connecting, timeout_ms, || format!("connect to {host}:{port}")).await?;
    if no_delay {
        let _ = stream.socket().set_tcp_nodelay(true); // a connection that is broken already says so when it is used
    }
    Ok(resources::insert(Rc::new(Connection { stream, _seat: None })))
}

async fn connect_unix(path: String, timeout_ms: Option<f64>) -> OpResult<u32> {
    let connecting =
        async { unix::connect(Path::new(&path)).await.map_err(|error| failed(error, "connect").path(path.clone())) };
    let stream = limited(connecting, timeout_ms, || format!("connect to {path}")).await?;
    Ok(resources::insert(Rc::new(Connection { stream, _seat: None })))
}

/// Runs `future` for at most `limit_ms`.
async fn limited<T>(
    future: impl Future<Output = OpResult<T>>,
    limit_ms: Option<f64>,
    what: impl FnOnce() -> String,
) -> OpResult<T> {
    let Some(limit) = milliseconds(limit_ms) else { return future.await };
    let (mut future, mut sleep) = (pin!(future), reactor::sleep(limit));
    let outcome = poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(result) => Poll::Ready(Some(result)),
        Poll::Pending => pin!(&mut sleep).poll(cx).map(|()| None),
    });
    outcome.await.unwrap_or_else(|| {
        let message = format!("{} timed out after {} ms", what(), limit.as_millis());
        Err(OpError::new(Class::Error, errors::TIMEOUT, message).syscall("connect"))
    })
}

async fn resolve(host: String, wanted: u32) -> OpResult<Vec<String>> {
    let addresses = dns::lookup(&host, 0, family(wanted)).await?;
    Ok(addresses.iter().map(|address| address.ip().to_string()).collect())
}

/// The next bytes, at most `max`; null at the end.
async fn read(id: u32, max: u32) -> OpResult<Option<Bytes>> {
    let connection = connection(id)?;
    let bytes = connection.stream.read(max as usize).await.map_err(|error| failed(error, "read"))?;
    Ok((!bytes.is_empty()).then_some(Bytes(bytes)))
}

/// Fills the start of `buffer`; 0 at the end.
async fn read_into(id: u32, buffer: Shared) -> OpResult<u32> {
    let connection = connection(id)?;
    let read = connection.stream.read_with(buffer.len(), |bytes| buffer.copy_from(bytes));
    Ok(read.await.map_err(|error| failed(error, "read"))? as u32)
}

async fn write(id: u32, bytes: Bytes) -> OpResult<()> {
    connection(id)?.stream.write_all(&bytes).await.map_err(|error| failed(error, "write"))
}

async fn write_text(id: u32, text: String) -> OpResult<()> {
    connection(id)?.stream.write_all(text.as_bytes()).await.map_err(|error| failed(error, "write"))
}

async fn end(id: u32) -> OpResult<()> {
    connection(id)?.stream.end().await.map_err(|error| failed(error, "shutdown"))
}

/// Bytes as text; what is not UTF-8 becomes U+FFFD.
fn text(bytes: Bytes) -> String {
    String::from_utf8(bytes.0).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn bytes(text: String) -> Bytes {
    Bytes(text.into_bytes())
}

/// Copies from one socket to another until the first ends; the number of bytes.
async fn copy(from: u32, to: u32) -> OpResult<f64> {
    let (from, to) = (connection(from)?, connection(to)?);
    let mut total = 0.0;
    loop {
        let bytes = from.stream.read(COPY_BYTES).await.map_err(|error| failed(error, "read"))?;
        if bytes.is_empty() {
            return Ok(total);
        }
        to.stream.write_all(&bytes).await.map_err(|error| failed(error, "write"))?;
        total += bytes.len() as f64;
    }
}

/// Closes the socket; whoever waits on it gets an error. Closing twice does nothing.
fn close(id: u32) {
    if let Ok(connection) = resources::take::<Connection>(id) {
        connection.stream.close();
    }
}

fn set_timeouts(id: u32, read_ms: Option<f64>, write_ms: Option<f64>) -> OpResult<()> {
    connection(id)?.stream.set_timeouts(milliseconds(read_ms), milliseconds(write_ms));
    Ok(())
}

fn set_no_delay(id: u32, enabled: bool) -> OpResult<()> {
    connection(id)?.stream.socket().set_tcp_nodelay(enabled).map_err(|error| failed(error, "setsockopt"))
}

/// Turns keep-alive probes off (null) or on, the first after `delay_ms` of silence.
fn set_keep_alive(id: u32, delay_ms: Option<f64>) -> OpResult<()> {
    let connection = connection(id)?;
    let socket = SockRef::from(connection.stream.socket());
    let set = match milliseconds(delay_ms) {
        None => socket.set_keepalive(false),
        Some(delay) if delay < Duration::from_secs(1) => socket.set_keepalive(true),
        Some(delay) => socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(delay)),
    };
    set.map_err(|error| failed(error, "setsockopt"))
}

fn local_address(id: u32) -> OpResult<(String, u32)> {
    let address = connection(id)?.stream.socket().local_addr().map_err(|error| failed(error, "getsockname"))?;
    Ok(describe(&address))
}

fn remote_address(id: u32) -> OpResult<(String, u32)> {
    let address = connection(id)?.stream.socket().peer_addr().map_err(|error| failed(error, "getpeername"))?;
    Ok(describe(&address))
}

/// Host and port; for a Unix-domain socket its path, if it has one, and 0.
fn describe(address: &SockAddr) -> (String, u32) {
    match address.as_socket() {
        Some(address) => (address.ip().to_canonical().to_string(), address.port().into()),
        None => (address.as_pathname().map_or(String::new(), |path| path.to_string_lossy().into_owned()), 0),
    }
}

#[cfg(test)]
mod tests {
    use super::listener::{accept, listen_tcp, listener_address, listener_close, serve};
    use super::*;
    use crate::events;
    use crate::io::tcp::ListenOptions;
    use crate::reactor::{block_on, sleep, spawn};

    async fn local(limit: Option<u32>) -> (u32, u32) {
        let id = listen_tcp(Some("127.0.0.1".into()), 0, 16, false, false, limit, true).await.unwrap();
        (id, listener_address(id).unwrap().1)
    }

    async fn dial(port: u32) -> OpResult<u32> {
        connect("127.0.0.1".into(), port, 0, Some(5000.0), None, true).await
    }

    #[test]
    fn text_goes_through_and_the_end_is_null() {
        block_on(async {
            let (listener, port) = local(None).await;
            let client = dial(port).await.unwrap();
            let server = accept(listener).await.unwrap();
            write_text(client, "hé".into()).await.unwrap();
            end(client).await.unwrap();
            assert_eq!(read(server, 100).await.unwrap().unwrap().0, "hé".as_bytes());
            assert_eq!(read(server, 100).await.unwrap(), None);
            assert_eq!(remote_address(server).unwrap(), local_address(client).unwrap());
            close(client);
            close(client);
            assert_eq!(read(client, 1).await.unwrap_err().code, errors::CLOSED);
        });
    }

    #[test]
    fn a_closed_listener_ends_accept_and_lets_the_process_end() {
        block_on(async {
            let (listener, _) = local(None).await;
            serve(listener).unwrap();
            assert_eq!(reactor::outstanding(), 1);
            let waiting = accept(listener);
            spawn(async move {
                sleep(Duration::from_millis(5)).await;
                listener_close(listener);
            });
            assert_eq!(waiting.await.unwrap_err().code, errors::CLOSED);
            assert_eq!(reactor::outstanding(), 0);
        });
    }

    #[test]
    fn connections_beyond_the_limit_wait_until_one_ends() {
        block_on(async {
            let (listener, port) = local(Some(1)).await;
            serve(listener).unwrap();
            let first = dial(port).await.unwrap();
            dial(port).await.unwrap();
            sleep(Duration::from_millis(20)).await;
            let served = events::next().expect("the first connection is served");
            assert_eq!((served.a, events::next()), (listener, None));
            close(served.b);
            sleep(Duration::from_millis(20)).await;
            assert!(events::next().is_some());
            close(first);
            listener_close(listener);
        });
    }

    #[test]
    fn connecting_is_limited_in_time() {
        block_on(async {
            // A listener whose queue is full answers nobody.
            let listener =
                tcp::listen("127.0.0.1:0".parse().unwrap(), ListenOptions { backlog: 0, ..Default::default() });
            let listener = listener.unwrap();
            let port = describe(&listener.socket().local_addr().unwrap()).1;
            let mut error = None;
            let mut open = Vec::new();
            while error.is_none() && open.len() < 5 {
                match connect("127.0.0.1".into(), port, 0, Some(30.0), None, true).await {
                    Ok(id) => open.push(id),
                    Err(found) => error = Some(found),
                }
            }
            let error = error.expect("the queue fills up");
            assert_eq!(error.code, errors::TIMEOUT);
            assert_eq!(error.message(), format!("connect to 127.0.0.1:{port} timed out after 30 ms"));
        });
    }
}
