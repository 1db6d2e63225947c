//! A server: its listener, its connections, and the sweeper that applies their time limits.

use super::connection::{self, Peer};
use super::websocket::GOING_AWAY;
use super::wire::Wire;
use crate::io::socket::{Listener, Stream};
use crate::reactor::{self, Hold};
use hyper::server::conn::http1;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io;
use std::os::fd::OwnedFd;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

/// How often connections are checked, at most and at least.
const SWEEP_MAX: Duration = Duration::from_millis(500);
const SWEEP_MIN: Duration = Duration::from_millis(10);
/// So many connections are many: the buffers of the idle ones are worth looking after.
const MANY: usize = 512;
const SWEEP_OF_MANY: Duration = Duration::from_millis(100);
/// How long accepting rests after an error that is not the listener's end.
const BACK_OFF: Duration = Duration::from_millis(50);
/// How many connections that wait to be accepted a server takes along when it stops.
const LAST_MAX: usize = 1024;
/// hyper's own limit, which costs no allocation.
const HEADERS_DEFAULT: usize = 100;
/// The largest a read buffer may get, if headers may not be larger: pieces of bodies go through it.
const BUFFER_MIN: usize = 65536;

/// Limits of a server.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Of a request's head.
    pub header_bytes: usize,
    pub headers: usize,
    pub body_bytes: u64,
    /// Open at once; more wait to be accepted.
    pub connections: usize,
    /// From the first byte of a request to the end of its head.
    pub head_timeout: Duration,
    /// Without a request.
    pub idle_timeout: Duration,
    /// Between two pieces of a body that somebody waits for.
    pub body_timeout: Duration,
    /// Without the client taking anything.
    pub write_timeout: Duration,
}

impl Settings {
    fn sweep_every(&self) -> Duration {
        let limits = [self.head_timeout, self.idle_timeout, self.body_timeout, self.write_timeout];
        let shortest = limits.into_iter().min().unwrap_or(SWEEP_MAX);
        (shortest / 4).clamp(SWEEP_MIN, SWEEP_MAX)
    }
}

/// A listening server.
pub struct Server {
    id: Cell<u32>,
    settings: Settings,
    http: http1::Builder,
    listener: RefCell<Option<Rc<Listener>>>,
    peers: RefCell<slab::Slab<Rc<Peer>>>,
    /// Keeps the process alive while it serves.
    hold: RefCell<Option<Hold>>,
    /// The sweeper, while there is nothing to sweep.
    sweeper: RefCell<Option<Waker>>,
    /// Accepting, while there are too many connections.
    full: RefCell<Option<Waker>>,
    /// Who waits for the last connection to end.
    draining: RefCell<Vec<Waker>>,
    closed: Cell<bool>,
    /// What WebSockets are told when it is closed.
    farewell: Cell<u16>,
    warm: Rc<Cell<usize>>,
}

/// A connection with buffers.
pub(super) struct Warm(Rc<Cell<usize>>);

impl Drop for Warm {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

impl Server {
    /// A server on `listener`; it accepts connections once it is started.
    pub fn new(listener: Listener, settings: Settings) -> Rc<Server> {
        let mut http = http1::Builder::new();
        // Responses are not held back for pipelined requests: hyper then forgets to send what it has when one of these
        // is malformed.
        http.half_close(true).header_read_timeout(None);
        http.max_header_size(settings.header_bytes).max_buf_size(settings.header_bytes.max(BUFFER_MIN));
        if settings.headers != HEADERS_DEFAULT {
            http.max_headers(settings.headers);
        }
        Rc::new(Server {
            id: Cell::new(0),
            settings,
            http,
            listener: RefCell::new(Some(Rc::new(listener))),
            peers: RefCell::default(),
            hold: RefCell::new(Some(reactor::hold())),
            sweeper: RefCell::default(),
            full: RefCell::default(),
            draining: RefCell::default(),
            closed: Cell::new(false),
            farewell: Cell::new(GOING_AWAY),
            warm: Rc::default(),
        })
    }

    /// Begins to accept. `id` is what events call the server.
    pub fn start(self: &Rc<Self>, id: u32) {
        self.id.set(id);
        reactor::spawn(accept(self.clone()));
        reactor::spawn(sweep(self.clone()));
    }

