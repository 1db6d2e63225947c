//! The thread pool, for what has no non-blocking form: files, `getaddrinfo`, heavy native work. Threads are made on
//! demand and end when they have been idle for a while. When every thread is stuck (a resolver that does not answer, a
//! file server that is gone) and nothing moves, it grows further, so that other jobs do not wait for them.

use std::any::Any;
use std::cell::Cell;
use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// Made as soon as there is a job for them.
const THREADS_EAGER: usize = 16;
/// Made one by one while nothing moves.
const THREADS_MAX: usize = 256;
/// For how long no job is begun before the threads count as stuck.
const STUCK: Duration = Duration::from_millis(20);
const IDLE: Duration = Duration::from_secs(5);

type Job = Box<dyn FnOnce() + Send>;

struct Queue {
    jobs: VecDeque<Job>,
    threads: usize,
    idle: usize,
    /// When a job was last begun, or first had to wait.
    moved: Option<Instant>,
}

static QUEUE: Mutex<Queue> = Mutex::new(Queue { jobs: VecDeque::new(), threads: 0, idle: 0, moved: None });
static WORK: Condvar = Condvar::new();

thread_local! {
    static IN_FLIGHT: Cell<usize> = const { Cell::new(0) };
}

/// Jobs of this thread whose futures still wait.
pub(super) fn in_flight() -> usize {
    IN_FLIGHT.get()
}

/// Runs `job` on a thread of the pool. If it panics the future ends with an error that says so. Dropping the future
/// forgets the result; a job that has not begun is then skipped.
pub(crate) fn run<T, E>(job: impl FnOnce() -> Result<T, E> + Send + 'static) -> Running<T, E>
where
    T: Send + 'static,
    E: From<io::Error> + Send + 'static,
{
    let shared = Arc::new(Mutex::new(Slot::Waiting(None)));
    let slot = shared.clone();
    let boxed: Job = Box::new(move || {
        if matches!(*lock(&slot), Slot::Forgotten) {
            return;
        }
        let result = catch_unwind(AssertUnwindSafe(job)).unwrap_or_else(|panic| Err(panicked(&*panic).into()));
        let waker = {
            let mut slot = lock(&slot);
            match &mut *slot {
                Slot::Waiting(waker) => {
                    let waker = waker.take();
                    *slot = Slot::Done(result);
                    waker
                }
                _ => None,
            }
        };
        waker.into_iter().for_each(Waker::wake);
    });
    IN_FLIGHT.set(IN_FLIGHT.get() + 1);
    let refused = submit(boxed).err();
    if let Some(error) = refused {
        *lock(&shared) = Slot::Done(Err(error.into()));
    }
    Running { shared, thread: std::marker::PhantomData }
}

enum Slot<T> {
    Waiting(Option<Waker>),
    Done(T),
    Forgotten,
}

/// The future of a job.
#[must_use = "futures do nothing unless polled; a job that was not begun is skipped when its future is dropped"]
pub(crate) struct Running<T, E> {
    shared: Arc<Mutex<Slot<Result<T, E>>>>,
    /// It is counted on the thread that made it, so it stays there.
    thread: std::marker::PhantomData<*const ()>,
}

impl<T, E> Future for Running<T, E> {
    type Output = Result<T, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<T, E>> {
        let mut slot = lock(&self.shared);
        match &mut *slot {
            Slot::Waiting(waker) => {
                *waker = Some(cx.waker().clone());
                Poll::Pending
            }
            _ => match std::mem::replace(&mut *slot, Slot::Forgotten) {
                Slot::Done(result) => Poll::Ready(result),
                _ => panic!("a job's future was polled after it ended"),
            },
        }
    }
}

impl<T, E> Drop for Running<T, E> {
    fn drop(&mut self) {
        let forgotten = std::mem::replace(&mut *lock(&self.shared), Slot::Forgotten);
        drop(forgotten);
        IN_FLIGHT.set(IN_FLIGHT.get() - 1);
    }
}

/// Nothing panics while one of these locks is held; a poisoned one is as good as any.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn panicked(panic: &(dyn Any + Send)) -> io::Error {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("unknown");
    io::Error::other(format!("a job in the thread pool panicked: {text}"))
}

