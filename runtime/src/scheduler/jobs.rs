//! What a worker does with its turn: spawned tasks, native events, V8's foreground tasks, microtasks.

use super::state;
use crate::engine::{self, Scope};
use crate::events;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// Jobs a worker runs in one turn before coroutines that are ready get theirs.
const JOBS_PER_TURN: u32 = 64;

type Job = Box<dyn FnOnce(&mut Scope<'_, '_>)>;

thread_local! {
    static NATIVE: RefCell<VecDeque<Job>> = const { RefCell::new(VecDeque::new()) };
    static LEFT: Cell<u32> = const { Cell::new(0) };
}

/// Queues a native job: module loading, mostly. It runs in a coroutine and may block.
pub(crate) fn push(job: impl FnOnce(&mut Scope<'_, '_>) + 'static) {
    NATIVE.with_borrow_mut(|jobs| jobs.push_back(Box::new(job)));
}

/// Whether there is something for a worker to do.
pub(super) fn any() -> bool {
    state::jobs() > 0
        || !events::is_empty()
        || engine::microtasks() > 0
        || !NATIVE.with_borrow(VecDeque::is_empty)
        || engine::has_foreground_task()
}

/// Runs jobs until there are none or the turn is used up. Called by a worker under its identity.
pub(super) fn work() {
    engine::with_scope(|scope| {
        LEFT.set(JOBS_PER_TURN);
        loop {
            settle(scope);
            if LEFT.get() == 0 || !one(scope) {
                return;
            }
        }
    });
}

/// Runs one job, or as many spawned tasks as std takes before it asks `after_job`.
fn one(scope: &mut Scope<'_, '_>) -> bool {
    if let Some(job) = NATIVE.with_borrow_mut(VecDeque::pop_front) {
        spend();
        engine::nested(scope, job);
    } else if let Some(event) = events::next() {
        spend();
        engine::nested(scope, |scope| engine::dispatch(scope, event));
    } else if state::jobs() > 0 {
        engine::nested(scope, engine::run_spawned);
    } else {
        return false;
    }
    true
}

fn spend() {
    LEFT.set(LEFT.get().saturating_sub(1));
}

/// Called by std after each spawned task: runs what the task left to the microtask queue. Returns whether the worker
/// should give its turn to others.
pub(crate) fn after_job(scope: &mut Scope<'_, '_>) -> bool {
    settle(scope);
    spend();
    turn_is_used_up()
}

/// Whether the worker that ran last stopped for the others' sake.
pub(super) fn turn_is_used_up() -> bool {
    LEFT.get() == 0
}

/// Microtasks, and what V8 wants done on this thread.
fn settle(scope: &mut Scope<'_, '_>) {
    engine::run_foreground_tasks();
    while engine::microtasks() > 0 {
        engine::drain_microtasks(scope);
        engine::report_rejections(scope);
    }
}
