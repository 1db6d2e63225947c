//! `corona:websocket` for JavaScript: sockets by number over `http::websocket`, and the headers of the handshake.

mod client;

use super::encoding::base64;
use super::http::add_fields;
use crate::http::websocket::{Limits, Role, Socket};
use crate::http::{self as web, Head, OutBody};
use crate::op::{Bytes, Class, Data, OpError, OpResult, Registry};
use crate::resources;
use corona_std::errors;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Version, header, request};
use sha1::{Digest, Sha1};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

pub(super) fn register(ops: &mut Registry) {
    ops.sync("ws_problem", problem);
    ops.sync("ws_accept", accept);
    ops.blocking("ws_connect", client::connect);
    ops.blocking("ws_receive", receive);
    ops.sync("ws_take", take);
    ops.blocking("ws_send", send);
    ops.blocking("ws_send_text", send_text);
    ops.sync("ws_try_send", try_send);
    ops.sync("ws_try_send_text", try_send_text);
    ops.sync("ws_close", close);
    ops.sync("ws_outcome", outcome);
    ops.sync("ws_handled", handled);
    ops.sync("ws_release", release);
}

/// What the key of a client is joined with before it is hashed, as the protocol wants it.
const SALT: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// 16 bytes in base64.
const KEY_LENGTH: usize = 24;

/// What a server answers to a client's key.
fn accept_key(key: &[u8]) -> String {
    base64(&Sha1::new().chain_update(key).chain_update(SALT).finalize())
}

/// What is wrong with the handshake of the request `id`: status and words; null when nothing is.
fn problem(id: u32) -> OpResult<Option<(u32, &'static str)>> {
    let found = web::with(id, |exchange| match &exchange.head {
        Head::Request(parts) => Some(problem_of(parts, exchange.intake.is_empty())),
        _ => None,
    });
    let problem = found.flatten().ok_or_else(|| web::closed("the request is over"))?;
    Ok(problem.map(|(status, words)| (status.as_u16().into(), words)))
}

fn problem_of(parts: &request::Parts, is_empty: bool) -> Option<(StatusCode, &'static str)> {
    let lists = |name: HeaderName, word: &str| {
        let mut values = parts.headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        values.any(|value| value.split(',').any(|item| item.trim().eq_ignore_ascii_case(word)))
    };
    let key = parts.headers.get(header::SEC_WEBSOCKET_KEY).map_or(&[][..], HeaderValue::as_bytes);
    let bad = |words| Some((StatusCode::BAD_REQUEST, words));
    if !lists(header::UPGRADE, "websocket") || !lists(header::CONNECTION, "upgrade") {
        Some((StatusCode::UPGRADE_REQUIRED, "this is a WebSocket: ask with the header Upgrade: websocket"))
    } else if !lists(header::SEC_WEBSOCKET_VERSION, "13") {
        Some((StatusCode::UPGRADE_REQUIRED, "the header Sec-WebSocket-Version must be 13"))
    } else if parts.method != Method::GET || parts.version != Version::HTTP_11 {
        bad("the handshake of a WebSocket is a GET request of HTTP/1.1")
    } else if !is_empty {
        bad("the handshake of a WebSocket has no body")
    } else if key.len() != KEY_LENGTH || !key.ends_with(b"==") {
        bad("the header Sec-WebSocket-Key must be 16 bytes in base64")
    } else {
        None
    }
}

/// `limits`: bytes of a message; then milliseconds of silence, and for closing.
fn read_limits(limits: &[f64]) -> OpResult<Limits> {
    let &[message_bytes, keep_alive_ms, close_ms] = limits else {
        return Err(OpError::new(Class::TypeError, errors::INVALID_ARGUMENT, "a WebSocket has three limits"));
    };
    let time = |ms: f64| Duration::try_from_secs_f64(ms / 1000.0).unwrap_or(Duration::MAX);
    Ok(Limits { message_bytes: message_bytes as usize, keep_alive: time(keep_alive_ms), close_timeout: time(close_ms) })
}

/// Answers the request `id` with the handshake, its own headers and `fields`. The number of the socket; null when the
/// client has gone. [`problem`] must have found none.
fn accept(id: u32, fields: Vec<String>, limits: Vec<f64>) -> OpResult<Option<u32>> {
    let limits = read_limits(&limits)?;
    let found = web::with(id, |exchange| match &exchange.head {
        Head::Request(parts) => parts.headers.get(header::SEC_WEBSOCKET_KEY).map(|key| accept_key(key.as_bytes())),
        _ => None,
    });
    let Some(key) = found.flatten() else { return Ok(None) };
    let mut response = Response::new(OutBody::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers: &mut HeaderMap = response.headers_mut();
    add_fields(headers, fields, true)?;
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    let key = HeaderValue::from_str(&key);
    headers.insert(header::SEC_WEBSOCKET_ACCEPT, key.map_err(|_| web::closed("the key is not valid"))?);
    let socket = Socket::new(Role::Server, limits);
    let Some(exchange) = web::remove(id) else { return Ok(None) };
    if !exchange.upgrade(id, response, socket.clone()) {
        return Ok(None);
    }
    Ok(Some(insert(socket)))
}

fn insert(socket: Rc<Socket>) -> u32 {
    let id = resources::insert(socket.clone());
    socket.set_id(id);
    id
}

fn socket(id: u32) -> OpResult<Rc<Socket>> {
    resources::get(id).map_err(|_| web::closed("the WebSocket is closed"))
}

/// The next message; null when the socket is closed.
async fn receive(id: u32) -> OpResult<Option<Data>> {
    let Ok(socket) = socket(id) else { return Ok(None) };
    Ok(poll_fn(|cx| socket.poll_receive(cx)).await)
}

/// As [`receive`], but null when no message is there.
fn take(id: u32) -> Option<Data> {
    match socket(id).ok()?.poll_receive(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(message) => message,
        Poll::Pending => None,
    }
}

async fn send(id: u32, bytes: Bytes) -> OpResult<()> {
    socket(id)?.send(false, bytes.0.into()).await
}

async fn send_text(id: u32, text: String) -> OpResult<()> {
    socket(id)?.send(true, text.into()).await
}

fn try_send(id: u32, bytes: Bytes) -> bool {
    socket(id).is_ok_and(|socket| socket.try_send(false, bytes.0.into()))
}

fn try_send_text(id: u32, text: String) -> bool {
    socket(id).is_ok_and(|socket| socket.try_send(true, text.into()))
}

/// Begins to close. Closing twice does nothing.
fn close(id: u32, code: Option<u32>, reason: String) {
    if let Ok(socket) = socket(id) {
        socket.close(code.map(|code| code as u16), reason);
    }
}

/// Code, reason, and whether both sides agreed; null while it is open.
fn outcome(id: u32) -> Option<(u32, String, bool)> {
    let outcome = socket(id).ok()?.outcome()?;
    Some((outcome.code.into(), outcome.reason, outcome.clean))
}

/// The handler of a server's socket has come to its end.
fn handled(id: u32) {
    let Ok(socket) = socket(id) else { return };
    socket.end_handled();
    if socket.is_released() {
        forget(id);
    }
}

/// The socket is over, and JavaScript knows all of it.
fn release(id: u32) {
    let Ok(socket) = socket(id) else { return };
    socket.release();
    if !socket.is_handled() {
        forget(id);
    }
}

fn forget(id: u32) {
    drop(resources::take::<Socket>(id));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_to_a_key_is_that_of_the_standard() {
        assert_eq!(accept_key(b"dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
}
