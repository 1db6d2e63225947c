//! The words that scheduler and JavaScript share: one `Uint32Array` that std makes (`state` in `internal:core`), so
//! that neither side pays a call to look. Per-coroutine words are swapped when coroutines are.

use std::cell::Cell;
use std::ptr;

/// Depth of atomic blocks of the coroutine that runs now.
const DEPTH: usize = 0;
/// Number of the coroutine that runs now.
const CURRENT: usize = 1;
/// Number of spawned tasks that wait in std's queue.
const JOBS: usize = 2;
/// The most tasks that may be alive at once.
const TASKS_MAX: usize = 4;
/// Set while std itself rejects a Future: V8's report of an unhandled rejection is not wanted then.
const QUIET: usize = 5;

static NOWHERE: [u32; 32] = [0; 32];

thread_local! {
    static WORDS: Cell<*mut u32> = const { Cell::new(ptr::null_mut()) };
}

/// Connects to the array at `words`, of 32 elements.
pub(crate) fn attach(words: *mut u32, tasks_max: u32) {
    WORDS.set(words);
    write(TASKS_MAX, tasks_max);
}

fn read(index: usize) -> u32 {
    let words = WORDS.get();
    if words.is_null() {
        return NOWHERE[index];
    }
    // SAFETY: invariant 14 (the backing store of `state` in internal:core is never detached or freed; the index is one
    // of the constants above, below 32).
    unsafe { words.add(index).read_volatile() }
}

fn write(index: usize, value: u32) {
    let words = WORDS.get();
    if !words.is_null() {
        // SAFETY: invariant 14, as above.
        unsafe { words.add(index).write_volatile(value) };
    }
}

pub(super) fn depth() -> u32 {
    read(DEPTH)
}

pub(super) fn set_current(coroutine: u32, depth: u32) {
    write(CURRENT, coroutine);
    write(DEPTH, depth);
}

pub(super) fn jobs() -> u32 {
    read(JOBS)
}

/// Whether std is rejecting a promise whose failure it reports itself.
pub(crate) fn is_quiet() -> bool {
    read(QUIET) != 0
}
