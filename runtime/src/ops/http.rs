//! `corona:http` and `fetch` for JavaScript: servers, exchanges and their bodies by number over `crate::http`.

pub(super) mod fetch;

use crate::http::{self as web, Exchange, Head, Intake, OutBody, Pipe, Server, Settings};
use crate::io::listen;
use crate::io::tcp::ListenOptions;
use crate::op::{Bytes, Class, OpError, OpResult, Registry};
use crate::resources;
use corona_std::errors;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use hyper::ext::ReasonPhrase;
use std::future::poll_fn;
use std::os::fd::OwnedFd;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

pub fn register(ops: &mut Registry) {
    ops.blocking("http_listen", start);
    ops.sync("http_address", address);
    ops.sync("http_server_ref", server_ref);
    ops.sync("http_close", close);
    ops.blocking("http_shutdown", shut_down);
    ops.blocking("http_drain", drain);
    ops.sync("http_target", target);
    ops.sync("http_headers", headers);
    ops.sync("http_has_body", has_body);
    ops.sync("http_remote_address", remote_address);
    ops.sync("http_respond", respond);
    ops.sync("http_respond_bytes", respond_bytes);
    ops.sync("http_respond_stream", respond_stream);
    ops.blocking("http_write", write);
    ops.blocking("http_write_text", write_text);
    ops.sync("http_end", end);
    ops.sync("http_abort", abort);
    ops.blocking("http_read", read);
    ops.blocking("http_collect", collect);
    ops.blocking("http_collect_text", collect_text);
    ops.sync("http_take", take);
    ops.sync("http_take_text", take_text);
    ops.blocking("http_pipe", pipe);
    ops.sync("http_discard", discard);
    ops.sync("http_drop", drop_exchange);
    fetch::register(ops);
}

/// How long an idle connection of a service that ends may still get a request.
const IDLE_LINGER: Duration = Duration::from_millis(500);

// ------------------------------------------------------------------------------------------------ servers

/// `limits`: header bytes, headers, body bytes, connections; then milliseconds for head, idleness, body, write.
async fn start(
    host: Option<String>,
    port: u32,
    path: Option<String>,
    inherited: Option<String>,
    backlog: u32,
    reuse_port: bool,
    limits: Vec<f64>,
) -> OpResult<u32> {
    let &[header_bytes, headers, body_bytes, connections, head_ms, idle_ms, body_ms, write_ms] = &limits[..] else {
        return Err(OpError::new(Class::TypeError, errors::INVALID_ARGUMENT, "a server has eight limits"));
    };
    let time = |ms: f64| Duration::try_from_secs_f64(ms / 1000.0).unwrap_or(Duration::MAX);
    let settings = Settings {
        header_bytes: header_bytes as usize,
        headers: headers as usize,
        body_bytes: body_bytes as u64,
        connections: connections as usize,
        head_timeout: time(head_ms),
        idle_timeout: time(idle_ms),
        body_timeout: time(body_ms),
        write_timeout: time(write_ms),
    };
    let listener = match (inherited, path) {
        (Some(name), _) => listen::inherited(&name).await?,
        (None, Some(path)) => listen::at_path(&path, backlog as i32).await?,
        (None, None) => {
            let options = ListenOptions { backlog: backlog as i32, reuse_port, ..ListenOptions::default() };
            listen::at_host(host.as_deref(), port as u16, options).await?
        }
    };
    let server = Server::new(listener, settings);
    let id = resources::insert(server.clone());
    server.start(id);
    Ok(id)
}

fn server(id: u32) -> OpResult<Rc<Server>> {
    resources::get(id).map_err(|_| web::closed("the server is closed"))
}

/// A copy of the socket that the server `id` listens on, for another process. `None`: there is no such server.
pub(super) fn share(id: u32) -> Option<OpResult<OwnedFd>> {
    let server = resources::get::<Server>(id).ok()?;
    server.share().map(|copy| copy.map_err(|error| OpError::from(error).syscall("fcntl")))
}

