//! Work on all cores. What comes out does not depend on the threads: results have keys, or the order of the items.

use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;
use std::hash::Hash;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder, Scope};

/// Stack of a thread: so large that hardly any file needs one of its own (see `syntax::guard`); only what is used costs
/// memory.
const STACK_BYTES: usize = 64 << 20;

/// How many threads to use: all cores, if nothing is said.
pub(crate) fn threads(wished: Option<usize>) -> usize {
    let cores = || thread::available_parallelism().map_or(1, NonZero::get);
    wished.unwrap_or_else(cores).clamp(1, 256)
}

/// Does the jobs of `roots` and those that they lead to, each key once: `work` gives a job's result and the jobs that it
/// leads to. One job keeps one thread busy, so a single one starts none.
pub(crate) fn explore<K, J, R>(
    threads: usize,
    roots: Vec<(K, J)>,
    work: impl Fn(&K, J) -> (R, Vec<(K, J)>) + Sync,
) -> FxHashMap<K, R>
where
    K: Clone + Eq + Hash + Send,
    J: Send,
    R: Send,
{
    let mut state = State {
        todo: VecDeque::new(),
        seen: FxHashSet::default(),
        done: FxHashMap::default(),
        busy: 0,
        idle: 0,
        spare: threads.saturating_sub(1),
        failed: false,
    };
    state.ask(roots);
    let board = Board { state: Mutex::new(state), news: Condvar::new(), work };
    thread::scope(|scope| stacker::grow(STACK_BYTES, || board.take_part(scope)));
    board.state.into_inner().unwrap_or_else(PoisonError::into_inner).done
}

/// Where the members of the crew find work and leave results.
struct Board<K, J, R, W> {
    state: Mutex<State<K, J, R>>,
    news: Condvar,
    work: W,
}

struct State<K, J, R> {
    todo: VecDeque<(K, J)>,
    seen: FxHashSet<K>,
    done: FxHashMap<K, R>,
    /// Jobs that somebody works on.
    busy: usize,
    /// Members that wait for news.
    idle: usize,
    /// Threads that may still be started.
    spare: usize,
    failed: bool,
}

impl<K: Clone + Eq + Hash, J, R> State<K, J, R> {
    fn ask(&mut self, jobs: Vec<(K, J)>) {
        for (key, job) in jobs {
            if self.seen.insert(key.clone()) {
                self.todo.push_back((key, job));
            }
        }
    }
}

impl<K, J, R, W> Board<K, J, R, W>
where
    K: Clone + Eq + Hash + Send,
    J: Send,
    R: Send,
    W: Fn(&K, J) -> (R, Vec<(K, J)>) + Sync,
{
    /// What each member does.
    fn take_part<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>) {
        self.hire(scope);
        while let Some((key, job)) = self.take() {
            let ending = Ending(self);
            let (result, jobs) = (self.work)(&key, job);
            let mut state = self.lock();
            state.ask(jobs);
            state.done.insert(key, result);
            drop(state);
            drop(ending);
            self.hire(scope);
        }
    }

    /// The next job; none when all is done. Waits while others may still find some.
    fn take(&self) -> Option<(K, J)> {
        let mut state = self.lock();
        loop {
            if state.failed {
                return None;
            }
            if let Some(job) = state.todo.pop_front() {
                state.busy += 1;
                return Some(job);
            }
            if state.busy == 0 {
                self.news.notify_all();
                return None;
            }
            state.idle += 1;
            state = self.news.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
    }

    /// Starts another thread if there is more than this one will do next.
    fn hire<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>) {
        let mut state = self.lock();
        if state.spare == 0 || state.todo.len() < 2 {
            return;
        }
        state.spare -= 1;
        drop(state);
        // Without it the work takes longer.
        let _ = builder().spawn_scoped(scope, move || self.take_part(scope));
    }
}

impl<K, J, R, W> Board<K, J, R, W> {
    fn lock(&self) -> MutexGuard<'_, State<K, J, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends a job also when it panics: the others must not wait for ever, nor go on.
struct Ending<'a, K, J, R, W>(&'a Board<K, J, R, W>);

impl<K, J, R, W> Drop for Ending<'_, K, J, R, W> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.busy -= 1;
        state.failed |= thread::panicking();
        // To tell nobody is a system call all the same.
        if state.idle > 0 {
            self.0.news.notify_all();
        }
    }
}

/// Calls `work` with each item; results in the order of the items.
pub(crate) fn map<T: Send, R: Send>(threads: usize, items: Vec<T>, work: impl Fn(usize, T) -> R + Sync) -> Vec<R> {
    let count = items.len();
    let items: Vec<Mutex<Option<T>>> = items.into_iter().map(|item| Mutex::new(Some(item))).collect();
    let results: Vec<Mutex<Option<R>>> = (0..count).map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let take_part = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return };
            let item = item.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(item) = item {
                let result = work(index, item);
                *results[index].lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
            }
        }
    };
    thread::scope(|scope| {
        // One of them is this one; without the others the work takes longer.
        for _ in 1..threads.min(count) {
            let _ = builder().spawn_scoped(scope, take_part);
        }
        stacker::grow(STACK_BYTES, take_part);
    });
    results.into_iter().filter_map(|it| it.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

/// Frees what may be large, or deep, while others go on.
pub(crate) fn free<T: Send + 'static>(what: T) {
    // Without a thread it is freed here.
    let _ = builder().spawn(move || drop(what));
}

fn builder() -> Builder {
    Builder::new().name("compiler".to_owned()).stack_size(STACK_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_job_is_done_once_whatever_leads_to_it() {
        let calls = AtomicUsize::new(0);
        for threads in [1, 4] {
            calls.store(0, Ordering::Relaxed);
            // Each number leads to its double and to the one after it.
            let done = explore(threads, vec![(1_u32, ()), (1, ())], |number, ()| {
                calls.fetch_add(1, Ordering::Relaxed);
                let next = [number * 2, number + 1].into_iter().filter(|it| *it <= 500);
                (number * number, next.map(|it| (it, ())).collect())
            });
            assert_eq!((done.len(), calls.load(Ordering::Relaxed)), (500, 500));
            assert!(done.iter().all(|(number, square)| number * number == *square));
        }
    }

    #[test]
    fn a_job_that_panics_ends_the_others() {
        let done = std::panic::catch_unwind(|| {
            explore(4, vec![(0_u32, ())], |number, ()| {
                assert!(*number != 50, "a bug");
                ((), vec![(number + 1, ()), (number + 2, ())])
            })
        });
        assert!(done.is_err());
    }

    #[test]
    fn results_have_the_order_of_the_items() {
        assert_eq!(map(3, vec![5, 6, 7, 8], |index, item| index * 10 + item), [5, 16, 27, 38]);
        assert!(map(3, Vec::<u8>::new(), |_, item| item).is_empty());
    }
}
