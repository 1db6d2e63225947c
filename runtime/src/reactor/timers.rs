//! Timers: a hierarchical wheel with ticks of one millisecond. Adding and cancelling cost the same few instructions
//! however many there are. A timer never fires early; it fires at most one tick and one turn late.

use crate::events::{self, Handler};
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

const LEVEL_BITS: u32 = 6;
const SLOTS: usize = 1 << LEVEL_BITS;
const LEVELS: usize = 6;
/// The furthest that the wheel can tell apart: two years. Later timers are looked at again then.
const HORIZON: u64 = 1 << (LEVEL_BITS * LEVELS as u32);
const NIL: u32 = u32::MAX;

enum State {
    /// A sleep, and who waits for it.
    Waiting(Option<Waker>),
    /// Nobody waits: an event is posted.
    Post(Handler, u32, u32),
    /// A sleep that is over and was not asked since.
    Fired,
}

struct Entry {
    when: u64,
    state: State,
    level: u8,
    slot: u8,
    prev: u32,
    next: u32,
}

#[derive(Clone, Copy)]
struct List {
    head: u32,
    tail: u32,
}

struct Wheel {
    start: Instant,
    /// The tick up to which everything has fired.
    elapsed: u64,
    entries: slab::Slab<Entry>,
    lists: [[List; SLOTS]; LEVELS],
    occupied: [u64; LEVELS],
}

thread_local! {
    static WHEEL: RefCell<Wheel> = RefCell::new(Wheel::new());
}

/// The part of a due timer that must run outside the wheel.
enum Due {
    Wake(Waker),
    Post(Handler, u32, u32),
}

impl Wheel {
    fn new() -> Wheel {
        let empty = List { head: NIL, tail: NIL };
        Wheel {
            start: Instant::now(),
            elapsed: 0,
            entries: slab::Slab::new(),
            lists: [[empty; SLOTS]; LEVELS],
            occupied: [0; LEVELS],
        }
    }

    /// The first tick at which `deadline` has passed.
    fn tick_after(&self, deadline: Instant) -> u64 {
        let ns = deadline.saturating_duration_since(self.start).as_nanos();
        u64::try_from(ns.div_ceil(1_000_000)).unwrap_or(u64::MAX)
    }

    fn insert(&mut self, deadline: Instant, state: State) -> u32 {
        let when = self.tick_after(deadline).max(self.elapsed + 1);
        let key = self.entries.insert(Entry { when, state, level: 0, slot: 0, prev: NIL, next: NIL }) as u32;
        self.link(key);
        key
    }

    fn link(&mut self, key: u32) {
        let when = self.entries[key as usize].when.min(self.elapsed + HORIZON - 1);
        let differing = (self.elapsed ^ when) | (SLOTS as u64 - 1);
        let level = (((63 - differing.leading_zeros()) / LEVEL_BITS) as usize).min(LEVELS - 1);
        let slot = (when >> (level as u32 * LEVEL_BITS)) as usize % SLOTS;
        let list = &mut self.lists[level][slot];
        let tail = std::mem::replace(&mut list.tail, key);
        match tail {
            NIL => list.head = key,
            tail => self.entries[tail as usize].next = key,
        }
        self.occupied[level] |= 1 << slot;
        let entry = &mut self.entries[key as usize];
        (entry.level, entry.slot, entry.prev, entry.next) = (level as u8, slot as u8, tail, NIL);
    }

    fn unlink(&mut self, key: u32) {
        let Entry { level, slot, prev, next, .. } = self.entries[key as usize];
        let list = &mut self.lists[level as usize][slot as usize];
        match prev {
            NIL => list.head = next,
            prev => self.entries[prev as usize].next = next,
        }
        match next {
            NIL => list.tail = prev,
            next => self.entries[next as usize].prev = prev,
        }
        if list.head == NIL {
            self.occupied[level as usize] &= !(1 << slot);
        }
    }

    /// Takes the timer out, whether it fired or not.
    fn remove(&mut self, key: u32) -> State {
        if !matches!(self.entries[key as usize].state, State::Fired) {
            self.unlink(key);
        }
        self.entries.remove(key as usize).state
    }

    /// The first slot in time that holds timers: its tick, level and index. A lower level always comes first.
    fn next_slot(&self) -> Option<(u64, usize, usize)> {
        let level = self.occupied.iter().position(|&slots| slots != 0)?;
        let shift = level as u32 * LEVEL_BITS;
        let here = (self.elapsed >> shift) as u32 % SLOTS as u32;
        let slot = (self.occupied[level].rotate_right(here).trailing_zeros() + here) % SLOTS as u32;
        let lap = 1 << (shift + LEVEL_BITS);
        let mut tick = (self.elapsed & !(lap - 1)) + (u64::from(slot) << shift);
        if tick <= self.elapsed {
            tick += lap; // only the last level wraps
        }
        Some((tick, level, slot as usize))
    }

    /// Moves the wheel to `tick` and collects what is due, in order of time, then of insertion.
    fn advance(&mut self, tick: u64, due: &mut Vec<Due>) {
        while let Some((next, level, slot)) = self.next_slot().filter(|(next, ..)| *next <= tick) {
            self.elapsed = next;
            self.occupied[level] &= !(1 << slot);
            let list = std::mem::replace(&mut self.lists[level][slot], List { head: NIL, tail: NIL });
            let mut key = list.head;
            while key != NIL {
                let Entry { when, next, .. } = self.entries[key as usize];
                if when <= self.elapsed {
                    self.expire(key, due)
                } else {
                    self.link(key)
                }
                key = next;
            }
        }
        self.elapsed = self.elapsed.max(tick);
    }

