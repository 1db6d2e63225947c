//! One connection of a server: a task that lets hyper serve it while there is something to serve.
//!
//! ```text
//!            bytes came                 head complete            response handed over
//!   parked ──────────────▶ idle/reading ──────────────▶ busy ──────────────────────────▶ idle
//!      ▲                        │
//!      └── nothing for a while ─┘   hyper and its buffers are dropped; the socket waits alone
//! ```
//!
//! Time limits are watched by the server's sweeper (`server.rs`): no request costs a timer.

use super::exchange::{self, Exchange, Head};
use super::intake::Intake;
use super::pipe::OutBody;
use super::server::{Server, Settings};
use super::websocket::{self, Clock, Socket};
use super::wire::{self, Io, Wire};
use crate::events::{self, Handler};
use crate::reactor::{self, Sleep};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, Version, header, request};
use http_body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use std::cell::{Cell, RefCell};
use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker, ready};
use std::time::{Duration, Instant};

/// An idle connection gives its buffers back after this long; where there are many, sooner.
const PARK_AFTER: Duration = Duration::from_millis(400);
const PARK_AFTER_OF_MANY: Duration = Duration::from_millis(50);
/// So many connections of a server keep their buffers while they are idle; further ones give them back at once.
const WARM_MAX: usize = 256;
/// A client that ends its side may be gone, or may have said all it had to say: only a response would tell. So much time
/// passes before its request counts as abandoned.
const GRACE: Duration = Duration::from_millis(100);
const TOO_SLOW: &[u8] =
    b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 15\r\n\r\nRequest Timeout";

/// What a connection is told to do; the later ones outweigh the earlier.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Order {
    None,
    /// Give buffers back if still idle.
    Park,
    /// End after the current request, of which the response may be on its way.
    Drain,
    /// End now.
    Close,
}

/// A client's connection to a server.
pub struct Peer {
    pub(super) wire: Rc<Wire>,
    server: Rc<Server>,
    key: Cell<usize>,
    /// A request is being answered.
    busy: Cell<bool>,
    /// When it became idle.
    since: Cell<Instant>,
    /// The exchange that is being answered, or 0.
    exchange: Cell<u32>,
    reply: RefCell<Option<Response<OutBody>>>,
    /// The response was there before the request was read.
    unread: Cell<bool>,
    order: Cell<Order>,
    /// The next response is the last one, and says so. A WebSocket is closed with this code.
    last: Cell<Option<u16>>,
    /// What the connection becomes with the response that is on its way.
    socket: RefCell<Option<Rc<Socket>>>,
    parked: Cell<bool>,
    waker: RefCell<Option<Waker>>,
    /// Since when, and who, waits for more of the request's body.
    body_wait: RefCell<Option<(Instant, Waker)>>,
    body_late: Cell<bool>,
    /// Runs once the client has sent its end while its request is answered.
    grace: RefCell<Option<Sleep>>,
}

type Http = http1::Connection<Io, Serve>;

enum End {
    Park,
    Done {
        clean: bool,
    },
    /// It is no HTTP any more.
    Upgraded(Rc<Socket>),
    Close,
}

impl Peer {
    pub(super) fn new(wire: Rc<Wire>, server: Rc<Server>) -> Rc<Peer> {
        Rc::new(Peer {
            wire,
            server,
            key: Cell::new(usize::MAX),
            busy: Cell::new(false),
            since: Cell::new(reactor::now()),
            exchange: Cell::new(0),
            reply: RefCell::default(),
            unread: Cell::new(false),
            order: Cell::new(Order::None),
            last: Cell::new(None),
            socket: RefCell::default(),
            parked: Cell::new(false),
            waker: RefCell::default(),
            body_wait: RefCell::default(),
            body_late: Cell::new(false),
            grace: RefCell::default(),
        })
    }

    pub(super) fn set_key(&self, key: usize) {
        self.key.set(key);
    }