/// Host and port, and false; or a path, 0 and true.
fn address(id: u32) -> OpResult<(String, u32, bool)> {
    let address = server(id)?.socket(|socket| socket.local_addr()).transpose()?;
    let address = address.ok_or_else(|| web::closed("the server is closed"))?;
    let (name, port) = describe(&address);
    Ok((name, port, address.as_socket().is_none()))
}

fn describe(address: &socket2::SockAddr) -> (String, u32) {
    match address.as_socket() {
        Some(address) => (address.ip().to_canonical().to_string(), address.port().into()),
        None => (address.as_pathname().map_or(String::new(), |path| path.to_string_lossy().into_owned()), 0),
    }
}

fn server_ref(id: u32, referenced: bool) -> OpResult<()> {
    server(id)?.set_referenced(referenced);
    Ok(())
}

/// Ends the server and its connections now. Closing twice does nothing.
fn close(id: u32) {
    if let Ok(server) = resources::take::<Server>(id) {
        server.close();
    }
}

async fn shut_down(id: u32, limit_ms: Option<f64>) -> OpResult<bool> {
    let server = server(id)?;
    let limit = limit_ms.map(|ms| Duration::try_from_secs_f64(ms / 1000.0).unwrap_or(Duration::MAX));
    let drained = server.shut_down(limit, Duration::ZERO, web::websocket::GOING_AWAY).await;
    close(id);
    Ok(drained)
}

/// The end of a service: as [`shut_down`], but idle connections live a moment longer. Somebody may be sending a request
/// on one right now, which then gets its response and the news that it was the last. And WebSockets hear that it is worth
/// coming back: whoever ended this process has most likely started another.
async fn drain(id: u32) {
    let Ok(server) = server(id) else { return };
    server.shut_down(None, IDLE_LINGER, web::websocket::SERVICE_RESTART).await;
    close(id);
}

// ------------------------------------------------------------------------------------------------ requests

fn gone() -> OpError {
    web::closed("the request is over: read what you need of it before its response is sent")
}

/// Method and URL.
fn target(id: u32) -> OpResult<(String, String)> {
    let found = web::with(id, |exchange| match &exchange.head {
        Head::Request(parts) => Some((parts.method.as_str().to_owned(), web::url(parts))),
        _ => None,
    });
    found.flatten().ok_or_else(gone)
}

fn headers(id: u32) -> OpResult<String> {
    let found = web::with(id, |exchange| match &exchange.head {
        Head::Request(parts) => Some(web::flat_headers(&parts.headers)),
        _ => None,
    });
    found.flatten().ok_or_else(gone)
}

fn has_body(id: u32) -> bool {
    web::with(id, |exchange| !exchange.intake.is_empty()).unwrap_or(false)
}

fn remote_address(id: u32) -> OpResult<(String, u32)> {
    let address = web::with(id, |exchange| exchange.peer_address()).flatten();
    address.map(|address| describe(&address)).ok_or_else(gone)
}

// ------------------------------------------------------------------------------------------------ responses

/// The name under which a response's own reason phrase stands among its fields.
const REASON: &str = ":reason";
/// Content types that come as numbers.
const TYPES: [&str; 3] = ["", "text/plain;charset=UTF-8", "application/json"];

fn head(
    status: u32,
    content_type: u32,
    fields: Option<Vec<String>>,
    body: OutBody,
    known_length: bool,
) -> OpResult<Response<OutBody>> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status as u16)
        .map_err(|_| OpError::new(Class::RangeError, errors::INVALID_ARGUMENT, "not a status"))?;
    if let Some(text) = TYPES.get(content_type as usize).filter(|text| !text.is_empty()) {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(text));
    }
    if let Some(mut fields) = fields {
        // No header has such a name, but a value may: it stands last.
        if fields.len() >= 2 && fields[fields.len() - 2] == REASON {
            let words = fields.pop().unwrap_or_default();
            fields.pop();
            let reason: Vec<u8> = words.chars().map(|c| c as u8).collect();
            let reason = ReasonPhrase::try_from(reason)
                .map_err(|_| OpError::new(Class::TypeError, errors::INVALID_ARGUMENT, "not a reason phrase"))?;
            response.extensions_mut().insert(reason);
        }
        add_fields(response.headers_mut(), fields, known_length)?;
    }
    Ok(response)
}

