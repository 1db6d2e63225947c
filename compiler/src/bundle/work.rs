//! Work on all cores, with results in the order of the items: what comes out does not depend on the threads.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Stack of a thread: enough that ordinary files need no larger one (see `syntax::guard`).
pub(super) const STACK_BYTES: usize = 64 << 20;

/// How many threads to use.
pub(super) fn threads(wished: Option<usize>) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    wished.unwrap_or_else(cores).clamp(1, 256)
}

/// Runs `work` on each thread until all return.
pub(super) fn on_threads(threads: usize, work: impl Fn() + Sync) {
    std::thread::scope(|scope| {
        let spawn = || std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, &work);
        // Without a single thread to be had, the work is done here.
        let started: Vec<_> = (0..threads).filter_map(|_| spawn().ok()).collect();
        if started.is_empty() {
            work();
        }
    });
}

/// Calls `work` with each item; results in the order of the items.
pub(super) fn map<T: Send, R: Send>(threads: usize, items: Vec<T>, work: impl Fn(usize, T) -> R + Sync) -> Vec<R> {
    let count = items.len();
    let items: Vec<Mutex<Option<T>>> = items.into_iter().map(|item| Mutex::new(Some(item))).collect();
    let results: Vec<Mutex<Option<R>>> = (0..count).map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    on_threads(threads.min(count.max(1)), || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return };
            let item = item.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(item) = item {
                let result = work(index, item);
                *results[index].lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
            }
        }
    });
    results.into_iter().filter_map(|it| it.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}
