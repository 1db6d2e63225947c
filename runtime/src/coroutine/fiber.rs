//! One coroutine as the machine sees it: a stack and where it stands on it.
//!
//! ```text
//!   scheduler's stack          a fiber's stack
//!   ─────────────────          ───────────────
//!   resume() ───────────────▶  entry()
//!        ▲                       │
//!        └──────── suspend() ◀───┤   (JavaScript and native frames stay where they are)
//!   resume() ───────────────▶    │
//!        ▲                       ▼
//!        └──────── returns ◀── end
//! ```

use super::Stack;
use corosensei::{Coroutine, CoroutineResult, Yielder};
use std::cell::Cell;
use std::ptr;

thread_local! {
    /// The yielder of the fiber that runs now; null on the scheduler's stack.
    static YIELDER: Cell<*const Yielder<(), ()>> = const { Cell::new(ptr::null()) };
}

/// A fiber: not started, suspended, or running.
pub(crate) struct Fiber {
    /// Empty while it runs.
    body: Cell<Option<Coroutine<(), (), (), Stack>>>,
}

impl Fiber {
    /// A fiber that will run `entry` on `stack` when first resumed.
    pub(crate) fn new(stack: Stack, entry: impl FnOnce() + 'static) -> Fiber {
        let body = Coroutine::with_stack(stack, move |yielder: &Yielder<(), ()>, ()| {
            YIELDER.set(yielder);
            entry();
        });
        Fiber { body: Cell::new(Some(body)) }
    }

    /// Runs the fiber until it suspends (`None`) or ends: then its stack comes back.
    pub(crate) fn resume(&self) -> Option<Stack> {
        debug_assert!(YIELDER.get().is_null(), "fibers are resumed from the scheduler's stack alone");
        let mut body = self.body.take().expect("a running fiber is not resumed");
        let result = body.resume(());
        YIELDER.set(ptr::null());
        match result {
            CoroutineResult::Yield(()) => {
                self.body.set(Some(body));
                None
            }
            CoroutineResult::Return(()) => Some(body.into_stack()),
        }
    }
}

/// Gives the processor back to whoever resumed this fiber, until it is resumed again.
pub(crate) fn suspend() {
    let yielder = YIELDER.get();
    assert!(!yielder.is_null(), "only a coroutine suspends");
    // SAFETY: invariant 11 (`YIELDER` points to the yielder of the running fiber, which lives on its stack until the
    // fiber ends).
    unsafe { (*yielder).suspend(()) };
    YIELDER.set(yielder);
}

/// Runs `f` on the stack of whoever resumed this fiber: for heavy native work. `f` must not suspend.
pub(crate) fn on_parent_stack<R>(f: impl FnOnce() -> R) -> R {
    let yielder = YIELDER.replace(ptr::null());
    if yielder.is_null() {
        return f();
    }
    let f = SameThread(f);
    // SAFETY: invariant 11, as in `suspend`; `f` cannot suspend, since `YIELDER` is null while it runs.
    let result = unsafe {
        (*yielder).on_parent_stack(move || {
            let f = f;
            (f.0)()
        })
    };
    YIELDER.set(yielder);
    result
}

/// corosensei asks for `Send`, since a parent's stack may belong to another thread; here it never does.
struct SameThread<F>(F);

// SAFETY: invariant 11 (fibers are resumed by the thread that made them, so the closure stays on its thread).
unsafe impl<F> Send for SameThread<F> {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn a_fiber_runs_in_steps_and_gives_its_stack_back() {
        let steps = Rc::new(Cell::new(0));
        let seen = Rc::clone(&steps);
        let fiber = Fiber::new(Stack::new().unwrap(), move || {
            seen.set(1);
            suspend();
            seen.set(on_parent_stack(|| 2));
        });
        assert!(fiber.resume().is_none());
        assert_eq!(steps.get(), 1);
        assert!(fiber.resume().is_some());
        assert_eq!(steps.get(), 2);
    }
}
