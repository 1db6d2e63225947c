//! One WebSocket. A task of the executor moves its bytes, whether JavaScript looks or not: pings are answered, and the
//! other side's end is seen, while the program does something else.
//!
//! ```text
//!   connection ──▶ inbox ──▶ receive        full: nothing is read, TCP holds the other side up
//!   connection ◀── one message ◀── send     under way: the next `send` waits
//! ```

use super::frames::{Farewell, Got, Message, Open, Outgoing};
use super::tap::Tap;
use crate::events::{self, Handler};
use crate::http::wire::{self, Wire};
use crate::io::gate::Gate;
use crate::io::wait::Wakers;
use crate::op::{self, Class, Data, OpError, OpResult};
use crate::reactor::{self, Hold, Sleep};
use bytes::Bytes;
use corona_std::errors;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::net::Shutdown;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// From this weight on the inbox is full. The message that makes it so may be as large as messages may be.
const INBOX_FULL: usize = 64 * 1024;
/// What a message weighs beside its bytes.
const MESSAGE_WEIGHT: usize = 64;
/// So many frames are read before others get their turn.
const FRAMES_A_TURN: usize = 64;
/// The connection ended without a close frame.
const LOST: u16 = 1006;

/// Which side of the connection we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Server,
    Client,
}

/// Limits of a socket.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Of a message that is received.
    pub message_bytes: usize,
    /// After so much silence the other side is pinged, and after as much again it counts as lost.
    pub keep_alive: Duration,
    /// How long the other side may take to answer a close frame.
    pub close_timeout: Duration,
}

/// How a socket ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub code: u16,
    pub reason: String,
    /// Both sides said that it was the end.
    pub clean: bool,
}

impl Outcome {
    pub(super) fn lost() -> Outcome {
        Outcome { code: LOST, reason: String::new(), clean: false }
    }
}

enum Link {
    /// The handshake is under way; what is sent first may come before its end.
    Opening(Option<Outgoing>),
    Open(Box<Open>),
    Over(Outcome),
}

#[derive(Default)]
struct Inbox {
    messages: VecDeque<Message>,
    weight: usize,
}

/// A WebSocket that JavaScript holds by number.
pub struct Socket {
    id: Cell<u32>,
    role: Role,
    limits: Limits,
    link: RefCell<Link>,
    inbox: RefCell<Inbox>,
    farewell: RefCell<Option<Farewell>>,
    /// Keeps messages in the order of the calls.
    senders: Gate,
    writable: Wakers,
    readable: Wakers,
    /// The task that moves its bytes.
    driver: RefCell<Option<Waker>>,
    /// Something came since the last look at the clock.
    heard: Cell<bool>,
    /// The program has a handler that runs for as long as it needs the connection.
    handled: Cell<bool>,
    /// JavaScript needs nothing of it any more.
    released: Cell<bool>,
    /// Until it is over, something can happen that the program waits for.
    hold: RefCell<Option<Hold>>,
}

/// What the task of a socket measures.
#[derive(Default)]
pub struct Clock {
    tick: Option<Sleep>,
    deadline: Option<Sleep>,
    pinged: bool,
}

impl Socket {
    pub fn new(role: Role, limits: Limits) -> Rc<Socket> {
        Rc::new(Socket {
            id: Cell::new(0),
            role,
            limits,
            link: RefCell::new(Link::Opening(None)),
            inbox: RefCell::default(),
            farewell: RefCell::default(),
            senders: Gate::default(),
            writable: Wakers::default(),
            readable: Wakers::default(),
            driver: RefCell::default(),
            heard: Cell::new(false),
            handled: Cell::new(role == Role::Server),
            released: Cell::new(false),
            hold: RefCell::new(Some(reactor::hold())),
        })
    }

    /// What events call the socket.
    pub fn set_id(&self, id: u32) {
        self.id.set(id);
    }

    // -------------------------------------------------------------------------------- what JavaScript asks for

    /// The next message; nothing once the socket is closed.
    pub fn poll_receive(&self, cx: &mut Context<'_>) -> Poll<Option<Data>> {
        let (message, was_full) = {
            let mut inbox = self.inbox.borrow_mut();
            let was_full = inbox.weight >= INBOX_FULL;
            let message = inbox.messages.pop_front();
            inbox.weight -= message.as_ref().map_or(0, weight);
            (message, was_full)
        };
        if was_full {
            self.wake();
        }
        match message {
            Some(Message::Text(text)) => Poll::Ready(Some(Data::Text(text.as_str().to_owned()))),
            Some(message) => Poll::Ready(Some(Data::Bytes(op::Bytes(message.into_data().into())))),
            None if self.is_deaf() || self.outcome().is_some() => Poll::Ready(None),
            None => {
                self.readable.register(cx);
                Poll::Pending
            }
        }
    }