/// Adds names and values that take turns. What frames the message is hyper's to say.
pub(super) fn add_fields(headers: &mut HeaderMap, fields: Vec<String>, known_length: bool) -> OpResult<()> {
    let invalid = |_| OpError::new(Class::TypeError, errors::INVALID_ARGUMENT, "not a header");
    for pair in fields.chunks_exact(2) {
        let name = HeaderName::from_bytes(pair[0].as_bytes()).map_err(|error| invalid(error.to_string()))?;
        if name == header::TRANSFER_ENCODING || (known_length && name == header::CONTENT_LENGTH) {
            continue;
        }
        let value = if pair[1].is_ascii() {
            HeaderValue::from_str(&pair[1])
        } else {
            // Each character is one byte.
            HeaderValue::from_bytes(&pair[1].chars().map(|c| c as u8).collect::<Vec<u8>>())
        };
        headers.append(name, value.map_err(|error| invalid(error.to_string()))?);
    }
    Ok(())
}

/// Hands a whole response over. False: the client has gone.
fn answer(id: u32, response: Response<OutBody>) -> bool {
    match web::remove(id) {
        Some(exchange) => exchange.respond(id, response),
        None => false,
    }
}

fn respond(
    id: u32,
    status: u32,
    content_type: u32,
    fields: Option<Vec<String>>,
    text: Option<String>,
) -> OpResult<bool> {
    // Without a body (HEAD, 304) the program may say how long it would be.
    let known = text.is_some();
    let body = text.map_or_else(OutBody::empty, |text| OutBody::full(text.into()));
    Ok(answer(id, head(status, content_type, fields, body, known)?))
}

fn respond_bytes(id: u32, status: u32, content_type: u32, fields: Option<Vec<String>>, bytes: Bytes) -> OpResult<bool> {
    Ok(answer(id, head(status, content_type, fields, OutBody::full(bytes.0.into()), true)?))
}

/// Begins a response whose body is written piece by piece. False: none is wanted, or the client has gone.
fn respond_stream(
    id: u32,
    status: u32,
    content_type: u32,
    fields: Option<Vec<String>>,
    length: Option<f64>,
) -> OpResult<bool> {
    let bodiless = matches!(status, 204 | 205 | 304) || web::with(id, |exchange| exchange.is_head()) == Some(true);
    if bodiless {
        answer(id, head(status, content_type, fields, OutBody::empty(), false)?);
        return Ok(false);
    }
    let pipe = Pipe::new(length.map(|length| length as u64));
    let response = head(status, content_type, fields, OutBody::piped(pipe.clone()), true)?;
    let sent = web::with(id, |exchange| exchange.begin(id, pipe, response)).unwrap_or(false);
    if !sent {
        drop(web::remove(id));
    }
    Ok(sent)
}

// ------------------------------------------------------------------------------------------------ bodies out

async fn write(id: u32, bytes: Bytes) -> OpResult<()> {
    write_piece(id, bytes.0.into()).await
}

async fn write_text(id: u32, text: String) -> OpResult<()> {
    write_piece(id, text.into()).await
}

async fn write_piece(id: u32, bytes: bytes::Bytes) -> OpResult<()> {
    let pipe = web::with(id, |exchange| exchange.pipe.clone()).flatten();
    let closed = || {
        OpError::new(Class::Error, "ECONNRESET", "the connection ended while a body was sent on it")
            .syscall("http_write")
    };
    pipe.ok_or_else(closed)?.write(bytes).await.map_err(|_| closed())
}

