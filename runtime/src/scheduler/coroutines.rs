//! The coroutines: their table, who is idle, who is ready, and how one is woken or cancelled.

use super::wait::Kind;
use super::{jobs, state};
use crate::coroutine::{Fiber, Stack, suspend};
use crate::engine::Identity;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// What a coroutine is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Has no job.
    Idle,
    Running,
    /// Waits for its turn.
    Ready,
    Waiting(Kind),
    /// Has ended; its stack and identity wait for reuse, together.
    Retired,
}

/// One coroutine. Records are leaked: their stacks and identities are reused, never freed.
pub(super) struct Coroutine {
    pub(super) number: u32,
    pub(super) identity: &'static Identity,
    pub(super) phase: Cell<Phase>,
    pub(super) cancelled: Cell<bool>,
    /// While positive, a cancellation waits.
    pub(super) shields: Cell<u32>,
    /// Resumed to capture its stack, not to go on.
    pub(super) describing: Cell<bool>,
    depth: Cell<u32>,
    fiber: Cell<Option<&'static Fiber>>,
    retiring: Cell<bool>,
}

thread_local! {
    static ALL: RefCell<Vec<&'static Coroutine>> = const { RefCell::new(Vec::new()) };
    static IDLE: RefCell<Vec<&'static Coroutine>> = const { RefCell::new(Vec::new()) };
    static RETIRED: RefCell<Vec<(&'static Coroutine, Stack)>> = const { RefCell::new(Vec::new()) };
    static READY: RefCell<VecDeque<&'static Coroutine>> = const { RefCell::new(VecDeque::new()) };
    static CURRENT: Cell<Option<&'static Coroutine>> = const { Cell::new(None) };
    static MAX: Cell<usize> = const { Cell::new(1 << 20) };
    static SWITCHES: Cell<u64> = const { Cell::new(0) };
    /// How many wait, by kind.
    static WAITING: [Cell<usize>; 3] = const { [const { Cell::new(0) }; 3] };
}

/// Idle coroutines that are kept as they are; those beyond give their memory back.
const IDLE_KEPT: usize = 64;

/// Sets the most coroutines that may exist.
pub(crate) fn configure(max: usize) {
    MAX.set(max);
}

/// The coroutine that runs now.
pub(super) fn running() -> &'static Coroutine {
    CURRENT.get().expect("JavaScript runs in coroutines alone")
}

/// Number of the coroutine that runs now.
pub(crate) fn current() -> u32 {
    running().number
}

/// How many coroutines are in which state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Census {
    /// Ever made: stacks and identities.
    pub(crate) made: usize,
    pub(crate) waiting: usize,
    pub(crate) ready: usize,
    /// Times a coroutine was resumed.
    pub(crate) switches: u64,
}

/// Counts the coroutines.
pub(crate) fn census() -> Census {
    Census {
        made: ALL.with_borrow(Vec::len),
        waiting: parked() - ready_count(),
        ready: ready_count(),
        switches: SWITCHES.get(),
    }
}

/// Every coroutine that was ever made.
pub(super) fn all() -> Vec<&'static Coroutine> {
    ALL.with_borrow(Clone::clone)
}

/// An idle coroutine, or a new one; `None` when the most are there or the system has no memory for a stack.
pub(super) fn idle() -> Option<&'static Coroutine> {
    if let Some(coroutine) = IDLE.with_borrow_mut(Vec::pop) {
        return Some(coroutine);
    }
    if let Some((coroutine, stack)) = RETIRED.with_borrow_mut(Vec::pop) {
        coroutine.start(stack);
        return Some(coroutine);
    }
    let number = ALL.with_borrow(Vec::len);
    if number >= MAX.get() {
        return None;
    }
    let stack = Stack::new().ok()?;
    let identity = Box::leak(Box::new(Identity::new(stack.low(), stack.high())));
    let coroutine: &'static Coroutine = Box::leak(Box::new(Coroutine {
        number: number as u32,
        identity,
        phase: Cell::new(Phase::Idle),
        cancelled: Cell::new(false),
        shields: Cell::new(0),
        describing: Cell::new(false),
        depth: Cell::new(0),
        fiber: Cell::new(None),
        retiring: Cell::new(false),
    }));
    coroutine.start(stack);
    ALL.with_borrow_mut(|all| all.push(coroutine));
    Some(coroutine)
}

/// Lets idle coroutines beyond a few end, and trims their stacks. Called before the process sleeps.
pub(super) fn retire_idle() {
    loop {
        let surplus = IDLE.with_borrow_mut(|idle| (idle.len() > IDLE_KEPT).then(|| idle.pop()).flatten());
        let Some(coroutine) = surplus else { return };
        coroutine.retiring.set(true);
        coroutine.resume();
    }
}