    /// Takes a message over, once all that was sent before is with the kernel.
    pub async fn send(&self, is_text: bool, payload: Bytes) -> OpResult<()> {
        let _pass = self.senders.enter().await;
        let mut message = Some(Outgoing::new(is_text, payload));
        poll_fn(|cx| {
            let taken = self.offer(&mut message);
            if matches!(taken, Ok(false)) {
                self.writable.register(cx);
                return Poll::Pending;
            }
            Poll::Ready(taken.map(drop))
        })
        .await
    }

    /// As [`Socket::send`], if it is open and that needs no waiting. Whether it was sent.
    pub fn try_send(&self, is_text: bool, payload: Bytes) -> bool {
        // Who waits for the gate comes first.
        self.senders.is_free() && matches!(self.offer(&mut Some(Outgoing::new(is_text, payload))), Ok(true))
    }

    fn offer(&self, message: &mut Option<Outgoing>) -> OpResult<bool> {
        let closed = || OpError::new(Class::Error, errors::CLOSED, "the WebSocket is closed");
        if self.farewell.borrow().is_some() {
            return Err(closed());
        }
        let sent = match &mut *self.link.borrow_mut() {
            Link::Opening(Some(_)) => return Ok(false),
            Link::Opening(first) => {
                *first = message.take();
                return Ok(true);
            }
            Link::Over(_) => return Err(closed()),
            Link::Open(open) if open.is_ending() => return Err(closed()),
            Link::Open(open) => match open.is_clear() {
                Ok(false) => return Ok(false),
                Ok(true) => {
                    message.take().into_iter().for_each(|message| open.send(message));
                    open.push(None).map(drop)
                }
                Err(outcome) => Err(outcome),
            },
        };
        sent.map(|()| true).map_err(|outcome| {
            self.finish(outcome);
            self.wake();
            closed()
        })
    }

    /// Begins to close: what was sent goes out, then the close frame. What has come and what still comes is dropped.
    pub fn close(&self, code: Option<u16>, reason: String) {
        self.inbox.take();
        match &mut *self.farewell.borrow_mut() {
            Some(farewell) => farewell.deaf = true,
            place => *place = self.outcome().is_none().then(|| Farewell::new(code, reason, true)),
        }
        self.part();
    }

    /// Begins to close on behalf of the server, which ends. The other side does not know yet: what it sends until it
    /// answers is still received.
    pub(in crate::http) fn dismiss(&self, code: u16) {
        if self.farewell.borrow().is_some() || self.outcome().is_some() {
            return;
        }
        *self.farewell.borrow_mut() = Some(Farewell::new(Some(code), String::new(), false));
        self.part();
    }

    /// Whether the program has closed it.
    fn is_deaf(&self) -> bool {
        self.farewell.borrow().as_ref().is_some_and(|farewell| farewell.deaf)
    }

    fn part(&self) {
        let Some(farewell) = self.farewell.borrow().clone() else { return };
        let pushed = match &mut *self.link.borrow_mut() {
            Link::Open(open) => open.push(Some(&farewell)).map(drop),
            _ => Ok(()),
        };
        self.writable.wake(); // those who wait to send hear that they cannot
        if farewell.deaf {
            self.readable.wake();
        }
        if let Err(outcome) = pushed {
            self.finish(outcome);
        }
        self.wake();
    }

    /// How it ended, if it has.
    pub fn outcome(&self) -> Option<Outcome> {
        match &*self.link.borrow() {
            Link::Over(outcome) => Some(outcome.clone()),
            _ => None,
        }
    }

    /// The program's handler has come to its end.
    pub fn end_handled(&self) {
        self.handled.set(false);
        self.wake();
    }

    /// Whether the program's handler still runs.
    pub fn is_handled(&self) -> bool {
        self.handled.get()
    }

    /// JavaScript needs nothing of it any more.
    pub fn release(&self) {
        self.released.set(true);
    }

    pub fn is_released(&self) -> bool {
        self.released.get()
    }

    // ------------------------------------------------------------------------------------------- its task

    /// The handshake is done; `before` was read along with it.
    pub(in crate::http) fn open(&self, wire: Rc<Wire>, before: Bytes) {
        let mut open = Open::new(Tap::new(wire, before), self.role, &self.limits);
        let mut link = self.link.borrow_mut();
        match &mut *link {
            Link::Opening(first) => first.take().into_iter().for_each(|message| open.send(message)),
            Link::Open(_) | Link::Over(_) => return,
        }
        *link = Link::Open(Box::new(open));
        drop(link);
        self.writable.wake();
    }

