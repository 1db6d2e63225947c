//! Connecting: the client's side of the handshake.

use super::super::encoding::base64;
use super::super::http::add_fields;
use super::super::http::fetch::{Place, place};
use super::super::web::random_bytes;
use super::{accept_key, insert, read_limits};
use crate::http::{self as web, Order};
use crate::op::{Class, OpError, OpResult};
use corona_std::errors;
use http::response::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use std::time::Duration;

/// The socket for `url`, absolute and `http:`, and the subprotocol that the server chose of `protocols`. `limits` as
/// for servers.
pub(super) async fn connect(
    url: String,
    unix: Option<String>,
    fields: Vec<String>,
    protocols: Vec<String>,
    limits: Vec<f64>,
    timeout_ms: f64,
) -> OpResult<(u32, String)> {
    let Place { authority, key, target, uri } = place(&url, unix)?;
    let nonce = base64(&random_bytes(16)?);
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(header::HOST, value(authority)?);
    add_fields(&mut headers, fields, true)?;
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
    headers.insert(header::SEC_WEBSOCKET_KEY, value(&nonce)?);
    if !protocols.is_empty() {
        headers.insert(header::SEC_WEBSOCKET_PROTOCOL, value(&protocols.join(", "))?);
    }
    let order = Order { target, key, method: Method::GET, uri, headers, body: None, pipe: None };
    let time = Duration::try_from_secs_f64(timeout_ms / 1000.0).unwrap_or(Duration::MAX);
    let mut protocol = String::new();
    let check = |parts: &Parts| {
        protocol = check(parts, &nonce, &protocols)?;
        Ok(())
    };
    let socket = web::websocket::connect(order, read_limits(&limits)?, time, check).await?;
    Ok((insert(socket), protocol))
}

fn value(text: &str) -> OpResult<HeaderValue> {
    HeaderValue::from_str(text)
        .map_err(|_| OpError::new(Class::TypeError, errors::INVALID_ARGUMENT, "the host is not valid"))
}

/// The subprotocol, if the answer fits the key and what was offered.
fn check(parts: &Parts, nonce: &str, offered: &[String]) -> OpResult<String> {
    let wrong = |what: String| Err(OpError::new(Class::Error, errors::PROTOCOL, what));
    if parts.status != StatusCode::SWITCHING_PROTOCOLS {
        return wrong(format!("the server answered {} instead of opening a WebSocket", parts.status));
    }
    let field = |name| parts.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if field(header::SEC_WEBSOCKET_ACCEPT) != Some(&*accept_key(nonce.as_bytes())) {
        return wrong("the server's answer does not fit the key of the handshake".to_owned());
    }
    if field(header::SEC_WEBSOCKET_EXTENSIONS).is_some_and(|extensions| !extensions.is_empty()) {
        return wrong("the server uses extensions that were not offered".to_owned());
    }
    match field(header::SEC_WEBSOCKET_PROTOCOL) {
        Some(chosen) if !offered.iter().any(|name| name == chosen) => {
            wrong(format!("the server chose the protocol {chosen:?}, which was not offered"))
        }
        chosen => Ok(chosen.unwrap_or_default().to_owned()),
    }
}
