//! The loop: it reads top to bottom.

use super::coroutines::{self, Coroutine, Phase};
use super::jobs;
use super::wait::Kind;
use crate::{engine, io, reactor, supervised};
use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

/// Rounds of ready coroutines between two looks at the operating system, while there is work without it.
const ROUNDS_PER_POLL: u32 = 32;
/// Workers that are given work before coroutines that are ready get their turn.
const WORKERS_PER_ROUND: u32 = 4096;
/// Turns a coroutine that yields to nobody gets before the loop looks at the operating system.
const LONELY_YIELDS_PER_POLL: u32 = 64;

/// How long a coroutine may go on with ops that are ready at once, before others get a turn.
const TURN_MAX: Duration = Duration::from_millis(2);
/// Ready ops between two looks at the clock.
const OPS_PER_LOOK: u32 = 8;

thread_local! {
    static OPS: Cell<u32> = const { Cell::new(0) };
    static POLL_SOON: Cell<bool> = const { Cell::new(false) };
    static LONELY_YIELDS: Cell<u32> = const { Cell::new(0) };
    static DESCRIPTIONS: RefCell<Vec<(u32, String)>> = const { RefCell::new(Vec::new()) };
    /// Kept for its capacity.
    static WOKEN: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    static DUMP_WANTED: Cell<bool> = const { Cell::new(false) };
}

/// Why the loop ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Nothing is left to do.
    Done,
    /// Coroutines wait, and nothing can wake one.
    Deadlock,
    /// Somebody asked for the stacks of all coroutines; the program goes on afterwards.
    DumpWanted,
}

/// Runs coroutines until nothing is left that could run one.
pub(crate) fn run() -> End {
    let mut rounds = 0;
    loop {
        work();
        for _ in 0..coroutines::ready_count() {
            let Some(coroutine) = coroutines::next_ready() else { break };
            coroutine.resume();
            work(); // what it left to the microtask queue runs before anybody else
        }
        if DUMP_WANTED.replace(false) {
            return End::DumpWanted;
        }
        rounds += 1;
        let busy = coroutines::ready_count() > 0 || jobs::any();
        if busy && rounds < ROUNDS_PER_POLL && !POLL_SOON.replace(false) {
            continue;
        }
        rounds = 0;
        supervised::tell_news();
        if busy {
            reactor::turn(Some(Duration::ZERO));
        } else if let Some(end) = idle() {
            return end;
        }
        wake_all();
    }
}

/// Starts what is new: each job that blocks leaves the rest to another worker. Bounded, so that coroutines that are
/// ready get their turn.
fn work() {
    for _ in 0..WORKERS_PER_ROUND {
        if !jobs::any() {
            return;
        }
        // Out of coroutines: those that wait have to end first. Jobs keep their place in the queue.
        let Some(worker) = coroutines::idle() else { return };
        worker.resume();
        if jobs::turn_is_used_up() {
            return;
        }
    }
}

/// Nothing can run: sleep until something can, or find that nothing ever will.
fn idle() -> Option<End> {
    coroutines::retire_idle();
    if jobs::any() {
        return None; // retiring coroutines run no jobs, but V8 may have posted some
    }
    let outside = reactor::outstanding() > 0 || coroutines::waiting(Kind::Outside) > 0;
    if !outside && !engine::has_background_work() {
        if coroutines::waiting(Kind::Inside) == 0 {
            return Some(End::Done);
        }
        // A program that waits for a signal waits for something.
        if !io::signal::is_listening() {
            return Some(End::Deadlock);
        }
    }
    let until_task = engine::next_due().map(|due| due.saturating_duration_since(Instant::now()));
    reactor::turn(until_task);
    None
}

fn wake_all() {
    let mut woken = WOKEN.take();
    reactor::take_woken(&mut woken);
    woken.drain(..).for_each(coroutines::wake);
    WOKEN.set(woken);
}

/// Makes [`run`] return for a dump of all stacks, when the coroutine that runs now waits.
pub(crate) fn want_dump() {
    DUMP_WANTED.set(true);
}

/// Counts an op that was ready at once. Whether the loop has not looked at the operating system for so long that the
/// coroutine should let it: a fast file or pipe would otherwise stop timers and everybody else.
pub(super) fn is_overdue() -> bool {
    OPS.set(OPS.get().wrapping_add(1));
    if !OPS.get().is_multiple_of(OPS_PER_LOOK) || reactor::now().elapsed() < TURN_MAX {
        return false;
    }
    POLL_SOON.set(true);
    true
}

/// Whether nobody else could run now. Every so often it says no, so that the loop looks at the operating system.
pub(super) fn is_alone() -> bool {
    if coroutines::ready_count() > 0 || jobs::any() {
        return false;
    }
    LONELY_YIELDS.set(LONELY_YIELDS.get() + 1);
    if LONELY_YIELDS.get() < LONELY_YIELDS_PER_POLL {
        return true;
    }
    LONELY_YIELDS.set(0);
    false
}

/// Takes down what a coroutine said of itself.
pub(super) fn describe(coroutine: &Coroutine, stack: String) {
    DESCRIPTIONS.with_borrow_mut(|all| all.push((coroutine.number, stack)));
}

/// The stack of every coroutine that waits, for a person. Called on the scheduler's stack: each coroutine is resumed to
/// describe itself, and waits on.
pub(crate) fn report_stacks() -> Vec<(u32, Kind, String)> {
    let mut kinds = Vec::new();
    for coroutine in coroutines::all() {
        let phase = coroutine.phase.get();
        let kind = match phase {
            Phase::Waiting(kind) => kind,
            Phase::Ready => Kind::Turn,
            _ => continue,
        };
        coroutine.describing.set(true);
        coroutine.resume();
        coroutine.set_phase(phase);
        kinds.push(kind);
    }
    let described = DESCRIPTIONS.take();
    described.into_iter().zip(kinds).map(|((number, stack), kind)| (number, kind, stack)).collect()
}