    /// Moves the bytes of a client's socket until it is over.
    pub(in crate::http) async fn run(self: Rc<Self>, wire: Rc<Wire>, before: Bytes) {
        self.open(wire.clone(), before);
        let mut clock = Clock::default();
        poll_fn(|cx| self.poll(cx, &mut clock)).await;
        part(&wire).await;
    }

    /// Ready when it is over.
    pub(in crate::http) fn poll(&self, cx: &mut Context<'_>, clock: &mut Clock) -> Poll<()> {
        self.set_driver(cx);
        let outcome = self.advance().or_else(|| self.look_at_clock(cx, clock));
        if let Some(outcome) = outcome {
            self.finish(outcome);
        }
        if self.outcome().is_some() { Poll::Ready(()) } else { Poll::Pending }
    }

    /// Whoever drives the socket is woken when something is to be done.
    pub(in crate::http) fn set_driver(&self, cx: &Context<'_>) {
        let mut place = self.driver.borrow_mut();
        if place.as_ref().is_none_or(|waker| !waker.will_wake(cx.waker())) {
            *place = Some(cx.waker().clone());
        }
        if let Link::Open(open) = &mut *self.link.borrow_mut() {
            open.tap().wake_with(cx.waker());
        }
    }

    /// Sends and reads until nothing more can be done now.
    fn advance(&self) -> Option<Outcome> {
        let farewell = self.farewell.borrow().clone();
        let deaf = self.is_deaf();
        let mut link = self.link.borrow_mut();
        let Link::Open(open) = &mut *link else { return None };
        for _ in 0..FRAMES_A_TURN {
            let is_clear = match open.push(farewell.as_ref()) {
                Ok(is_clear) => is_clear,
                Err(outcome) => return Some(outcome),
            };
            if is_clear {
                self.writable.wake();
            }
            if !deaf && self.inbox.borrow().weight >= INBOX_FULL {
                return None;
            }
            match open.pull(is_clear) {
                Got::Message(message) if !deaf => self.keep(message),
                Got::Message(_) | Got::Sign => {}
                Got::Nothing => return None,
                Got::End(outcome) => return Some(outcome),
            }
            self.heard.set(true);
        }
        self.wake();
        None
    }

    fn keep(&self, message: Message) {
        let mut inbox = self.inbox.borrow_mut();
        inbox.weight += weight(&message);
        inbox.messages.push_back(message);
        self.readable.wake();
    }

    /// Pings, and the end of somebody who does not answer.
    fn look_at_clock(&self, cx: &mut Context<'_>, clock: &mut Clock) -> Option<Outcome> {
        let mut link = self.link.borrow_mut();
        let Link::Open(open) = &mut *link else { return None };
        if open.is_ending() || self.farewell.borrow().is_some() {
            let deadline = clock.deadline.get_or_insert_with(|| reactor::sleep(self.limits.close_timeout));
            return Pin::new(deadline).poll(cx).is_ready().then(|| open.ended());
        }
        loop {
            let tick = clock.tick.get_or_insert_with(|| reactor::sleep(self.limits.keep_alive));
            if Pin::new(tick).poll(cx).is_pending() {
                return None;
            }
            clock.tick = None;
            // Nothing is heard of somebody whom we do not listen to.
            let heard = self.heard.replace(false) || self.inbox.borrow().weight >= INBOX_FULL;
            if clock.pinged && !heard {
                return Some(Outcome::lost());
            }
            clock.pinged = !heard;
            if clock.pinged {
                open.ping();
            }
        }
    }

    /// It is over without a word, unless it is already.
    pub(in crate::http) fn lose(&self) {
        self.finish(Outcome::lost());
    }

    fn finish(&self, outcome: Outcome) {
        if self.outcome().is_some() {
            return;
        }
        let open = self.link.replace(Link::Over(outcome));
        drop(open); // outside the borrow
        self.hold.take();
        self.readable.wake();
        self.writable.wake();
        if self.id.get() != 0 {
            events::post(Handler::WebSocketEnd, self.id.get(), 0);
        }
    }

    fn wake(&self) {
        if let Some(waker) = &*self.driver.borrow() {
            waker.wake_by_ref();
        }
    }
}

fn weight(message: &Message) -> usize {
    message.len() + MESSAGE_WEIGHT
}

/// Ends the writing side, and reads on for a moment: a connection that is closed with unread input is reset, and then
/// the close frame may never be seen.
pub(in crate::http) async fn part(wire: &Wire) {
    let _ = wire.stream.socket().shutdown(Shutdown::Write); // it may be broken already
    wire::linger(wire).await;
}
