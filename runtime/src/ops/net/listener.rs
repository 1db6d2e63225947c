//! Listeners of `corona:net` for JavaScript: they accept connections, hand them to a handler, and count those that are
//! open. Where the socket comes from is in `io::listen`.

use super::{Connection, closed, describe, failed};
use crate::events::{self, Handler};
use crate::io::listen;
use crate::io::socket::{Listener, Stream};
use crate::io::tcp::ListenOptions;
use crate::op::{OpResult, Registry};
use crate::reactor::{self, Hold};
use crate::resources;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::os::fd::OwnedFd;
use std::rc::{Rc, Weak};
use std::task::{Poll, Waker};

/// How many connections that wait to be accepted a listener takes along when it stops.
const LAST_MAX: usize = 1024;

pub(super) fn register(ops: &mut Registry) {
    ops.blocking("net_listen", listen_tcp);
    ops.blocking("net_listen_unix", listen_unix);
    ops.blocking("net_listen_inherited", listen_inherited);
    ops.blocking("net_accept", accept);
    ops.sync("net_serve", serve);
    ops.sync("net_listener_address", listener_address);
    ops.sync("net_listener_path", listener_path);
    ops.sync("net_listener_ref", listener_ref);
    ops.sync("net_listener_close", listener_close);
    ops.blocking("net_listener_drain", listener_drain);
}

/// A listening socket as JavaScript holds it.
struct Server {
    listener: Listener,
    seats: Rc<Seats>,
    no_delay: bool,
    /// Keeps the process alive while the listener serves.
    hold: RefCell<Option<Hold>>,
    /// Whether it wants to.
    referenced: Cell<bool>,
    serving: Cell<bool>,
}

/// How many connections a listener may have open at once, and who waits for one to end.
#[derive(Default)]
struct Seats {
    taken: Cell<u32>,
    limit: Cell<u32>,
    waiting: RefCell<Option<Waker>>,
    /// Who waits for the last connection to end.
    draining: RefCell<Option<Waker>>,
}

/// One connection that counts against its listener's limit.
pub(super) struct Seat(Rc<Seats>);

impl Seats {
    async fn take(self: Rc<Self>) -> Seat {
        poll_fn(|cx| {
            if self.taken.get() < self.limit.get() {
                return Poll::Ready(());
            }
            *self.waiting.borrow_mut() = Some(cx.waker().clone());
            Poll::Pending
        })
        .await;
        Seat::extra(&self)
    }
}

impl Seat {
    /// A seat, whether or not one is free.
    fn extra(seats: &Rc<Seats>) -> Seat {
        seats.taken.set(seats.taken.get() + 1);
        Seat(seats.clone())
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.taken.set(self.0.taken.get() - 1);
        let waiting = self.0.waiting.take();
        waiting.into_iter().for_each(Waker::wake);
        if self.0.taken.get() == 0 {
            let draining = self.0.draining.take();
            draining.into_iter().for_each(Waker::wake);
        }
    }
}

fn server(id: u32) -> OpResult<Rc<Server>> {
    resources::get(id).map_err(|_| closed("the listener is closed"))
}

/// A copy of the socket of the listener `id`, for another process. `None`: there is no such listener.
pub(in crate::ops) fn share(id: u32) -> Option<OpResult<OwnedFd>> {
    let server = resources::get::<Server>(id).ok()?;
    Some(server.listener.share().map_err(|error| failed(error, "fcntl")))
}

fn new_server(listener: Listener, limit: Option<u32>, no_delay: bool) -> u32 {
    let limit = limit.unwrap_or(u32::MAX);
    resources::insert(Rc::new(Server {
        listener,
        seats: Rc::new(Seats { taken: Cell::new(0), limit: Cell::new(limit), ..Seats::default() }),
        no_delay,
        hold: RefCell::default(),
        referenced: Cell::new(true),
        serving: Cell::new(false),
    }))
}

/// Listens at the first address of `host`; without a host on every interface.
pub(super) async fn listen_tcp(
    host: Option<String>,
    port: u32,
    backlog: u32,
    reuse_port: bool,
    ipv6_only: bool,
    limit: Option<u32>,
    no_delay: bool,
) -> OpResult<u32> {
    let options = ListenOptions { backlog: backlog as i32, reuse_port, ipv6_only, ..ListenOptions::default() };
    let listener = listen::at_host(host.as_deref(), port as u16, options).await?;
    Ok(new_server(listener, limit, no_delay))
}

