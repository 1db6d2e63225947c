//! V8's platform: worker threads are V8's own; what it wants done on the JavaScript thread is queued here, and run by a
//! worker coroutine, which holds an identity (invariant 9).

use std::cell::RefCell;
use std::collections::{BinaryHeap, VecDeque};
use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// V8's threads for concurrent marking, compilation and scavenging.
const WORKER_THREADS: u32 = 2;

#[derive(Default)]
struct Posted {
    now: VecDeque<v8::Task>,
    later: BinaryHeap<Delayed>,
}

struct Delayed {
    due: Instant,
    task: v8::Task,
}

impl PartialEq for Delayed {
    fn eq(&self, other: &Delayed) -> bool {
        self.due == other.due
    }
}
impl Eq for Delayed {}
impl PartialOrd for Delayed {
    fn partial_cmp(&self, other: &Delayed) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Delayed {
    /// The earliest is the greatest: `BinaryHeap` takes the greatest first.
    fn cmp(&self, other: &Delayed) -> std::cmp::Ordering {
        other.due.cmp(&self.due)
    }
}

/// Shared with V8's threads.
static POSTED: Mutex<Option<Posted>> = Mutex::new(None);
/// Whether anything was posted since the last look: spares the lock.
static ANY: AtomicBool = AtomicBool::new(false);
/// Wakes the JavaScript thread from its sleep in the reactor.
static WAKE: OnceLock<Box<dyn Fn() + Send + Sync>> = OnceLock::new();

thread_local! {
    /// Tasks taken over from the shared queue, so that the lock is not held while one runs.
    static TAKEN: RefCell<VecDeque<v8::Task>> = const { RefCell::new(VecDeque::new()) };
}

struct Foreground;

fn posted() -> MutexGuard<'static, Option<Posted>> {
    POSTED.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Foreground {
    fn add(&self, put: impl FnOnce(&mut Posted)) {
        put(posted().get_or_insert_default());
        ANY.store(true, Ordering::Release);
        if let Some(wake) = WAKE.get() {
            wake();
        }
    }

    fn add_later(&self, task: v8::Task, delay_seconds: f64) {
        let delay = Duration::try_from_secs_f64(delay_seconds).unwrap_or_default();
        self.add(|posted| posted.later.push(Delayed { due: Instant::now() + delay, task }));
    }
}

impl v8::PlatformImpl for Foreground {
    fn post_task(&self, _: *mut c_void, task: v8::Task) {
        self.add(|posted| posted.now.push_back(task));
    }

    fn post_non_nestable_task(&self, _: *mut c_void, task: v8::Task) {
        self.add(|posted| posted.now.push_back(task));
    }

    fn post_delayed_task(&self, _: *mut c_void, task: v8::Task, delay_seconds: f64) {
        self.add_later(task, delay_seconds);
    }

    fn post_non_nestable_delayed_task(&self, _: *mut c_void, task: v8::Task, delay_seconds: f64) {
        self.add_later(task, delay_seconds);
    }

    fn post_idle_task(&self, _: *mut c_void, task: v8::IdleTask) {
        drop(task); // V8 posts them only where the platform says it supports them, and ours does not
    }
}

/// The platform, for `V8::initialize_platform`.
pub(crate) fn new() -> v8::SharedRef<v8::Platform> {
    v8::new_custom_platform(WORKER_THREADS, false, false, Foreground).make_shared()
}

/// Sets what wakes the JavaScript thread when V8 posts a task from another thread.
pub(crate) fn on_post(wake: impl Fn() + Send + Sync + 'static) {
    let _ = WAKE.set(Box::new(wake));
}

/// Takes the next task that is due.
pub(crate) fn next_task() -> Option<v8::Task> {
    if let Some(task) = TAKEN.with_borrow_mut(VecDeque::pop_front) {
        return Some(task);
    }
    if !ANY.load(Ordering::Acquire) {
        return None;
    }
    let mut guard = posted();
    let posted = guard.as_mut()?;
    TAKEN.with_borrow_mut(|taken| {
        taken.append(&mut posted.now);
        let now = Instant::now();
        while posted.later.peek().is_some_and(|delayed| delayed.due <= now) {
            taken.extend(posted.later.pop().map(|delayed| delayed.task));
        }
        ANY.store(!posted.later.is_empty(), Ordering::Release);
        taken.pop_front()
    })
}

/// Whether a task is due, or may be.
pub(crate) fn has_task() -> bool {
    !TAKEN.with_borrow(VecDeque::is_empty)
        || ANY.load(Ordering::Acquire)
            && posted().as_ref().is_some_and(|posted| {
                !posted.now.is_empty() || posted.later.peek().is_some_and(|delayed| delayed.due <= Instant::now())
            })
}

/// When the next delayed task is due.
pub(crate) fn next_due() -> Option<Instant> {
    if !ANY.load(Ordering::Acquire) {
        return None;
    }
    posted().as_ref()?.later.peek().map(|delayed| delayed.due)
}
