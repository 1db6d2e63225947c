//! What native code tells JavaScript: a handler and two numbers, queued as a job for a coroutine.

use std::cell::RefCell;
use std::collections::VecDeque;

/// Which function of std a job calls. The names are those that std registers with `on(name, fn)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Handler {
    /// A timer is due: its id.
    Timer,
    /// A server has a request: server, request.
    HttpRequest,
    /// The other side of a request has gone before it had its response: server, request.
    HttpGone,
    /// A fetch has its response, or failed: request.
    HttpResponse,
    /// A listener has a connection: listener, socket.
    Connection,
    /// A signal arrived: its number.
    Signal,
    /// A child process ended: child.
    ChildExit,
    /// A WebSocket is closed, however that came: socket.
    WebSocketEnd,
}

impl Handler {
    /// Every handler, in the order of their numbers.
    pub(crate) const ALL: [(Handler, &'static str); 8] = [
        (Handler::Timer, "Timer"),
        (Handler::HttpRequest, "HttpRequest"),
        (Handler::HttpGone, "HttpGone"),
        (Handler::HttpResponse, "HttpResponse"),
        (Handler::Connection, "Connection"),
        (Handler::Signal, "Signal"),
        (Handler::ChildExit, "ChildExit"),
        (Handler::WebSocketEnd, "WebSocketEnd"),
    ];
}

/// A queued call: `a` and `b` mean what the handler's documentation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) handler: Handler,
    pub(crate) a: u32,
    pub(crate) b: u32,
}

thread_local! {
    static QUEUE: RefCell<VecDeque<Event>> = const { RefCell::new(VecDeque::new()) };
}

/// Queues a call of `handler` with `(a, b)`; a coroutine makes it in this turn of the loop.
pub(crate) fn post(handler: Handler, a: u32, b: u32) {
    QUEUE.with_borrow_mut(|queue| queue.push_back(Event { handler, a, b }));
}

/// Takes the oldest queued call.
pub(crate) fn next() -> Option<Event> {
    QUEUE.with_borrow_mut(VecDeque::pop_front)
}

/// Whether no call is queued.
pub(crate) fn is_empty() -> bool {
    QUEUE.with_borrow(VecDeque::is_empty)
}
