//! What one thread has: lists of free blocks, and the rest of a chunk that new ones are cut from, one after another, so
//! that what is made together lies together.

use super::stock;
use super::{pages, sizes};
use std::alloc::Layout;
use std::cell::Cell;
use std::ptr;
use std::sync::{Mutex, PoisonError};

/// Address space that a shelf takes at once, and how much of it gets memory at once.
struct Plan {
    chunk: Layout,
    step: usize,
}

/// The first chunk of a shelf: many a thread needs little.
const FIRST: Plan = Plan::new(1 << 20, 64 << 10);
const LATER: Plan = Plan::new(16 << 20, pages::HUGE_PAGE);
// Every block fits into a chunk.
const _: () = assert!(FIRST.chunk.size() >= sizes::LARGEST && LATER.chunk.size() >= sizes::LARGEST);

impl Plan {
    const fn new(chunk: usize, step: usize) -> Plan {
        match Layout::from_size_align(chunk, step) {
            Ok(chunk) => Plan { chunk, step },
            Err(_) => panic!("the step is a power of two"),
        }
    }
}

/// What a free block holds.
pub(super) struct Free {
    pub(super) next: *mut Free,
    /// Of the first block of a batch in the stock: the next batch.
    pub(super) batch: *mut Free,
}

/// Free blocks of one size: less than a batch, and perhaps a full one, so that no pattern of use goes to the stock each
/// time.
struct List {
    first: *mut Free,
    count: usize,
    full: *mut Free,
}

/// All zeros is an empty one.
pub(super) struct Shelf {
    lists: [List; sizes::COUNT],
    next: *mut u8,
    left: usize,
    /// How much of what is left has memory.
    ready: usize,
    /// How much more gets some at once; zero before the first chunk.
    step: usize,
    /// Among those that nobody has.
    pub(super) idle: *mut Shelf,
}

// SAFETY: invariant 36: a shelf and its blocks are used by the thread that holds it, whichever that is.
unsafe impl Send for Shelf {}

impl Shelf {
    const EMPTY: Shelf = Shelf {
        lists: [const { List { first: ptr::null_mut(), count: 0, full: ptr::null_mut() } }; sizes::COUNT],
        next: ptr::null_mut(),
        left: 0,
        ready: 0,
        step: 0,
        idle: ptr::null_mut(),
    };

    /// A block, or null.
    #[inline]
    pub(super) fn take(&mut self, class: usize) -> *mut u8 {
        let list = &mut self.lists[class];
        if list.first.is_null() {
            return self.take_new(class);
        }
        let block = list.first;
        // SAFETY: invariant 36: blocks of a list are free.
        list.first = unsafe { (*block).next };
        list.count -= 1;
        block.cast()
    }

    fn take_new(&mut self, class: usize) -> *mut u8 {
        let list = &mut self.lists[class];
        let full = std::mem::replace(&mut list.full, ptr::null_mut());
        let full = if full.is_null() { stock::take(class) } else { full };
        if !full.is_null() {
            (list.first, list.count) = (full, sizes::batch(class));
            return self.take(class);
        }
        let size = sizes::bytes(class);
        if self.left < size && !self.open_chunk() {
            return ptr::null_mut();
        }
        if self.ready < size {
            self.make_ready(size);
        }
        let block = self.next;
        // SAFETY: invariant 35: so much is left of the chunk.
        self.next = unsafe { block.add(size) };
        self.left -= size;
        self.ready -= size;
        block
    }

    /// The rest of the last chunk stays unused: it is small.
    fn open_chunk(&mut self) -> bool {
        let Plan { chunk, step } = if self.step == 0 { FIRST } else { LATER };
        let start = pages::map(chunk);
        if start.is_null() {
            return false;
        }
        if step == pages::HUGE_PAGE {
            // SAFETY: invariant 35: it is new.
            unsafe { pages::prefer_huge(start, chunk.size()) };
        }
        (self.next, self.left, self.ready, self.step) = (start, chunk.size(), 0, step);
        true
    }

    /// There is so much left of the chunk, which is of whole steps.
    fn make_ready(&mut self, size: usize) {
        let more = (size - self.ready).next_multiple_of(self.step);
        // SAFETY: invariant 35: what is ready ends with a step, of whole pages, and the rest of the chunk follows it.
        unsafe { pages::populate(self.next.add(self.ready), more) };
        self.ready += more;
    }

    /// # Safety
    /// The block is of that class, and nobody uses it.
    #[inline]
    pub(super) unsafe fn put(&mut self, block: *mut u8, class: usize) {
        let (block, list) = (block.cast::<Free>(), &mut self.lists[class]);
        // SAFETY: invariant 36, by the promise of the caller; every block has room for this.
        unsafe { block.write(Free { next: list.first, batch: ptr::null_mut() }) };
        list.first = block;
        list.count += 1;
        if list.count == sizes::batch(class) {
            let full = std::mem::replace(&mut list.full, block);
            (list.first, list.count) = (ptr::null_mut(), 0);
            if !full.is_null() {
                stock::put(full, class);
            }
        }
    }
}

thread_local! {
    /// The shelf of this thread; null before the first use and after the last one.
    static MINE: Cell<*mut Shelf> = const { Cell::new(ptr::null_mut()) };
    static GIVE_BACK: GiveBack = const { GiveBack };
}

/// Hands the shelf to the threads to come.
struct GiveBack;

impl Drop for GiveBack {
    fn drop(&mut self) {
        stock::give_back(MINE.replace(ptr::null_mut()));
    }
}

/// The shelf of threads that are ending and have given back theirs.
static LAST: Mutex<Shelf> = Mutex::new(Shelf::EMPTY);

/// Calls `work` with the shelf of this thread. It must not allocate.
#[inline]
pub(super) fn with<T>(work: impl FnOnce(&mut Shelf) -> T) -> T {
    let mut mine = MINE.get();
    if mine.is_null() {
        mine = attach();
    }
    if mine.is_null() {
        return work(&mut LAST.lock().unwrap_or_else(PoisonError::into_inner));
    }
    // SAFETY: invariant 36: the shelf belongs to this thread, and `work` does not come back here.
    work(unsafe { &mut *mine })
}

#[cold]
fn attach() -> *mut Shelf {
    let shelf = stock::shelf();
    MINE.set(shelf);
    // Too late to be told of the end of the thread?
    if GIVE_BACK.try_with(|_| ()).is_err() {
        MINE.set(ptr::null_mut());
        stock::give_back(shelf);
        return ptr::null_mut();
    }
    shelf
}
