//! The local executor: tasks that belong to no coroutine (accept loops, HTTP connections, pumps). They run on the
//! scheduler's own stack, inside [`super::turn`].

use super::wake;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::Context;

/// A turn polls each ready task at most about this many times before it looks at the operating system again.
const ROUNDS: usize = 8;
const GENERATION_MASK: u32 = (1 << wake::TASK_BITS) - 1;

type Boxed = Pin<Box<dyn Future<Output = ()>>>;

struct Slot {
    generation: u32,
    queued: bool,
    /// Absent while the task is being polled.
    future: Option<Boxed>,
}

#[derive(Default)]
struct Tasks {
    slots: slab::Slab<Slot>,
    ready: VecDeque<(u32, u32)>,
    generation: u32,
}

thread_local! {
    static TASKS: RefCell<Tasks> = RefCell::default();
}

/// A task, for [`abort`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TaskId {
    index: u32,
    generation: u32,
}

/// Runs `future` on the executor. It is first polled in this turn or the next, never inside this call. It does not keep
/// the process alive; see [`super::hold`].
pub(crate) fn spawn(future: impl Future<Output = ()> + 'static) -> TaskId {
    let future: Boxed = Box::pin(future);
    TASKS.with_borrow_mut(|tasks| {
        tasks.generation = (tasks.generation + 1) & GENERATION_MASK;
        let generation = tasks.generation;
        let index = tasks.slots.insert(Slot { generation, queued: true, future: Some(future) });
        assert!(index < 1 << wake::TASK_BITS, "too many tasks");
        tasks.ready.push_back((index as u32, generation));
        TaskId { index: index as u32, generation }
    })
}

/// Drops the task's future, unless it is done. A task may abort itself: it ends at its next suspension.
pub(crate) fn abort(task: TaskId) {
    let removed = TASKS.with_borrow_mut(|tasks| {
        let slot = tasks.slots.get(task.index as usize)?;
        (slot.generation == task.generation).then(|| tasks.slots.remove(task.index as usize))
    });
    drop(removed); // outside the borrow: dropping a future may wake, spawn and abort
}

/// Queues the task, if it is still there. Called by wakers.
pub(super) fn make_ready(index: u32, generation: u32) {
    // Fails only while the thread ends.
    let _ = TASKS.try_with(|tasks| {
        let tasks = &mut *tasks.borrow_mut();
        if let Some(slot) = tasks.slots.get_mut(index as usize)
            && slot.generation == generation
            && !std::mem::replace(&mut slot.queued, true)
        {
            tasks.ready.push_back((index, generation));
        }
    });
}

pub(super) fn has_ready() -> bool {
    TASKS.with_borrow(|tasks| !tasks.ready.is_empty())
}

/// Polls ready tasks, and those that they make ready, until none is or the bound is reached. Whether there was any.
pub(super) fn run_ready() -> bool {
    for round in 0..ROUNDS {
        let count = TASKS.with_borrow(|tasks| tasks.ready.len());
        if count == 0 {
            return round > 0;
        }
        (0..count).for_each(|_| poll_next());
    }
    true
}

fn poll_next() {
    let taken = TASKS.with_borrow_mut(|tasks| {
        let (index, generation) = tasks.ready.pop_front()?;
        let slot = tasks.slots.get_mut(index as usize).filter(|slot| slot.generation == generation)?;
        slot.queued = false;
        Some((index, generation, slot.future.take()?))
    });
    let Some((index, generation, mut future)) = taken else {
        return;
    };
    let waker = wake::task_waker(index, generation);
    let done = future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready();
    let finished = TASKS.with_borrow_mut(|tasks| {
        match tasks.slots.get_mut(index as usize).filter(|slot| slot.generation == generation) {
            Some(slot) if !done => {
                slot.future = Some(future);
                None
            }
            Some(_) => {
                tasks.slots.remove(index as usize);
                Some(future)
            }
            None => Some(future), // aborted itself
        }
    });
    drop(finished); // outside the borrow
}

#[cfg(test)]
mod tests {
    use super::super::{block_on, turn};
    use super::*;
    use std::cell::Cell;
    use std::rc::Rc;
    use std::time::Duration;

    async fn yield_now() {
        let mut yielded = false;
        std::future::poll_fn(move |cx| {
            if std::mem::replace(&mut yielded, true) {
                return std::task::Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            std::task::Poll::Pending
        })
        .await;
    }

    #[test]
    fn tasks_run_in_order_and_are_dropped_when_done() {
        let log = Rc::new(RefCell::new(Vec::new()));
        for name in ["a", "b"] {
            let log = log.clone();
            spawn(async move {
                log.borrow_mut().push(format!("{name}1"));
                yield_now().await;
                log.borrow_mut().push(format!("{name}2"));
            });
        }
        assert!(log.borrow().is_empty());
        turn(Some(Duration::ZERO));
        assert_eq!(*log.borrow(), ["a1", "b1", "a2", "b2"]);
        assert_eq!(Rc::strong_count(&log), 1);
    }

    #[test]
    fn a_task_that_never_rests_does_not_stop_the_loop() {
        let count = Rc::new(Cell::new(0));
        let counter = count.clone();
        let task = spawn(async move {
            loop {
                counter.set(counter.get() + 1);
                yield_now().await;
            }
        });
        block_on(super::super::sleep(Duration::from_millis(5)));
        assert!(count.get() > 0);
        abort(task);
        assert_eq!(Rc::strong_count(&count), 1);
    }

    #[test]
    fn a_task_can_abort_itself_and_others() {
        let alive = Rc::new(());
        let id = Rc::new(Cell::new(None));
        let (guard, own) = (alive.clone(), id.clone());
        id.set(Some(spawn(async move {
            let _guard = guard;
            abort(own.get().unwrap());
            std::future::pending::<()>().await;
        })));
        turn(Some(Duration::ZERO));
        assert_eq!(Rc::strong_count(&alive), 1);
    }
}