impl Coroutine {
    fn start(&'static self, stack: Stack) {
        self.phase.set(Phase::Idle);
        self.retiring.set(false);
        let fiber = Fiber::new(stack, move || self.live());
        self.fiber.set(Some(Box::leak(Box::new(fiber))));
    }

    /// What a coroutine does all its life: take jobs; with none left, be idle.
    fn live(&'static self) {
        while !self.retiring.get() {
            self.identity.hold();
            jobs::work();
            self.cancelled.set(false);
            self.shields.set(0);
            self.phase.set(Phase::Idle);
            IDLE.with_borrow_mut(|idle| idle.push(self));
            suspend();
        }
        self.identity.release();
    }

    /// Runs it until it waits, is idle, or ends. Called on the scheduler's stack.
    pub(super) fn resume(&'static self) {
        let previous = CURRENT.replace(Some(self));
        SWITCHES.set(SWITCHES.get() + 1);
        self.set_phase(Phase::Running);
        state::set_current(self.number, self.depth.get());
        let fiber = self.fiber.get().expect("a retired coroutine is started before it is resumed");
        let ended = fiber.resume();
        self.depth.set(state::depth());
        CURRENT.set(previous);
        if let Some(stack) = ended {
            self.fiber.set(None);
            // SAFETY: invariant 11 (leaked by `start`, and no longer referred to).
            drop(unsafe { Box::from_raw(std::ptr::from_ref(fiber).cast_mut()) });
            crate::coroutine::trim(&stack);
            self.phase.set(Phase::Retired);
            RETIRED.with_borrow_mut(|retired| retired.push((self, stack)));
        }
    }

    /// Notes what it does from now on.
    pub(super) fn set_phase(&self, phase: Phase) {
        let count = |phase, change: isize| {
            if let Phase::Waiting(kind) = phase {
                WAITING.with(|counts| {
                    let count = &counts[kind as usize];
                    count.set(count.get().wrapping_add_signed(change));
                });
            }
        };
        count(self.phase.replace(phase), -1);
        count(phase, 1);
    }

    /// Queues it for its turn, if it waits.
    pub(super) fn make_ready(&'static self) {
        if let Phase::Waiting(_) = self.phase.get() {
            self.queue();
        }
    }

    /// Queues it for its turn.
    pub(super) fn queue(&'static self) {
        self.set_phase(Phase::Ready);
        READY.with_borrow_mut(|ready| ready.push_back(self));
    }
}

/// Takes the coroutine whose turn it is.
pub(super) fn next_ready() -> Option<&'static Coroutine> {
    READY.with_borrow_mut(VecDeque::pop_front)
}

/// Number of coroutines that wait for something of this kind.
pub(super) fn waiting(kind: Kind) -> usize {
    WAITING.with(|counts| counts[kind as usize].get())
}

/// Number of coroutines that are suspended in the middle of something.
pub(super) fn parked() -> usize {
    WAITING.with(|counts| counts.iter().map(Cell::get).sum::<usize>()) + ready_count()
}

/// Number of coroutines that wait for their turn.
pub(super) fn ready_count() -> usize {
    READY.with_borrow(VecDeque::len)
}

fn find(number: u32) -> Option<&'static Coroutine> {
    ALL.with_borrow(|all| all.get(number as usize).copied())
}

/// Wakes the coroutine `number`, if it waits. It may find that what it waits for is not there yet: waits are loops.
pub(crate) fn wake(number: u32) {
    if let Some(coroutine) = find(number) {
        coroutine.make_ready();
    }
}

/// Takes a cancellation back that the current coroutine's job did not live to see.
pub(crate) fn forget_cancellation() {
    running().cancelled.set(false);
}

/// Makes the current or next wait of the coroutine `number` fail, once.
pub(crate) fn cancel(number: u32) {
    let Some(coroutine) = find(number) else { return };
    coroutine.cancelled.set(true);
    if coroutine.shields.get() == 0 {
        coroutine.make_ready();
    }
}

/// Enters (`true`) or leaves a stretch of the current coroutine in which it is not cancelled.
pub(crate) fn shield(enter: bool) {
    let shields = &running().shields;
    shields.set(if enter { shields.get() + 1 } else { shields.get().saturating_sub(1) });
}

/// A cancellation that the current coroutine has not been told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owed {
    Nothing,
    /// It was due, and is now taken.
    Taken,
    /// It waits for the end of a shield; taken only when that was asked for.
    Shielded,
}

/// Takes the cancellation of the current coroutine, so that no wait throws it; a shielded one only with `shielded`.
pub(crate) fn take_cancellation(shielded: bool) -> Owed {
    let coroutine = running();
    if !coroutine.cancelled.get() {
        return Owed::Nothing;
    }
    let due = coroutine.shields.get() == 0;
    if due || shielded {
        coroutine.cancelled.set(false);
    }
    if due { Owed::Taken } else { Owed::Shielded }
}
