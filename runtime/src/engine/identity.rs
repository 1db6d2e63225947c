//! Coroutines as V8 sees them: threads that take turns under a lock.
//!
//! V8 asks two questions to tell threads apart: who am I, and where is my stack. The static library answers each in an
//! object file that holds nothing else. The six symbols below are all that those two files define, so the linker takes
//! ours and never pulls V8's, and the answers are two thread-local cells. Everything V8 keeps per thread (handle
//! scopes, entered contexts, the try-catch chain, the stack guard, the regexp stack) is then archived and restored by
//! V8 itself when the lock changes hands, and its collector visits what is archived.

use super::threads::{self, Slot, Threads};
use super::{isolate, scavenge};
use std::cell::Cell;
use std::ffi::c_void;
use std::ptr;
use std::sync::atomic::{AtomicI32, Ordering};

/// Distance between the limit V8 checks and the end of the stack, in bytes: room for V8's C++, for ops and for library
/// futures that are polled once on the coroutine's stack.
const RED_ZONE_BYTES: usize = 128 * 1024;

/// Real threads and coroutines draw from one counter: invariant 1.
static NEXT_ID: AtomicI32 = AtomicI32::new(1);

thread_local! {
    static CURRENT: Cell<i32> = const { Cell::new(0) };
    /// Highest and lowest address of the stack that the current identity runs on.
    static BOUNDS: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    static OS_THREAD: Cell<i32> = const { Cell::new(0) };
    /// The identity that V8 is under.
    static HOLDER: Cell<*const Identity> = const { Cell::new(ptr::null()) };
    /// Set when the first identity came.
    static THREADS: Cell<Option<Threads>> = const { Cell::new(None) };
    /// How often V8 changed hands.
    static SWAPS: Cell<u64> = const { Cell::new(0) };
}

unsafe extern "C" {
    #[link_name = "_ZN2v84base5Stack29ObtainCurrentThreadStackStartEv"]
    fn os_stack_start() -> usize;
    #[link_name = "_ZN2v84base5Stack37ObtainCurrentThreadStackReservedLimitEv"]
    fn os_stack_limit() -> usize;
    fn v8__Locker__CONSTRUCT(buf: *mut [usize; 2], isolate: *mut c_void);
    #[link_name = "_ZN2v87Isolate13SetStackLimitEm"]
    fn set_stack_limit(isolate: *mut c_void, limit: usize);
    #[link_name = "_ZN2v86Locker8IsLockedEPNS_7IsolateE"]
    fn is_locked(isolate: *mut c_void) -> bool;
}

fn bounds() -> (usize, usize) {
    if BOUNDS.get().0 == 0 {
        // SAFETY: invariant 2 (V8's own functions for the stack of a real thread; they touch no V8 state).
        BOUNDS.set(unsafe { (os_stack_start(), os_stack_limit()) });
    }
    BOUNDS.get()
}

// SAFETY: invariant 2 (the same type as V8's symbol, which this one replaces; so for the five below).
#[unsafe(export_name = "_ZN2v88internal8ThreadId18GetCurrentThreadIdEv")]
extern "C" fn current_thread_id() -> i32 {
    if CURRENT.get() == 0 {
        CURRENT.set(NEXT_ID.fetch_add(1, Ordering::Relaxed));
    }
    CURRENT.get()
}

// SAFETY: invariant 2.
#[unsafe(export_name = "_ZN2v88internal8ThreadId13TryGetCurrentEv")]
extern "C" fn try_current_thread_id() -> i32 {
    if CURRENT.get() == 0 { -1 } else { CURRENT.get() }
}

// SAFETY: invariant 2.
#[unsafe(export_name = "_ZN2v84base5Stack22GetStackStartUncheckedEv")]
extern "C" fn stack_start_unchecked() -> usize {
    bounds().0
}

// SAFETY: invariant 2.
#[unsafe(export_name = "_ZN2v84base5Stack13GetStackStartEv")]
extern "C" fn stack_start() -> usize {
    bounds().0
}

