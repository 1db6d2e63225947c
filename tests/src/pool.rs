//! Works through a list on a few threads.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The results, in the order of the items.
pub fn map<T: Sync, R: Send>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    let result = work(item);
                    results.lock().expect("nothing panics while it holds this").push((index, result));
                }
            });
        }
    });
    let mut results = results.into_inner().expect("nothing panics while it holds this");
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// One more than there are cores, within reason: processes wait for each other and for the disk.
pub fn threads() -> usize {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    (cores + 1).clamp(2, 16)
}