    pub(super) fn id(&self) -> u32 {
        self.id.get()
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(super) fn http(&self) -> &http1::Builder {
        &self.http
    }

    /// How many connections have buffers.
    pub(super) fn warm(&self) -> usize {
        self.warm.get()
    }

    /// Counts a connection that gets buffers.
    pub(super) fn warm_up(&self) -> Warm {
        self.warm.set(self.warm.get() + 1);
        Warm(self.warm.clone())
    }

    /// Lets `look` at the listening socket; `None` when it is closed.
    pub fn socket<T>(&self, look: impl FnOnce(&socket2::Socket) -> T) -> Option<T> {
        self.listener.borrow().as_ref().map(|listener| look(listener.socket()))
    }

    /// A copy of the listening socket for another process; `None` when it is closed.
    pub fn share(&self) -> Option<io::Result<OwnedFd>> {
        self.listener.borrow().as_ref().map(|listener| listener.share())
    }

    /// Whether the server keeps the process alive.
    pub fn set_referenced(&self, referenced: bool) {
        *self.hold.borrow_mut() = (referenced && !self.closed.get()).then(reactor::hold);
    }

    fn welcome(self: &Rc<Self>, stream: Stream) {
        // A Unix-domain socket knows no delay; a connection that is broken already says so when it is read.
        let _ = stream.socket().set_tcp_nodelay(true);
        let peer = Peer::new(Wire::new(stream), self.clone());
        let key = self.peers.borrow_mut().insert(peer.clone());
        peer.set_key(key);
        if let Some(sweeper) = self.sweeper.borrow_mut().take() {
            sweeper.wake();
        }
        if self.closed.get() {
            peer.drain(self.farewell.get());
        }
        reactor::spawn(connection::drive(peer));
    }

    /// A connection has ended.
    pub(super) fn left(&self, key: usize) {
        let peer = self.peers.borrow_mut().try_remove(key);
        drop(peer); // outside the borrow
        let full = self.full.borrow_mut().take();
        full.into_iter().for_each(Waker::wake);
        if self.peers.borrow().is_empty() {
            let draining = self.draining.take();
            draining.into_iter().for_each(Waker::wake);
        }
    }

    fn all(&self) -> Vec<Rc<Peer>> {
        self.peers.borrow().iter().map(|(_, peer)| peer.clone()).collect()
    }

    /// Accepts no further connection.
    fn stop_listening(&self) {
        self.closed.set(true);
        if let Some(listener) = self.listener.borrow_mut().take() {
            listener.close();
        }
        let sweeper = self.sweeper.borrow_mut().take();
        sweeper.into_iter().for_each(Waker::wake);
        let full = self.full.borrow_mut().take();
        full.into_iter().for_each(Waker::wake);
    }

    /// Stops listening and ends every connection now.
    pub fn close(&self) {
        self.stop_listening();
        self.all().iter().for_each(|peer| peer.close());
        self.hold.take();
    }

    /// Stops listening, lets requests be answered, and ends what is left after `limit`. Idle connections get so long for
    /// one more request; WebSockets are closed with the code `farewell`. True: nothing was left.
    pub async fn shut_down(self: &Rc<Self>, limit: Option<Duration>, linger: Duration, farewell: u16) -> bool {
        self.farewell.set(farewell);
        self.take_the_last();
        self.stop_listening();
        self.all().iter().for_each(|peer| peer.drain(farewell));
        let linger = limit.map_or(linger, |limit| linger.min(limit));
        if linger.is_zero() || !self.emptied(Some(linger)).await {
            self.all().iter().for_each(|peer| peer.end_if_idle());
        }
        let drained = self.emptied(limit.map(|limit| limit - linger)).await;
        self.close();
        drained
    }

    /// Accepts the connections that the kernel has accepted already.
    fn take_the_last(self: &Rc<Self>) {
        let listener = self.listener.borrow().clone();
        let Some(listener) = listener.filter(|_| !self.closed.get()) else { return };
        for _ in 0..LAST_MAX {
            let Some(stream) = listener.accept_now() else { break };
            self.welcome(stream);
        }
    }

    /// Waits until there is no connection. False: the time was up before.
    async fn emptied(&self, limit: Option<Duration>) -> bool {
        let mut sleep = limit.map(reactor::sleep);
        poll_fn(|cx| {
            if self.peers.borrow().is_empty() {
                return Poll::Ready(true);
            }
            if sleep.as_mut().is_some_and(|sleep| Pin::new(sleep).poll(cx).is_ready()) {
                return Poll::Ready(false);
            }
            self.draining.borrow_mut().push(cx.waker().clone());
            Poll::Pending
        })
        .await
    }
}

async fn accept(server: Rc<Server>) {
    let Some(listener) = server.listener.borrow().clone() else { return };
    while !server.closed.get() {
        poll_fn(|cx| {
            if server.peers.borrow().len() < server.settings.connections || server.closed.get() {
                return Poll::Ready(());
            }
            *server.full.borrow_mut() = Some(cx.waker().clone());
            Poll::Pending
        })
        .await;
        match listener.accept().await {
            Ok(stream) => server.welcome(stream),
            Err(error) if reactor::is_closed(&error) => return,
            Err(_) => reactor::sleep(BACK_OFF).await,
        }
    }
}

/// Checks the connections' time limits until the server is closed and the last one has ended.
async fn sweep(server: Rc<Server>) {
    let every = server.settings.sweep_every();
    loop {
        poll_fn(|cx| {
            if !server.peers.borrow().is_empty() || server.closed.get() {
                return Poll::Ready(());
            }
            *server.sweeper.borrow_mut() = Some(cx.waker().clone());
            Poll::Pending
        })
        .await;
        if server.peers.borrow().is_empty() && server.closed.get() {
            return;
        }
        let many = server.peers.borrow().len() >= MANY;
        reactor::sleep(if many { every.min(SWEEP_OF_MANY) } else { every }).await;
        let now = Instant::now();
        for peer in server.all() {
            peer.check(now, &server.settings, many);
        }
    }
}