    /// Hands the response to the connection. False: it has gone, or has one already.
    pub(super) fn respond(self: &Rc<Self>, id: u32, mut response: Response<OutBody>) -> bool {
        if self.exchange.get() != id || self.reply.borrow().is_some() {
            return false;
        }
        if response.body().is_piped() {
            response.body_mut().peer = Some(self.clone());
        } else {
            self.exchange.set(0);
        }
        *self.reply.borrow_mut() = Some(response);
        self.wake();
        true
    }

    /// Hands over the response after which the connection belongs to `socket`. False: as [`Peer::respond`].
    pub(super) fn upgrade(self: &Rc<Self>, id: u32, response: Response<OutBody>, socket: Rc<Socket>) -> bool {
        let sent = self.respond(id, response);
        if sent {
            *self.socket.borrow_mut() = Some(socket);
        }
        sent
    }

    /// The response was handed over although the request was not read to its end.
    pub(super) fn left_unread(&self) {
        self.unread.set(true);
    }

    /// A body that came piece by piece is sent, or will never be.
    pub(super) fn body_sent(&self, unfinished: bool) {
        let id = self.exchange.take();
        if unfinished && id != 0 {
            events::post(Handler::HttpGone, self.server.id(), id);
        }
        self.become_idle();
    }

    fn become_idle(&self) {
        self.busy.set(false);
        self.since.set(reactor::now());
        self.wire.forget();
    }

    fn wake(&self) {
        if let Some(waker) = &*self.waker.borrow() {
            waker.wake_by_ref();
        }
    }

    fn give(&self, order: Order) {
        if self.order.get() < order {
            self.order.set(order);
            self.wake();
        }
    }

    /// Ends the connection now.
    pub(super) fn close(&self) {
        self.give(Order::Close);
    }

    /// Ends the connection with the response to the current request, or to the next one; a WebSocket with this code.
    pub(super) fn drain(&self, code: u16) {
        self.last.set(Some(code));
        if self.busy.get() {
            self.give(Order::Drain);
        }
    }

    /// Ends the connection unless a request is under way.
    pub(super) fn end_if_idle(&self) {
        if self.is_idle() {
            self.close();
        }
    }

    /// Whether the time for the request's body is up.
    pub(super) fn body_late(&self) -> bool {
        self.body_late.get()
    }

    /// Notes who waits for the body, or that nobody does.
    pub(super) fn note_body(&self, wait: Option<(Instant, Waker)>) {
        let mut place = self.body_wait.borrow_mut();
        match (&mut *place, wait) {
            (Some((_, waker)), Some((_, new))) => *waker = new,
            (place, wait) => *place = wait,
        }
    }

    /// Applies the time limits. Called every so often.
    pub(super) fn check(&self, now: Instant, limits: &Settings, many: bool) {
        let over = |since: Instant, limit: Duration| now.saturating_duration_since(since) >= limit;
        if self.wire.stuck.get().is_some_and(|since| over(since, limits.write_timeout)) {
            return self.close();
        }
        if self.busy.get() {
            let late = self.body_wait.borrow().as_ref().is_some_and(|(since, _)| over(*since, limits.body_timeout));
            if late {
                self.body_late.set(true);
                let wait = self.body_wait.take();
                wait.into_iter().for_each(|(_, waker)| waker.wake());
            }
        } else if let Some(heard) = self.wire.heard.get() {
            if over(heard, limits.head_timeout) {
                // Whether it arrives is the client's affair.
                let _ = self.wire.stream.socket().send_with_flags(TOO_SLOW, libc::MSG_NOSIGNAL | libc::MSG_DONTWAIT);
                self.close();
            }
        } else if over(self.since.get(), limits.idle_timeout) {
            self.close();
        } else if !self.parked.get() && over(self.since.get(), if many { PARK_AFTER_OF_MANY } else { PARK_AFTER }) {
            self.give(Order::Park);
        }
    }

    /// Whether nothing is under way in either direction.
    fn is_idle(&self) -> bool {
        !self.busy.get() && self.wire.heard.get().is_none() && self.wire.stuck.get().is_none()
    }

