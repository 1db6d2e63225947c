//! Fetching: a task for each request that finds or makes a connection, lets hyper send and parse on it, and hands over
//! the head with as much of the body as came with it.

use super::answer::Fetch;
use super::exchange::{self, Exchange, Head};
use super::intake::Intake;
use super::pipe::{OutBody, Pipe};
use super::pool::{self, Link};
use super::wire::{Io, Wire};
use crate::events::{self, Handler};
use crate::io::{dns, tcp, unix};
use crate::op::{Class, OpError, OpResult};
use crate::reactor;
use bytes::Bytes;
use corona_std::errors;
use http::{HeaderMap, Method, Request, Response, Uri, response};
use hyper::body::Incoming;
use std::future::poll_fn;
use std::path::Path;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// How long a connection may take to stand.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How much of a body is taken along with the head if it is there already.
const ALONG_MAX: usize = 256 * 1024;

/// Where to connect to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Tcp { host: String, port: u16 },
    Unix(String),
}

/// What to fetch.
pub struct Order {
    pub target: Target,
    /// Names the connections that can be used for it.
    pub key: String,
    pub method: Method,
    /// Path and query.
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: Option<Bytes>,
    pub pipe: Option<Rc<Pipe>>,
}

impl Order {
    fn request(&self) -> Request<OutBody> {
        let body = match (&self.pipe, &self.body) {
            (Some(pipe), _) => OutBody::piped(pipe.clone()),
            (None, Some(bytes)) => OutBody::full(bytes.clone()),
            (None, None) => OutBody::empty(),
        };
        let mut request = Request::new(body);
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        request
    }

    /// Whether sending it twice does what sending it once does.
    fn is_repeatable(&self) -> bool {
        self.pipe.is_none() && self.method.is_idempotent()
    }
}

/// Begins to fetch. Whoever wants the answer asks for it by the id; if nobody waits when it comes, an event is posted.
pub fn start(order: Order) -> u32 {
    let fetch = Fetch { outcome: None, waiter: None, task: None, hold: Some(reactor::hold()) };
    let id = exchange::insert(Exchange {
        head: Head::None,
        intake: Intake::default(),
        pipe: order.pipe.clone(),
        peer: std::rc::Weak::new(),
        fetch: Some(Box::new(fetch)),
    });
    let task = reactor::spawn(async move {
        let outcome = perform(&order).await;
        finish(id, outcome);
    });
    exchange::with(id, |exchange| exchange.fetch.as_mut().map(|fetch| fetch.task = Some(task)));
    id
}

/// Drops the fetch and everything that belongs to it.
pub fn cancel(id: u32) {
    if let Some(exchange) = exchange::remove(id) {
        if let Some(fetch) = exchange.fetch {
            fetch.task.into_iter().for_each(reactor::abort);
            fetch.waiter.into_iter().for_each(Waker::wake);
        }
        if let Some(pipe) = &exchange.pipe {
            pipe.abort();
        }
    }
}

fn finish(id: u32, outcome: OpResult<(Response<()>, Intake)>) {
    let waiter = exchange::with(id, |exchange| {
        let outcome = outcome.map(|(response, intake)| {
            exchange.head = Head::Response(response.into_parts().0);
            exchange.intake = intake;
        });
        let fetch = exchange.fetch.as_mut()?;
        fetch.outcome = Some(outcome);
        fetch.hold = None;
        fetch.task = None;
        Some(fetch.waiter.take())
    });
    match waiter.flatten() {
        Some(Some(waiter)) => waiter.wake(),
        Some(None) => events::post(Handler::HttpResponse, id, 0),
        None => {}
    }
}

async fn perform(order: &Order) -> OpResult<(Response<()>, Intake)> {
    while let Some(mut link) = pool::take(&order.key) {
        link.wire.forget();
        match attempt(order, &mut link).await {
            Ok(response) => return Ok(receive(link, response)),
            Err(_) if link.wire.heard.get().is_none() && order.is_repeatable() => {} // it had gone meanwhile
            Err(error) => return Err(failed(&error)),
        }
    }
    let mut link = connect(order).await?;
    match attempt(order, &mut link).await {
        Ok(response) => Ok(receive(link, response)),
        Err(error) => Err(failed(&error)),
    }
}

