//! The loop's eyes and hands: one mio `Poll`, timers, the thread pool and the local executor. The only place that
//! names mio. Who runs next is the scheduler's business; nothing here knows JavaScript.
//!
//! Everything belongs to one thread, the one that runs JavaScript. What other threads may do is wake: through a
//! [`std::task::Waker`], or [`waker_from_other_threads`].

mod executor;
mod poll;
pub(crate) mod pool;
mod timers;
mod wake;

pub(crate) use executor::{TaskId, abort, spawn};
pub(crate) use poll::{Interest, Source, is_closed};
pub(crate) use timers::{PostTimer, Sleep, sleep};
pub(crate) use wake::{coroutine_waker, take_woken, waker_from_other_threads};

use crate::events;
use std::cell::Cell;
use std::time::{Duration, Instant};

/// While the scheduler has work of its own it asks for a turn after every round; looking at the operating system each
/// time would cost more than a switch of coroutines.
const POLL_EVERY_US: u64 = 50;

thread_local! {
    static NOW: Cell<Option<Instant>> = const { Cell::new(None) };
    static POLLED: Cell<Option<Instant>> = const { Cell::new(None) };
    static HOLDS: Cell<usize> = const { Cell::new(0) };
}

/// One turn of the loop: run the tasks that are ready, look for events, fire timers, run the tasks that these woke.
/// Waits at most `max_wait` (`None`: without limit) and only while there is nothing to do: no task ready, no coroutine
/// woken, no event posted. May return early with nothing new.
pub(crate) fn turn(max_wait: Option<Duration>) {
    wake::drain_inbox();
    // A task that ran may have given work to those who called: they look again before anybody waits.
    let ran = executor::run_ready();
    let max_wait = [max_wait, pool::relieve()].into_iter().flatten().min();
    let wait = if ran || has_work() { Some(Duration::ZERO) } else { max_wait };
    let before = Instant::now();
    let skip = wait == Some(Duration::ZERO)
        && POLLED.get().is_some_and(|polled| before.duration_since(polled).as_micros() < u128::from(POLL_EVERY_US));
    if !skip {
        let wait = match (wait, timers::until_next(before)) {
            (Some(limit), Some(next)) => Some(limit.min(next)),
            (limit, next) => limit.or(next),
        };
        poll::wait_for_events(wait);
        wake::drain_inbox();
        NOW.set(Some(if wait == Some(Duration::ZERO) { before } else { Instant::now() }));
        POLLED.set(NOW.get());
    } else {
        NOW.set(Some(before));
    }
    timers::fire(now());
    executor::run_ready();
}

/// Whether something is ready to run without waiting: a task, a woken coroutine, a posted event.
pub(crate) fn has_work() -> bool {
    executor::has_ready() || wake::has_woken() || !events::is_empty()
}

/// The time of this turn. Coarse: use it to stamp, not to measure; sleeps read the clock themselves.
pub(crate) fn now() -> Instant {
    NOW.get().unwrap_or_else(|| {
        let now = Instant::now();
        NOW.set(Some(now));
        now
    })
}

/// How many things outside the program can still give it work and are meant to keep it alive: holds (listening servers,
/// timers that are referenced) and jobs in the pool. Coroutines that sleep in an op are counted by the scheduler.
/// Sources, sleeps and tasks do not count: an idle connection keeps nobody alive.
pub(crate) fn outstanding() -> usize {
    HOLDS.get() + pool::in_flight()
}

/// Keeps the process alive until dropped.
#[derive(Debug)]
pub(crate) struct Hold(());

/// Keeps the process alive until the [`Hold`] is dropped.
pub(crate) fn hold() -> Hold {
    HOLDS.set(HOLDS.get() + 1);
    Hold(())
}

impl Drop for Hold {
    fn drop(&mut self) {
        HOLDS.set(HOLDS.get() - 1);
    }
}

/// Drives the loop until `future` is done: for unit tests.
#[cfg(test)]
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let waker = coroutine_waker(u32::MAX);
    let mut woken = Vec::new();
    loop {
        if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut std::task::Context::from_waker(&waker)) {
            return value;
        }
        while woken.is_empty() {
            turn(Some(Duration::from_secs(10)));
            take_woken(&mut woken);
        }
        woken.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_are_counted() {
        let before = outstanding();
        let hold = hold();
        assert_eq!(outstanding(), before + 1);
        drop(hold);
        assert_eq!(outstanding(), before);
    }

    #[test]
    fn a_turn_waits_no_longer_than_asked() {
        let start = Instant::now();
        turn(Some(Duration::from_millis(20)));
        assert!(start.elapsed() >= Duration::from_millis(19));
        turn(Some(Duration::ZERO));
        assert!(start.elapsed() < Duration::from_secs(2));
    }
}