    fn poll_parked(&self, cx: &mut Context<'_>) -> Poll<bool> {
        self.set_waker(cx);
        match self.order.get() {
            Order::Close => return Poll::Ready(false),
            Order::None | Order::Park | Order::Drain => {}
        }
        self.wire.stream.poll_peek(cx).map(|peeked| peeked.is_ok_and(|count| count > 0))
    }

    fn poll_serving(&self, http: &mut Http, cx: &mut Context<'_>) -> Poll<End> {
        self.set_waker(cx);
        match self.order.replace(Order::None) {
            Order::None => {}
            Order::Park if self.is_idle() => return Poll::Ready(End::Park),
            Order::Park => {}
            Order::Drain if self.socket.borrow().is_none() => Pin::new(&mut *http).graceful_shutdown(),
            Order::Drain => {}
            Order::Close => return Poll::Ready(End::Close),
        }
        if let Some(socket) = &*self.socket.borrow() {
            let upgraded = ready!(http.poll_without_shutdown(cx)).is_ok();
            return Poll::Ready(if upgraded { End::Upgraded(socket.clone()) } else { End::Close });
        }
        if let Poll::Ready(result) = Pin::new(http).poll(cx) {
            return Poll::Ready(End::Done { clean: result.is_ok() });
        }
        if self.is_idle() && self.server.warm() > WARM_MAX {
            return Poll::Ready(End::Park);
        }
        // hyper does not look while a request is answered; pipelined requests look like any data here.
        if self.busy.get() { self.poll_gone(cx).map(|()| End::Close) } else { Poll::Pending }
    }

    /// Whether the client has gone before it had its response. One that has only ended its side still gets a response
    /// that is there soon.
    fn poll_gone(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut grace = self.grace.borrow_mut();
        if grace.is_none() {
            match ready!(self.wire.stream.poll_peek(cx)) {
                Ok(0) => *grace = Some(reactor::sleep(GRACE)),
                Ok(_) => return Poll::Pending,
                Err(_) => return Poll::Ready(()),
            }
        }
        match &mut *grace {
            Some(sleep) => Pin::new(sleep).poll(cx).map(|_| ()),
            None => Poll::Pending,
        }
    }

    fn set_waker(&self, cx: &Context<'_>) {
        let mut place = self.waker.borrow_mut();
        if place.as_ref().is_none_or(|waker| !waker.will_wake(cx.waker())) {
            *place = Some(cx.waker().clone());
        }
    }
}

/// Takes the connection out of its server's list when its task ends.
struct Leave(Rc<Peer>);

impl Drop for Leave {
    fn drop(&mut self) {
        self.0.server.left(self.0.key.get());
        let socket = self.0.socket.take();
        socket.into_iter().for_each(|socket| socket.lose());
    }
}

/// Serves the connection to its end.
pub(super) async fn drive(peer: Rc<Peer>) {
    let leave = Leave(peer.clone());
    let mut before = Bytes::new();
    loop {
        if before.is_empty() {
            peer.parked.set(true);
            let more = poll_fn(|cx| peer.poll_parked(cx)).await;
            peer.parked.set(false);
            if !more {
                return;
            }
        }
        let _warm = peer.server.warm_up();
        let io = Io { wire: peer.wire.clone(), before: std::mem::take(&mut before) };
        let mut http = Box::new(peer.server.http().serve_connection(io, Serve(peer.clone())));
        match poll_fn(|cx| peer.poll_serving(&mut http, cx)).await {
            // An empty `Bytes` may still own the whole buffer.
            End::Park => before = Some(http.into_parts().read_buf).filter(|rest| !rest.is_empty()).unwrap_or_default(),
            End::Close => return,
            End::Done { clean } => {
                drop(http);
                if !clean || peer.unread.get() {
                    wire::linger(&leave.0.wire).await;
                }
                return;
            }
            End::Upgraded(socket) => {
                let before = http.into_parts().read_buf;
                drop(_warm);
                return tunnel(&peer, &socket, before).await;
            }
        }
    }
}

