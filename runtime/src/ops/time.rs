//! Time for JavaScript: sleeping, the monotonic clock, and the timers behind `setTimeout` and its kin.

use crate::events::{self, Handler};
use crate::op::Registry;
use crate::reactor::{self, Hold, PostTimer};
use std::cell::RefCell;
use std::future::poll_fn;
use std::sync::OnceLock;
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

pub(crate) fn register(ops: &mut Registry) {
    ops.blocking("time_sleep", sleep);
    ops.sync("time_monotonic", monotonic);
    ops.sync("time_wall", wall);
    ops.sync("timer_start", timer_start);
    ops.sync("timer_stop", timer_stop);
    ops.sync("timer_ref", timer_ref);
    ops.sync("timer_immediate", timer_immediate);
}

/// The slot that immediates name: they have no timer.
const IMMEDIATE: u32 = u32::MAX;

fn duration(ms: f64) -> Duration {
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or(Duration::MAX)
}

/// Sleeps; for 0 it lets everybody else run first.
async fn sleep(ms: f64) {
    if ms > 0.0 {
        return reactor::sleep(duration(ms)).await;
    }
    let mut yielded = false;
    poll_fn(move |cx| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Milliseconds since the first call; never goes back.
fn monotonic() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64() * 1000.0
}

/// Milliseconds since 1970.
fn wall() -> f64 {
    SystemTime::UNIX_EPOCH.elapsed().map_or(0.0, |since| since.as_secs_f64() * 1000.0)
}

/// A timer of JavaScript.
struct Timer {
    _timer: PostTimer,
    /// Keeps the process alive, unless the timer is unreferenced.
    hold: Option<Hold>,
}

thread_local! {
    static TIMERS: RefCell<slab::Slab<Timer>> = const { RefCell::new(slab::Slab::new()) };
}

/// Starts a timer and returns its slot. When it is due, `Timer(slot, sequence)` is posted; the slot stays taken until
/// `timer_stop`.
fn timer_start(ms: f64, sequence: u32, referenced: bool) -> u32 {
    TIMERS.with_borrow_mut(|timers| {
        let entry = timers.vacant_entry();
        let slot = entry.key() as u32;
        let timer = PostTimer::new(duration(ms), Handler::Timer, slot, sequence);
        entry.insert(Timer { _timer: timer, hold: referenced.then(reactor::hold) });
        slot
    })
}

fn timer_stop(slot: u32) {
    TIMERS.with_borrow_mut(|timers| timers.try_remove(slot as usize));
}

fn timer_ref(slot: u32, referenced: bool) {
    TIMERS.with_borrow_mut(|timers| {
        if let Some(timer) = timers.get_mut(slot as usize) {
            timer.hold = referenced.then(reactor::hold);
        }
    });
}

/// Posts `Timer(0xffff_ffff, sequence)` at once.
fn timer_immediate(sequence: u32) {
    events::post(Handler::Timer, IMMEDIATE, sequence);
}