/// Queues a job and makes a thread for it if none is idle. Fails when the system refuses the first thread.
fn submit(job: Job) -> io::Result<()> {
    let mut queue = lock(&QUEUE);
    if queue.jobs.is_empty() {
        queue.moved = Some(Instant::now());
    }
    queue.jobs.push_back(job);
    if queue.idle >= queue.jobs.len() || queue.threads >= THREADS_EAGER {
        WORK.notify_one();
        return Ok(());
    }
    let started = add_thread(&mut queue);
    if started.is_err() && queue.threads == 0 {
        queue.jobs.pop_back();
        return started;
    }
    Ok(()) // without a thread of its own, the others will come to it
}

fn add_thread(queue: &mut Queue) -> io::Result<()> {
    std::thread::Builder::new().name("corona-pool".into()).spawn(work)?;
    queue.threads += 1;
    Ok(())
}

/// Adds a thread when all are stuck. While jobs wait, gives the time after which it wants to be asked again.
pub(super) fn relieve() -> Option<Duration> {
    if IN_FLIGHT.get() <= THREADS_EAGER {
        return None;
    }
    let mut queue = lock(&QUEUE);
    if queue.jobs.is_empty() || queue.threads >= THREADS_MAX {
        return None;
    }
    if queue.moved.is_some_and(|moved| moved.elapsed() >= STUCK) {
        add_thread(&mut queue).ok()?;
    }
    Some(STUCK)
}

/// A thread's life.
fn work() {
    let mut queue = lock(&QUEUE);
    loop {
        if let Some(job) = queue.jobs.pop_front() {
            queue.moved = Some(Instant::now());
            drop(queue);
            job();
            queue = lock(&QUEUE);
            continue;
        }
        queue.idle += 1;
        let (woken, timeout) = WORK.wait_timeout(queue, IDLE).unwrap_or_else(PoisonError::into_inner);
        queue = woken;
        queue.idle -= 1;
        if timeout.timed_out() && queue.jobs.is_empty() {
            queue.threads -= 1;
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{block_on, outstanding};
    use super::*;

    #[test]
    fn a_job_gives_its_result_and_is_counted_while_it_runs() {
        let job = run(|| {
            std::thread::sleep(Duration::from_millis(5));
            Ok::<_, io::Error>(7)
        });
        assert_eq!(outstanding(), 1);
        assert_eq!(block_on(job).unwrap(), 7);
        assert_eq!(outstanding(), 0);
    }

    #[test]
    fn a_panic_becomes_an_error_and_harms_nobody() {
        for _ in 0..THREADS_EAGER * 2 {
            let error = block_on(run(|| -> io::Result<()> { panic!("boom {}", 1) })).unwrap_err();
            assert!(error.to_string().ends_with("panicked: boom 1"), "{error}");
        }
        block_on(run(|| Ok::<_, io::Error>(()))).unwrap();
    }

    #[test]
    fn many_jobs_all_finish_and_dropped_ones_are_forgotten() {
        let jobs: Vec<_> = (0..200).map(|i| run(move || Ok::<_, io::Error>(i))).collect();
        let mut sum = 0;
        for (index, job) in jobs.into_iter().enumerate() {
            if index % 2 == 0 {
                sum += block_on(job).unwrap();
            }
        }
        assert_eq!(sum, (0..200).step_by(2).sum::<i32>());
        assert_eq!(outstanding(), 0);
    }

    #[test]
    fn stuck_threads_do_not_hold_up_other_jobs() {
        let (release, stuck) = std::sync::mpsc::channel::<()>();
        let stuck = Arc::new(Mutex::new(stuck));
        let jobs: Vec<_> = (0..THREADS_EAGER * 2)
            .map(|_| {
                let stuck = stuck.clone();
                run(move || {
                    let _ = lock(&stuck).recv();
                    Ok::<_, io::Error>(())
                })
            })
            .collect();
        assert_eq!(block_on(run(|| Ok::<_, io::Error>(7))).unwrap(), 7);
        drop(release);
        jobs.into_iter().for_each(|job| block_on(job).unwrap());
    }
}