/// Moves the bytes of a WebSocket to its end, which has come when the program's handler knows it too.
async fn tunnel(peer: &Peer, socket: &Socket, before: Bytes) {
    socket.open(peer.wire.clone(), before);
    let mut clock = Clock::default();
    poll_fn(|cx| {
        peer.set_waker(cx);
        if let Some(code) = peer.last.get() {
            socket.dismiss(code);
        }
        if peer.order.get() == Order::Close {
            socket.dismiss(websocket::GOING_AWAY); // as much of it as can be sent at once
            socket.lose();
        }
        socket.poll(cx, &mut clock)
    })
    .await;
    if peer.order.get() != Order::Close {
        websocket::part(&peer.wire).await;
    }
    poll_fn(|cx| {
        peer.set_waker(cx);
        socket.set_driver(cx);
        if socket.is_handled() && peer.order.get() != Order::Close { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
}

/// Turns requests into exchanges.
pub(super) struct Serve(Rc<Peer>);

impl hyper::service::Service<Request<Incoming>> for Serve {
    type Response = Response<OutBody>;
    type Error = Infallible;
    type Future = Reply;

    fn call(&self, request: Request<Incoming>) -> Reply {
        let peer = &self.0;
        peer.busy.set(true);
        peer.body_late.set(false);
        *peer.body_wait.borrow_mut() = None;
        let (parts, body) = request.into_parts();
        let limit = peer.server.settings().body_bytes;
        if let Some(status) = refuse(&parts, body.size_hint().lower(), limit) {
            peer.unread.set(true);
            *peer.reply.borrow_mut() = Some(refusal(status));
            return Reply { peer: peer.clone(), answered: false };
        }
        peer.unread.set(false);
        let weak = Rc::downgrade(peer);
        let id = exchange::insert(Exchange {
            head: Head::Request(parts),
            intake: Intake::limited(body, limit, weak.clone()),
            pipe: None,
            peer: weak,
            fetch: None,
        });
        peer.exchange.set(id);
        events::post(Handler::HttpRequest, peer.server.id(), id);
        Reply { peer: peer.clone(), answered: false }
    }
}

/// The status of a request that no handler sees.
fn refuse(parts: &request::Parts, length: u64, limit: u64) -> Option<StatusCode> {
    if length > limit {
        return Some(StatusCode::PAYLOAD_TOO_LARGE);
    }
    // What tunnels are is not known here.
    if parts.method == Method::CONNECT {
        return Some(StatusCode::NOT_IMPLEMENTED);
    }
    let mut hosts = parts.headers.get_all(header::HOST).iter();
    let missing = hosts.next().is_none() && parts.version == Version::HTTP_11;
    (missing || hosts.next().is_some()).then_some(StatusCode::BAD_REQUEST)
}

fn refusal(status: StatusCode) -> Response<OutBody> {
    let text = status.canonical_reason().unwrap_or_default();
    let mut response = Response::new(OutBody::full(Bytes::from_static(text.as_bytes())));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain;charset=UTF-8"));
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// Waits for the response of a handler.
pub(super) struct Reply {
    peer: Rc<Peer>,
    answered: bool,
}

impl Future for Reply {
    type Output = Result<Response<OutBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        // Woken by `Peer::respond`, through the waker of the connection's task.
        let Some(mut response) = self.peer.reply.borrow_mut().take() else { return Poll::Pending };
        self.answered = true;
        if self.peer.socket.borrow().is_some() {
            return Poll::Ready(Ok(response)); // it stays busy, and its headers are the handshake's
        }
        if self.peer.last.get().is_some() {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        if !response.body().is_piped() {
            self.peer.become_idle();
        }
        Poll::Ready(Ok(response))
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        if self.answered {
            return;
        }
        // Outside the borrow: a body that came piece by piece reports itself.
        let reply = self.peer.reply.borrow_mut().take();
        drop(reply);
        let id = self.peer.exchange.take();
        if id != 0 {
            events::post(Handler::HttpGone, self.peer.server.id(), id);
        }
    }
}
