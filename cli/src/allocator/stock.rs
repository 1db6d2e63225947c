//! What goes from one thread to another: full batches of free blocks, and the shelves of threads that have ended.

use super::shelf::{Free, Shelf};
use super::{pages, sizes};
use std::alloc::Layout;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

struct Stock {
    /// The first batch of each class.
    batches: [*mut Free; sizes::COUNT],
    idle: *mut Shelf,
}

// SAFETY: invariant 36: what is here belongs to nobody else.
unsafe impl Send for Stock {}

static STOCK: Mutex<Stock> = Mutex::new(Stock { batches: [ptr::null_mut(); sizes::COUNT], idle: ptr::null_mut() });
/// Whether there are batches of a class, to look without the lock.
static HAS: [AtomicBool; sizes::COUNT] = [const { AtomicBool::new(false) }; sizes::COUNT];

fn lock() -> MutexGuard<'static, Stock> {
    STOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A full batch, or null.
pub(super) fn take(class: usize) -> *mut Free {
    if !HAS[class].load(Ordering::Relaxed) {
        return ptr::null_mut();
    }
    let mut stock = lock();
    let first = stock.batches[class];
    if !first.is_null() {
        // SAFETY: invariant 36: the stock holds free blocks.
        stock.batches[class] = unsafe { (*first).batch };
        HAS[class].store(!stock.batches[class].is_null(), Ordering::Relaxed);
    }
    first
}

/// Takes a full batch.
pub(super) fn put(first: *mut Free, class: usize) {
    let mut stock = lock();
    // SAFETY: invariant 36: the batch now belongs to the stock.
    unsafe { (*first).batch = stock.batches[class] };
    stock.batches[class] = first;
    HAS[class].store(true, Ordering::Relaxed);
}

/// One that nobody has, or a new one; null if there is no memory.
pub(super) fn shelf() -> *mut Shelf {
    let mut stock = lock();
    let idle = stock.idle;
    if idle.is_null() {
        // Zeros are an empty one.
        return pages::map(Layout::new::<Shelf>()).cast();
    }
    // SAFETY: invariant 36: idle shelves belong to the stock.
    stock.idle = unsafe { (*idle).idle };
    idle
}

/// Takes a shelf from a thread that ends.
pub(super) fn give_back(shelf: *mut Shelf) {
    if shelf.is_null() {
        return;
    }
    let mut stock = lock();
    // SAFETY: invariant 36: the thread has forgotten it.
    unsafe { (*shelf).idle = stock.idle };
    stock.idle = shelf;
}
