//! What a fetch comes back with, and who waits for it.

use super::exchange::{self, Head};
use super::request::flat_headers;
use crate::op::{Bytes, OpError, OpResult};
use crate::reactor::{Hold, TaskId};
use std::task::{Context, Poll, Waker};

/// Bodies of plain ASCII up to this length come as text: JavaScript has it then without another call.
const TEXT_MAX: usize = 64 * 1024;

/// The state of a fetch before its response is taken.
pub struct Fetch {
    pub(super) outcome: Option<Result<(), OpError>>,
    pub(super) waiter: Option<Waker>,
    pub(super) task: Option<TaskId>,
    /// Keeps the process alive until there is an outcome.
    pub(super) hold: Option<Hold>,
}

/// The head of a response and as much of its body as came with it.
pub struct Answer {
    pub status: u16,
    /// If it is not the usual one.
    pub reason: Option<String>,
    pub headers: String,
    /// The whole body, if it is short and ASCII.
    pub text: Option<String>,
    /// The whole body otherwise, if it is here. Neither: it is to be read from the exchange.
    pub bytes: Option<Bytes>,
}

/// Takes the answer of the fetch `id` if there is one. `None`: no such fetch, or its answer was taken before.
pub fn poll(id: u32, cx: &mut Context<'_>) -> Poll<Option<OpResult<Answer>>> {
    let polled = exchange::with(id, |exchange| {
        let Some(fetch) = &mut exchange.fetch else { return Poll::Ready(None) };
        match fetch.outcome.take() {
            Some(outcome) => {
                exchange.fetch = None;
                Poll::Ready(Some(outcome))
            }
            None => {
                fetch.waiter = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    });
    match polled {
        Some(Poll::Pending) => Poll::Pending,
        None | Some(Poll::Ready(None)) => Poll::Ready(None),
        Some(Poll::Ready(Some(Err(error)))) => {
            drop(exchange::remove(id));
            Poll::Ready(Some(Err(error)))
        }
        Some(Poll::Ready(Some(Ok(())))) => Poll::Ready(open(id).map(Ok)),
    }
}

/// Nobody waits any more.
pub fn forget_waiter(id: u32) {
    exchange::with(id, |exchange| {
        if let Some(fetch) = &mut exchange.fetch {
            fetch.waiter = None;
        }
    });
}

fn open(id: u32) -> Option<Answer> {
    let (head, whole) = exchange::with(id, |exchange| {
        let whole = exchange.intake.whole().then(|| exchange.intake.take_first());
        (std::mem::replace(&mut exchange.head, Head::None), whole)
    })?;
    let Head::Response(parts) = head else { return None };
    let (text, bytes) = match whole {
        None => (None, None),
        Some(bytes) => {
            // A request whose body is still being sent keeps its exchange.
            let sending = exchange::with(id, |exchange| exchange.pipe.is_some()).unwrap_or(false);
            if !sending {
                drop(exchange::remove(id));
            }
            let bytes = Vec::from(bytes);
            match String::from_utf8(bytes) {
                Ok(text) if text.is_ascii() && text.len() <= TEXT_MAX => (Some(text), None),
                Ok(text) => (None, Some(Bytes(text.into_bytes()))),
                Err(error) => (None, Some(Bytes(error.into_bytes()))),
            }
        }
    };
    let usual = parts.status.canonical_reason();
    let reason = parts.extensions.get::<hyper::ext::ReasonPhrase>();
    let reason = match reason {
        Some(reason) => Some(reason.as_bytes().iter().map(|byte| char::from(*byte)).collect()),
        None if usual.is_none() => Some(String::new()),
        None => None,
    };
    Some(Answer { status: parts.status.as_u16(), reason, headers: flat_headers(&parts.headers), text, bytes })
}