/// Asks on a connection of its own. Whatever the answer is, its head is the last of HTTP: the connection, and what was
/// read along with the head.
pub(super) async fn upgrade(order: &Order) -> OpResult<(response::Parts, Rc<Wire>, Bytes)> {
    let mut link = connect(order).await?;
    let response = attempt(order, &mut link).await.map_err(|error| failed(&error))?;
    let before = Pin::into_inner(link.connection).into_parts().read_buf;
    Ok((response.into_parts().0, link.wire, before))
}

async fn connect(order: &Order) -> OpResult<Link> {
    let mut connecting = std::pin::pin!(async {
        match &order.target {
            Target::Tcp { host, port } => {
                let addresses = dns::lookup(host, *port, dns::Family::Any).await?;
                let stream = tcp::connect(&addresses, None).await?;
                let _ = stream.socket().set_tcp_nodelay(true); // a broken connection says so when it is used
                Ok(stream)
            }
            Target::Unix(path) => unix::connect(Path::new(path))
                .await
                .map_err(|error| OpError::from(error).syscall("connect").path(path.clone())),
        }
    });
    let mut sleep = reactor::sleep(CONNECT_TIMEOUT);
    let stream = poll_fn(|cx| match connecting.as_mut().poll(cx) {
        Poll::Ready(result) => Poll::Ready(result),
        Poll::Pending => Pin::new(&mut sleep).poll(cx).map(|_| {
            let message = format!("connecting to {} took more than {} s", order.key, CONNECT_TIMEOUT.as_secs());
            Err(OpError::new(Class::Error, errors::TIMEOUT, message))
        }),
    })
    .await?;
    let wire = Wire::new(stream);
    let io = Io { wire: wire.clone(), before: Bytes::new() };
    let (sender, connection) = hyper::client::conn::http1::handshake(io).await.map_err(|error| failed(&error))?;
    Ok(Link { key: order.key.clone(), wire, sender, connection: Box::pin(connection), since: reactor::now() })
}

/// Sends the request and waits for the head of the response. The connection is driven right here.
async fn attempt(order: &Order, link: &mut Link) -> hyper::Result<Response<Incoming>> {
    let mut response = std::pin::pin!(link.sender.send_request(order.request()));
    let connection = &mut link.connection;
    let mut ended = false;
    poll_fn(|cx| {
        if let Poll::Ready(result) = response.as_mut().poll(cx) {
            return Poll::Ready(result);
        }
        if !ended {
            ended = connection.as_mut().poll(cx).is_ready();
        }
        response.as_mut().poll(cx)
    })
    .await
}

/// Takes what is there of the body. A connection whose response is complete goes back to the pool; another lives on in
/// a task of its own until then.
fn receive(mut link: Link, response: Response<Incoming>) -> (Response<()>, Intake) {
    let (parts, body) = response.into_parts();
    let mut intake = Intake::partial(body);
    let mut cx = Context::from_waker(Waker::noop());
    let mut driven = false;
    while !intake.gather(&mut cx, ALONG_MAX) && !driven {
        driven = true;
        let _ = link.connection.as_mut().poll(&mut cx); // its end is the body's end, or an error of the body
    }
    pool::give_back(link);
    (Response::from_parts(parts, ()), intake)
}

/// The error of a request that got no response.
fn failed(error: &hyper::Error) -> OpError {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            let io =
                io.raw_os_error().map_or_else(|| std::io::Error::from(io.kind()), std::io::Error::from_raw_os_error);
            return OpError::from(io).syscall("read");
        }
        source = inner.source();
    }
    if error.is_parse_too_large() {
        return OpError::new(Class::Error, errors::TOO_LARGE, "the head of the response is too large");
    }
    if error.is_parse() {
        return OpError::new(Class::Error, errors::PROTOCOL, format!("the response is not valid HTTP: {error}"));
    }
    if error.is_user() {
        return OpError::new(Class::Error, errors::PROTOCOL, format!("the request could not be sent: {error}"));
    }
    OpError::new(Class::Error, "ECONNRESET", "the connection ended before there was a response").syscall("read")
}