/// The body that is written to the exchange is complete.
fn end(id: u32) {
    finish_pipe(id, true);
}

/// The body that is written to the exchange breaks off.
fn abort(id: u32) {
    finish_pipe(id, false);
}

fn finish_pipe(id: u32, complete: bool) {
    let taken = web::with(id, |exchange| (exchange.pipe.take(), exchange.is_over()));
    let Some((pipe, over)) = taken else { return };
    if let Some(pipe) = pipe {
        if complete { pipe.end() } else { pipe.abort() }
    }
    if over {
        drop(web::remove(id));
    }
}

// ------------------------------------------------------------------------------------------------ bodies in

fn poll_intake<T>(id: u32, poll: impl FnOnce(&mut Intake) -> Poll<OpResult<T>>) -> Poll<OpResult<T>> {
    web::with(id, |exchange| poll(&mut exchange.intake)).unwrap_or_else(|| Poll::Ready(Err(gone())))
}

/// The next piece; null at the end.
async fn read(id: u32) -> OpResult<Option<Bytes>> {
    let chunk = poll_fn(|cx| poll_intake(id, |intake| intake.poll_chunk(cx))).await?;
    if chunk.is_none() {
        release(id);
    }
    Ok(chunk.map(|bytes| Bytes(bytes.into())))
}

/// The rest.
async fn collect(id: u32) -> OpResult<Bytes> {
    let announced = web::with(id, |exchange| exchange.intake.announced()).unwrap_or(0);
    let mut all = Vec::with_capacity(announced);
    let collected = loop {
        match poll_fn(|cx| poll_intake(id, |intake| intake.poll_chunk(cx))).await {
            Ok(Some(bytes)) => all.extend_from_slice(&bytes),
            Ok(None) => break Ok(Bytes(all)),
            Err(error) => break Err(error),
        }
    };
    release(id);
    collected
}

async fn collect_text(id: u32) -> OpResult<String> {
    collect(id).await.map(|bytes| decode(bytes.0))
}

/// The rest, if all of it is here.
fn take(id: u32) -> OpResult<Option<Bytes>> {
    let mut cx = Context::from_waker(Waker::noop());
    let whole = web::with(id, |exchange| exchange.intake.take_if_whole(&mut cx)).ok_or_else(gone)?;
    if whole.is_some() {
        release(id);
    }
    Ok(whole.map(|bytes| Bytes(bytes.into())))
}

fn take_text(id: u32) -> OpResult<Option<String>> {
    Ok(take(id)?.map(|bytes| decode(bytes.0)))
}

/// UTF-8 without its byte order mark; what is not valid becomes U+FFFD.
fn decode(mut bytes: Vec<u8>) -> String {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The body that comes in is at its end: a client's exchange is over then, unless its request is still being sent.
fn release(id: u32) {
    if web::with(id, |exchange| exchange.is_over_for_client()) == Some(true) {
        drop(web::remove(id));
    }
}

/// Sends what comes in on one exchange as the body of another.
async fn pipe(from: u32, to: u32) -> OpResult<()> {
    while let Some(bytes) = poll_fn(|cx| poll_intake(from, |intake| intake.poll_chunk(cx))).await? {
        write_piece(to, bytes).await?;
    }
    release(from);
    Ok(())
}

/// Nobody wants the rest of what comes in.
fn discard(id: u32) {
    let given_up = web::with(id, |exchange| {
        let intake = std::mem::take(&mut exchange.intake);
        let over = exchange.is_over_for_client();
        exchange.intake = Intake::given_up();
        (intake, over)
    });
    if let Some((_, true)) = given_up {
        drop(web::remove(id));
    }
}

/// Nobody answers.
fn drop_exchange(id: u32) {
    drop(web::remove(id));
}

impl Exchange {
    /// Whether nothing of a server's exchange is left once its body is sent.
    fn is_over(&self) -> bool {
        self.is_served() || self.is_over_for_client()
    }
}
