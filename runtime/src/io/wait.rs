//! Small things that futures of one thread wait for: their turn, and the end of what they work on.

use crate::op::{Class, OpError, OpResult};
use corona_std::errors;
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Those to wake when something happens.
#[derive(Default)]
pub(crate) struct Wakers(RefCell<Vec<Waker>>);

impl Wakers {
    /// Notes the caller, once.
    pub(crate) fn register(&self, cx: &Context<'_>) {
        let mut wakers = self.0.borrow_mut();
        if !wakers.iter().any(|waker| waker.will_wake(cx.waker())) {
            wakers.push(cx.waker().clone());
        }
    }

    /// Wakes everybody noted.
    pub(crate) fn wake(&self) {
        let wakers = self.0.take();
        wakers.into_iter().for_each(Waker::wake);
    }
}

/// Lets one user at a time: two coroutines that read the same file get whole lines each.
#[derive(Default)]
pub(crate) struct Lock {
    taken: Cell<bool>,
    waiting: Wakers,
}

/// The turn; it ends when this is dropped.
pub(crate) struct Turn<'a>(&'a Lock);

impl Lock {
    pub(crate) async fn turn(&self) -> Turn<'_> {
        poll_fn(|cx| {
            if self.taken.replace(true) {
                self.waiting.register(cx);
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
        .await;
        Turn(self)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.taken.set(false);
        self.0.waiting.wake();
    }
}

/// Whether something was closed; ends the operations that are under way on it.
#[derive(Default)]
pub(crate) struct Closing {
    closed: Cell<bool>,
    waiting: Wakers,
}

impl Closing {
    /// Ends what is under way with [`closed_error`].
    pub(crate) fn close(&self) {
        self.closed.set(true);
        self.waiting.wake();
    }

    /// Runs `work` until it is done or this is closed.
    pub(crate) async fn guard<T>(&self, work: impl Future<Output = OpResult<T>>) -> OpResult<T> {
        let mut work = pin!(work);
        poll_fn(|cx| {
            if self.closed.get() {
                return Poll::Ready(Err(closed_error()));
            }
            let polled = work.as_mut().poll(cx);
            if polled.is_pending() {
                self.waiting.register(cx);
            }
            polled
        })
        .await
    }
}

/// The error of whatever is done with something closed.
pub(crate) fn closed_error() -> OpError {
    OpError::new(Class::Error, errors::CLOSED, "it is closed")
}