async fn listen_unix(path: String, backlog: u32, limit: Option<u32>) -> OpResult<u32> {
    let listener = listen::at_path(&path, backlog as i32).await?;
    Ok(new_server(listener, limit, false))
}

/// Listens on a socket that was handed to the process.
async fn listen_inherited(name: String, limit: Option<u32>, no_delay: bool) -> OpResult<u32> {
    Ok(new_server(listen::inherited(&name).await?, limit, no_delay))
}

/// Waits for the next connection.
pub(super) async fn accept(id: u32) -> OpResult<u32> {
    let server = server(id)?;
    let seats = server.seats.clone();
    let server = Rc::downgrade(&server);
    let accepted = next_connection(&server, seats).await;
    accepted.ok_or_else(|| closed("the listener was closed while it waited for a connection"))
}

/// Hands every connection to the handler that JavaScript registered, until the listener is closed.
pub(super) fn serve(id: u32) -> OpResult<()> {
    let server = server(id)?;
    if server.serving.replace(true) {
        return Ok(());
    }
    server.update_hold();
    let seats = server.seats.clone();
    let server = Rc::downgrade(&server);
    reactor::spawn(async move {
        while let Some(socket) = next_connection(&server, seats.clone()).await {
            events::post(Handler::Connection, id, socket);
        }
    });
    Ok(())
}

/// Accepts a connection and puts it into the table; `None` once the listener is closed.
async fn next_connection(server: &Weak<Server>, seats: Rc<Seats>) -> Option<u32> {
    let seat = seats.take().await;
    let server = server.upgrade()?;
    let stream = server.listener.accept().await.ok()?;
    Some(server.seat(stream, seat))
}

impl Server {
    /// Puts a connection into the table.
    fn seat(&self, stream: Stream, seat: Seat) -> u32 {
        if self.no_delay {
            let _ = stream.socket().set_tcp_nodelay(true); // a connection that is broken already says so when it is used
        }
        resources::insert(Rc::new(Connection { stream, _seat: Some(seat) }))
    }

    fn update_hold(&self) {
        let hold = (self.referenced.get() && self.serving.get()).then(reactor::hold);
        self.hold.replace(hold);
    }
}

pub(super) fn listener_address(id: u32) -> OpResult<(String, u32)> {
    let address = server(id)?.listener.socket().local_addr().map_err(|error| failed(error, "getsockname"))?;
    Ok(describe(&address))
}

/// The path of a Unix-domain socket; null for any other.
fn listener_path(id: u32) -> OpResult<Option<String>> {
    let address = server(id)?.listener.socket().local_addr().map_err(|error| failed(error, "getsockname"))?;
    Ok(address.is_unix().then(|| describe(&address).0))
}

/// Whether a listener that serves keeps the process alive.
fn listener_ref(id: u32, referenced: bool) -> OpResult<()> {
    let server = server(id)?;
    server.referenced.set(referenced);
    server.update_hold();
    Ok(())
}

/// Closes the listener; connections live on. Closing twice does nothing.
pub(super) fn listener_close(id: u32) {
    if let Ok(server) = resources::take::<Server>(id) {
        server.listener.close();
        server.hold.replace(None);
        // Somebody may wait for a seat rather than for a connection.
        server.seats.limit.set(u32::MAX);
        server.seats.waiting.take().into_iter().for_each(Waker::wake);
    }
}

/// Closes the listener and waits for the last of its connections to end. Those that the kernel has accepted already
/// are served like any other, if there is a handler.
async fn listener_drain(id: u32) {
    let Ok(server) = server(id) else { return };
    if server.serving.get() {
        for _ in 0..LAST_MAX {
            let Some(stream) = server.listener.accept_now() else { break };
            events::post(Handler::Connection, id, server.seat(stream, Seat::extra(&server.seats)));
        }
    }
    listener_close(id);
    let seats = server.seats.clone();
    poll_fn(|cx| {
        if seats.taken.get() == 0 {
            return Poll::Ready(());
        }
        *seats.draining.borrow_mut() = Some(cx.waker().clone());
        Poll::Pending
    })
    .await;
}