    fn expire(&mut self, key: u32, due: &mut Vec<Due>) {
        match std::mem::replace(&mut self.entries[key as usize].state, State::Fired) {
            State::Waiting(waker) => due.extend(waker.map(Due::Wake)),
            State::Post(handler, a, b) => due.push(Due::Post(handler, a, b)),
            State::Fired => {}
        }
    }
}

/// How long until the wheel wants to be looked at, seen from `now`.
pub(super) fn until_next(now: Instant) -> Option<Duration> {
    WHEEL.with_borrow(|wheel| {
        let (tick, ..) = wheel.next_slot()?;
        Some((wheel.start + Duration::from_millis(tick)).saturating_duration_since(now))
    })
}

/// Fires everything that is due at `now`.
pub(super) fn fire(now: Instant) {
    let mut due = Vec::new();
    WHEEL.with_borrow_mut(|wheel| {
        let tick = now.saturating_duration_since(wheel.start).as_millis() as u64;
        wheel.advance(tick, &mut due);
    });
    for due in due {
        match due {
            Due::Wake(waker) => waker.wake(),
            Due::Post(handler, a, b) => events::post(handler, a, b),
        }
    }
}

/// A future that is ready at its deadline, never before. Dropping it cancels it.
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub(crate) struct Sleep {
    deadline: Instant,
    key: u32,
}

/// Ready once `duration` has passed from now.
pub(crate) fn sleep(duration: Duration) -> Sleep {
    let now = Instant::now();
    // A duration beyond what the clock can hold is for ever.
    let deadline = now.checked_add(duration).unwrap_or(now + Duration::from_secs(1 << 32));
    Sleep { deadline, key: NIL }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.key == NIL {
            if self.deadline <= Instant::now() {
                return Poll::Ready(());
            }
            let state = State::Waiting(Some(cx.waker().clone()));
            self.key = WHEEL.with_borrow_mut(|wheel| wheel.insert(self.deadline, state));
            return Poll::Pending;
        }
        WHEEL.with_borrow_mut(|wheel| match &mut wheel.entries[self.key as usize].state {
            State::Waiting(waker) => {
                match waker {
                    Some(waker) if waker.will_wake(cx.waker()) => {}
                    _ => *waker = Some(cx.waker().clone()),
                }
                Poll::Pending
            }
            _ => Poll::Ready(()),
        })
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if self.key != NIL {
            let state = WHEEL.try_with(|wheel| wheel.borrow_mut().remove(self.key));
            drop(state);
        }
    }
}

/// A timer that posts an event when it is due. Dropping it cancels it.
#[derive(Debug)]
pub(crate) struct PostTimer {
    key: u32,
}

impl PostTimer {
    /// Posts `handler(a, b)` once `delay` has passed from now.
    pub(crate) fn new(delay: Duration, handler: Handler, a: u32, b: u32) -> PostTimer {
        let deadline = Instant::now() + delay;
        let key = WHEEL.with_borrow_mut(|wheel| wheel.insert(deadline, State::Post(handler, a, b)));
        PostTimer { key }
    }
}

impl Drop for PostTimer {
    fn drop(&mut self) {
        let _ = WHEEL.try_with(|wheel| wheel.borrow_mut().remove(self.key));
    }
}

#[cfg(test)]
mod tests {
    use super::super::block_on;
    use super::*;

    #[test]
    fn a_sleep_never_ends_early() {
        for ms in [0, 1, 3, 17, 70] {
            let start = Instant::now();
            block_on(sleep(Duration::from_millis(ms)));
            assert!(start.elapsed() >= Duration::from_millis(ms), "{ms}");
        }
    }

    #[test]
    fn timers_fire_in_order_of_time_then_of_insertion_at_every_distance() {
        let mut wheel = Wheel::new();
        let start = wheel.start;
        let mut expected = Vec::new();
        let mut seed = 1u64;
        for id in 0..5000u32 {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let ms = 1 + (seed >> 33) % [50, 5_000, 300_000, 100_000_000][id as usize % 4];
            wheel.insert(start + Duration::from_millis(ms), State::Post(Handler::Timer, id, ms as u32));
            expected.push((ms, id));
        }
        expected.sort();
        let (mut tick, mut fired) = (0, Vec::new());
        while let Some((next, ..)) = wheel.next_slot() {
            tick = next.max(tick + 7);
            let mut due = Vec::new();
            wheel.advance(tick, &mut due);
            for due in due {
                let Due::Post(_, id, ms) = due else { unreachable!("only posts") };
                assert!(u64::from(ms) <= tick, "early");
                fired.push((u64::from(ms), id));
            }
        }
        assert_eq!(fired, expected);
    }

    #[test]
    fn cancelled_timers_leave_nothing_behind() {
        let mut wheel = Wheel::new();
        let keys: Vec<u32> = (0..1000u64)
            .map(|i| wheel.insert(wheel.start + Duration::from_millis(i * i), State::Waiting(None)))
            .collect();
        for key in keys.iter().rev() {
            wheel.remove(*key);
        }
        assert!(wheel.entries.is_empty());
        assert_eq!(wheel.occupied, [0; LEVELS]);
    }

    #[test]
    fn a_sleep_beyond_the_clock_waits_instead_of_overflowing() {
        let mut long = sleep(Duration::MAX);
        let waker = Waker::noop();
        assert!(Pin::new(&mut long).poll(&mut Context::from_waker(waker)).is_pending());
    }
}
