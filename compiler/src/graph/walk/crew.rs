//! Threads that load files until none is left. One file keeps one thread busy, so a program of one file starts none.

use super::{File, Reach, Stage, Walker};
use crate::resolve::Found;
use std::collections::{HashMap, HashSet, VecDeque};
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Scope};

/// So large that hardly any file needs a stack of its own; only what is used costs memory.
const STACK_BYTES: usize = 64 << 20;

type Files<U> = HashMap<Arc<str>, Arc<File<U>>>;

/// URLs of the entries, in order, and every file that can be reached from them.
pub(super) fn explore<S: Stage>(walker: &Walker<'_, S>, entries: &[PathBuf]) -> (Vec<Arc<str>>, Files<S::Unit>) {
    let threads = walker.means.threads.or_else(|| thread::available_parallelism().ok().map(NonZero::get)).unwrap_or(1);
    let board = Board { state: Mutex::new(State::new(entries, threads)), news: Condvar::new() };
    thread::scope(|scope| stacker::grow(STACK_BYTES, || work(scope, walker, &board)));
    let state = board.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    (state.roots.into_iter().flatten().collect(), state.done)
}

/// Where the members of the crew find work and leave results.
struct Board<U> {
    state: Mutex<State<U>>,
    news: Condvar,
}

struct State<U> {
    todo: VecDeque<Job>,
    seen: HashSet<Arc<str>>,
    done: Files<U>,
    roots: Vec<Option<Arc<str>>>,
    /// Jobs that somebody works on.
    busy: usize,
    /// Threads that may still be started.
    spare: usize,
    failed: bool,
}

enum Job {
    Entry(usize, PathBuf),
    File(Arc<str>, Found),
}

impl<U> State<U> {
    fn new(entries: &[PathBuf], threads: usize) -> State<U> {
        State {
            todo: entries.iter().cloned().enumerate().map(|(index, path)| Job::Entry(index, path)).collect(),
            seen: HashSet::new(),
            done: HashMap::new(),
            roots: vec![None; entries.len()],
            busy: 0,
            spare: threads.saturating_sub(1),
            failed: false,
        }
    }

    /// Asks for a file, once.
    fn ask(&mut self, url: &Arc<str>, found: &Found) {
        if self.seen.insert(Arc::clone(url)) {
            self.todo.push_back(Job::File(Arc::clone(url), found.clone()));
        }
    }
}

impl<U> Board<U> {
    fn lock(&self) -> MutexGuard<'_, State<U>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next job; none when all is done. Waits while others may still find some.
    fn take(&self) -> Option<Job> {
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
            state = self.news.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Ends a job also when it panics: the others must not wait for ever.
struct Ending<'a, U>(&'a Board<U>);

impl<U> Drop for Ending<'_, U> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.busy -= 1;
        state.failed |= thread::panicking();
        self.0.news.notify_all();
    }
}

fn work<'scope, S: Stage>(
    scope: &'scope Scope<'scope, '_>,
    walker: &'scope Walker<'_, S>,
    board: &'scope Board<S::Unit>,
) {
    while let Some(job) = board.take() {
        let _ending = Ending(board);
        let (url, found) = match job {
            Job::File(url, found) => (url, found),
            Job::Entry(index, path) => {
                let found = walker.entry(&path);
                let url: Arc<str> = found.url().into();
                let mut state = board.lock();
                state.roots[index] = Some(Arc::clone(&url));
                if !state.seen.insert(Arc::clone(&url)) {
                    continue;
                }
                drop(state);
                hire(scope, walker, board);
                (url, found)
            }
        };
        let file = walker.load(&url, &found);
        let mut state = board.lock();
        for reach in &file.targets {
            if let Reach::File(url, found) = reach {
                state.ask(url, found);
            }
        }
        state.done.insert(url, file);
        drop(state);
        hire(scope, walker, board);
    }
}

/// Starts another thread if there is something for it to do.
fn hire<'scope, S: Stage>(
    scope: &'scope Scope<'scope, '_>,
    walker: &'scope Walker<'_, S>,
    board: &'scope Board<S::Unit>,
) {
    let mut state = board.lock();
    if state.spare == 0 || state.todo.is_empty() {
        return;
    }
    state.spare -= 1;
    drop(state);
    let thread = thread::Builder::new().name("compiler".to_owned()).stack_size(STACK_BYTES);
    // Without it the work takes longer.
    let _ = thread.spawn_scoped(scope, move || work(scope, walker, board));
}
