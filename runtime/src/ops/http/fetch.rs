//! `fetch` for JavaScript: requests to servers, by number.

use super::add_fields;
use crate::http::{self as web, Answer, Order, Pipe, Target};
use crate::op::{Bytes, Class, OpError, OpResult, Registry};
use corona_std::errors;
use http::{HeaderMap, HeaderValue, Method, Uri, header};
use std::future::poll_fn;
use std::task::{Context, Poll, Waker};

pub(super) fn register(ops: &mut Registry) {
    ops.sync("http_fetch", fetch);
    ops.blocking("http_fetch_wait", fetch_wait);
    ops.sync("http_fetch_take", fetch_take);
    ops.sync("http_fetch_cancel", web::cancel);
}

/// Begins to fetch `url`, absolute and `http:`. `stream`: the body follows by `http_write`.
fn fetch(
    method: String,
    url: String,
    fields: Option<Vec<String>>,
    body: Option<Bytes>,
    stream: bool,
    unix: Option<String>,
) -> OpResult<u32> {
    let Place { authority, key, target, uri } = place(&url, unix)?;
    let method = Method::from_bytes(method.as_bytes()).map_err(|_| invalid("the method is not valid"))?;
    let mut headers = HeaderMap::with_capacity(8);
    if let Some(fields) = fields {
        add_fields(&mut headers, fields, true)?;
    }
    complete_headers(&mut headers, authority, &method, body.as_ref(), stream)?;
    let pipe = stream.then(|| Pipe::new(None));
    Ok(web::start(Order { target, key, method, uri, headers, body: body.map(|body| body.0.into()), pipe }))
}

fn invalid(what: &'static str) -> OpError {
    OpError::new(Class::TypeError, errors::INVALID_ARGUMENT, what)
}

/// What a URL says of where to ask, and for what.
pub(in crate::ops) struct Place<'a> {
    pub authority: &'a str,
    /// Names the connections that lead there.
    pub key: String,
    pub target: Target,
    pub uri: Uri,
}

/// `url`: absolute and `http:`. `unix`: the path of a socket to ask at instead.
pub(in crate::ops) fn place(url: &str, unix: Option<String>) -> OpResult<Place<'_>> {
    let rest = url.strip_prefix("http://").ok_or_else(|| invalid("the URL is not http:"))?;
    let (authority, target) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let target = target.split('#').next().filter(|target| !target.is_empty()).unwrap_or("/");
    let uri = Uri::try_from(target).map_err(|_| invalid("the URL is too long or not valid"))?;
    let (key, target) = match unix {
        Some(path) => (format!("unix:{path}"), Target::Unix(path)),
        None => {
            let (host, port) = match authority.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
                Some((host, port)) => (host, port.parse().map_err(|_| invalid("the port is not valid"))?),
                None => (authority, 80),
            };
            (authority.to_owned(), Target::Tcp { host: host.to_owned(), port })
        }
    };
    Ok(Place { authority, key, target, uri })
}

/// What every request says unless the program says otherwise.
fn complete_headers(
    headers: &mut HeaderMap,
    authority: &str,
    method: &Method,
    body: Option<&Bytes>,
    stream: bool,
) -> OpResult<()> {
    let host = HeaderValue::from_str(authority)
        .map_err(|_| OpError::new(Class::TypeError, errors::INVALID_ARGUMENT, "the host is not valid"))?;
    headers.entry(header::HOST).or_insert(host);
    headers.entry(header::ACCEPT).or_insert(HeaderValue::from_static("*/*"));
    headers.entry(header::USER_AGENT).or_insert(HeaderValue::from_static("Corona"));
    // Nothing here decodes.
    headers.entry(header::ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
    if body.is_none_or(|body| body.is_empty()) && !stream && (method == Method::POST || method == Method::PUT) {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    Ok(())
}

/// Status, reason, headers, text, bytes; of the last two one or none.
type Parts = (u32, Option<String>, String, Option<String>, Option<Bytes>);

fn parts(answer: Answer) -> Parts {
    (answer.status.into(), answer.reason, answer.headers, answer.text, answer.bytes)
}

async fn fetch_wait(id: u32) -> OpResult<Option<Parts>> {
    /// A coroutine that is cancelled no longer waits: the answer then comes as an event.
    struct Waiter(u32);
    impl Drop for Waiter {
        fn drop(&mut self) {
            web::forget_waiter(self.0);
        }
    }
    let _waiter = Waiter(id);
    poll_fn(|cx| web::poll_answer(id, cx)).await.transpose().map(|answer| answer.map(parts))
}

/// The answer, if it is there.
fn fetch_take(id: u32) -> OpResult<Option<Parts>> {
    match web::poll_answer(id, &mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer.transpose().map(|answer| answer.map(parts)),
        Poll::Pending => {
            web::forget_waiter(id);
            Ok(None)
        }
    }
}