// SAFETY: invariant 2.
#[unsafe(export_name = "_ZN2v84base5Stack21GetReservedStackLimitEv")]
extern "C" fn stack_reserved_limit() -> usize {
    bounds().1
}

// SAFETY: invariant 2.
#[unsafe(export_name = "_ZN2v84base2OS18GetCurrentThreadIdEv")]
extern "C" fn os_thread_id() -> i32 {
    if OS_THREAD.get() == 0 {
        // SAFETY: invariant 2 (`gettid` has no preconditions).
        OS_THREAD.set(unsafe { libc::gettid() });
    }
    OS_THREAD.get()
}

/// A V8 thread identity, bound to one stack for its whole life (invariant 1). It does not move: [`HOLDER`] and V8's list
/// of archived threads point to it.
pub(crate) struct Identity {
    id: i32,
    /// Highest and lowest address of its stack.
    bounds: (usize, usize),
    slot: Slot,
    /// Whether it has state in V8: it does from its first turn until it is released.
    started: Cell<bool>,
}

impl Identity {
    /// A new identity for the stack between `low` and `high`.
    pub(crate) fn new(low: usize, high: usize) -> Identity {
        let id = NEXT_ID.fetch_add(1, Ordering::Relaxed);
        Identity { id, bounds: (high, low), slot: Slot::new(id), started: Cell::new(false) }
    }

    /// Puts V8 under this identity; nothing to do when it is there already. Call it on this identity's own stack.
    pub(crate) fn hold(&'static self) {
        let previous = HOLDER.replace(self);
        if !ptr::eq(previous, self) {
            self.take_over(previous);
        }
    }

    fn take_over(&'static self, previous: *const Identity) {
        SWAPS.set(SWAPS.get() + 1);
        let threads = THREADS.get().unwrap_or_else(|| self.take_lock());
        // SAFETY: invariant 3 (identities are leaked, so `previous` is alive or null).
        let previous = unsafe { previous.as_ref::<'static>() };
        self.answer();
        let is_new = !self.started.replace(true);
        threads.change(previous.map(|it| &it.slot), &self.slot, is_new);
        if is_new {
            // SAFETY: invariant 12 (this identity holds the lock, and the limit lies in its stack).
            unsafe { set_stack_limit(isolate::raw(), self.bounds.1 + RED_ZONE_BYTES) };
        }
    }

    /// The first identity takes V8's lock, which from then on only changes its owner's name.
    fn take_lock(&self) -> Threads {
        self.answer();
        let locker = Box::leak(Box::new([0; 2]));
        // SAFETY: invariant 3 (no identity has held the lock yet; the locker is leaked).
        unsafe { v8__Locker__CONSTRUCT(locker, isolate::raw()) };
        let threads = threads::check(isolate::raw(), self.id);
        scavenge::install(&mut isolate::get(), threads.manager());
        THREADS.set(Some(threads));
        threads
    }

    /// Gives up what it has in V8: the coroutine has ended. Its id is used again only with its stack.
    pub(crate) fn release(&'static self) {
        self.hold();
        if let Some(threads) = THREADS.get() {
            threads.end();
        }
        self.started.set(false);
        HOLDER.set(ptr::null());
    }

    /// From here on V8's questions are answered in this identity's name.
    fn answer(&self) {
        CURRENT.set(self.id);
        BOUNDS.set(self.bounds);
    }
}

/// Number of times V8 changed hands since the start.
pub(crate) fn swaps() -> u64 {
    SWAPS.get()
}

/// Proves that V8 asks us and not its own object file: under another identity the lock is not ours. Called once, on the
/// first coroutine.
pub(crate) fn assert_interposed() {
    let isolate = isolate::raw();
    let mine = CURRENT.get();
    // SAFETY: invariant 2 (the question has no effect; the identity is put back before anything else runs).
    let seen = unsafe {
        let as_myself = is_locked(isolate);
        CURRENT.set(i32::MAX);
        let as_another = is_locked(isolate);
        CURRENT.set(mine);
        (as_myself, as_another)
    };
    assert_eq!(seen, (true, false), "V8 was linked with its own thread identities");
}
