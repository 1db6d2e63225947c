//! Wakers without allocation, lock or system call: everything a waker must know is packed in its data pointer. On the
//! home thread a wake is a push to a queue; from other threads it goes through an inbox that interrupts the poll.
//!
//! ```text
//!  63   62        48 47                    0
//! ┌────┬────────────┬───────────────────────┐
//! │kind│ home thread│ payload               │   kind 0: task, generation (24) and index (24)
//! └────┴────────────┴───────────────────────┘   kind 1: coroutine, the scheduler's token (32)
//! ```

use super::{executor, poll};
use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};
use std::task::{RawWaker, RawWakerVTable, Waker};

const _: () = assert!(usize::BITS == 64, "a waker's target is packed in a pointer");
const HOME_SHIFT: u32 = 48;
const HOME_MASK: usize = 0x7fff;
const COROUTINE: usize = 1 << 63;
const PAYLOAD_MASK: usize = (1 << HOME_SHIFT) - 1;

/// Bits of a task's index, and of its generation, in the payload.
pub(super) const TASK_BITS: u32 = 24;

/// What other threads leave for a home thread.
pub(super) struct Inbox {
    targets: Mutex<Vec<usize>>,
    /// Set when the poll was interrupted and has not looked yet: the next wake need not interrupt again.
    notified: AtomicBool,
    interrupt: poll::Interrupt,
}

/// Every inbox ever made; the index is the home's number. Never reused: a stale waker finds a dead inbox.
static INBOXES: RwLock<Vec<Weak<Inbox>>> = RwLock::new(Vec::new());

thread_local! {
    /// This thread's number plus one; zero until it has an inbox.
    static HOME: Cell<usize> = const { Cell::new(0) };
    static INBOX: Arc<Inbox> = register_home();
    static WOKEN: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

fn register_home() -> Arc<Inbox> {
    let inbox = Arc::new(Inbox {
        targets: Mutex::new(Vec::new()),
        notified: AtomicBool::new(false),
        interrupt: poll::Interrupt::new(),
    });
    let mut inboxes = INBOXES.write().unwrap_or_else(PoisonError::into_inner);
    inboxes.push(Arc::downgrade(&inbox));
    assert!(inboxes.len() <= HOME_MASK, "too many threads have run a reactor");
    HOME.set(inboxes.len());
    inbox
}

fn home() -> usize {
    if HOME.get() == 0 {
        INBOX.with(|_| ());
    }
    HOME.get()
}

/// The waker that puts `token` on the list of [`take_woken`]. Costs nothing to make, clone or drop. It may wake
/// spuriously, long after its operation ended.
pub(crate) fn coroutine_waker(token: u32) -> Waker {
    waker(COROUTINE | home() << HOME_SHIFT | token as usize)
}

pub(super) fn task_waker(index: u32, generation: u32) -> Waker {
    waker(home() << HOME_SHIFT | (generation as usize) << TASK_BITS | index as usize)
}

fn waker(data: usize) -> Waker {
    // SAFETY: invariant 20 (the vtable's functions take the data pointer as a number and never follow it, so they are
    // right on every thread and at every time).
    unsafe { Waker::from_raw(raw(data)) }
}

fn raw(data: usize) -> RawWaker {
    static VTABLE: RawWakerVTable =
        RawWakerVTable::new(|data| raw(data.addr()), |data| wake(data.addr()), |data| wake(data.addr()), |_| ());
    RawWaker::new(std::ptr::without_provenance(data), &VTABLE)
}

fn wake(data: usize) {
    if data >> HOME_SHIFT & HOME_MASK == HOME.get() { wake_here(data) } else { wake_there(data) }
}

fn wake_here(data: usize) {
    let payload = data & PAYLOAD_MASK;
    if data & COROUTINE == 0 {
        let mask = (1 << TASK_BITS) - 1;
        executor::make_ready((payload & mask) as u32, (payload >> TASK_BITS) as u32);
    } else {
        // Fails only while the thread ends.
        let _ = WOKEN.try_with(|woken| woken.borrow_mut().push(payload as u32));
    }
}

fn wake_there(data: usize) {
    let home = data >> HOME_SHIFT & HOME_MASK;
    let inboxes = INBOXES.read().unwrap_or_else(PoisonError::into_inner);
    let inbox = inboxes.get(home.wrapping_sub(1)).and_then(Weak::upgrade);
    drop(inboxes);
    if let Some(inbox) = inbox {
        inbox.targets.lock().unwrap_or_else(PoisonError::into_inner).push(data);
        inbox.notify();
    }
}

impl Inbox {
    fn notify(&self) {
        if !self.notified.swap(true, Ordering::AcqRel) {
            self.interrupt.interrupt();
        }
    }
}

/// Interrupts a thread's wait in [`super::turn`], from any thread.
#[derive(Clone)]
pub(crate) struct Remote(Arc<Inbox>);

impl Remote {
    /// Makes the current or the next wait return at once.
    pub(crate) fn wake(&self) {
        self.0.notify();
    }
}

/// What other threads need to interrupt this thread's wait.
pub(crate) fn waker_from_other_threads() -> Remote {
    Remote(INBOX.with(Arc::clone))
}

/// Moves the tokens of coroutines that were woken since the last call to the end of `into`. A token may stand there
/// twice, and may be stale.
pub(crate) fn take_woken(into: &mut Vec<u32>) {
    WOKEN.with_borrow_mut(|woken| into.append(woken));
}

pub(super) fn has_woken() -> bool {
    WOKEN.with_borrow(|woken| !woken.is_empty())
}

/// Executes the wakes that other threads asked for.
pub(super) fn drain_inbox() {
    INBOX.with(|inbox| {
        if !inbox.notified.load(Ordering::Relaxed) {
            return;
        }
        inbox.notified.swap(false, Ordering::AcqRel);
        let targets = std::mem::take(&mut *inbox.targets.lock().unwrap_or_else(PoisonError::into_inner));
        targets.into_iter().for_each(wake_here);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coroutine_is_woken_here_and_from_another_thread() {
        let mut woken = Vec::new();
        coroutine_waker(7).wake_by_ref();
        take_woken(&mut woken);
        assert_eq!(woken, [7]);
        let waker = coroutine_waker(u32::MAX);
        std::thread::spawn(move || waker.wake()).join().unwrap();
        super::super::turn(None);
        take_woken(&mut woken);
        assert_eq!(woken, [7, u32::MAX]);
    }

    #[test]
    fn a_thread_can_interrupt_the_wait_of_another() {
        let remote = waker_from_other_threads();
        let thread = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(20));
            remote.wake();
        });
        super::super::turn(Some(std::time::Duration::from_secs(30)));
        thread.join().unwrap();
    }

    #[test]
    fn wakers_of_a_thread_that_ended_do_nothing() {
        let waker = std::thread::spawn(|| coroutine_waker(1)).join().unwrap();
        waker.wake();
    }
}
