//! V8's manager of threads, driven from here: what it would archive of a thread that gives up the lock, and restore of
//! one that gets it.
//!
//! V8's own way (`Unlocker`, `Locker`) takes a mutex seven times, looks the thread up in a table three times and walks
//! its stack for a debugger that is not there; it is meant for threads that do something else for a while. Here it is
//! the same calls to the same parts of the isolate, in the same order, into an archive that belongs to the identity.
//! The lock itself is taken once, by the first identity, and never given back: only the name of its owner changes.
//!
//! Left out is what cannot have changed between two coroutines: the debugger's state (none is ever attached) and the
//! regexp stack (empty whenever JavaScript runs, which is asserted).

use super::scavenge;
use std::cell::{Cell, UnsafeCell};
use std::ffi::c_void;
use std::ptr;
use std::sync::atomic::{AtomicI32, Ordering};

/// Where things lie in `v8::internal::Isolate`: V8 15.2, 64 bits, no pointer compression. [`check`] compares.
mod offset {
    pub(super) const STACK_GUARD: usize = 0x8;
    pub(super) const HANDLE_SCOPES: usize = 0x240;
    pub(super) const HEAP: usize = 0xfb70;
    /// In the heap: its isolate.
    pub(super) const HEAP_ISOLATE: usize = 0x8;
    pub(super) const BREAK_ACCESS: usize = 0x10798;
    pub(super) const BOOTSTRAPPER: usize = 0x10770;
    pub(super) const MANAGER: usize = 0x108b8;
    pub(super) const REGEXP_STACK: usize = 0x10900;
    /// In the regexp stack: its highest address, and where it stands.
    pub(super) const REGEXP_TOP: usize = 0x408;
    pub(super) const REGEXP_POINTER: usize = 0x418;
}

/// `v8::internal::ThreadManager`.
#[repr(C)]
pub(super) struct Manager {
    mutex: usize,
    owner: AtomicI32,
    lazily_archived: i32,
    lazily_archived_state: *mut State,
    free: *mut State,
    /// Anchor of the circular list of archived threads, which the collector visits.
    pub(super) archived: *mut State,
    isolate: *mut c_void,
}

impl Manager {
    pub(super) fn isolate(&self) -> *mut c_void {
        self.isolate
    }

    /// One with an empty list, and no V8.
    #[cfg(test)]
    pub(super) fn alone() -> &'static Manager {
        let anchor: &'static Slot = Box::leak(Box::new(Slot::new(-1)));
        anchor.state.next.set(&raw const anchor.state);
        anchor.state.previous.set(&raw const anchor.state);
        Box::leak(Box::new(Manager {
            mutex: 0,
            owner: AtomicI32::new(-1),
            lazily_archived: -1,
            lazily_archived_state: ptr::null_mut(),
            free: ptr::null_mut(),
            archived: (&raw const anchor.state).cast_mut(),
            isolate: ptr::null_mut(),
        }))
    }
}

/// `v8::internal::ThreadState`: an entry of the list.
#[repr(C)]
pub(super) struct State {
    id: Cell<i32>,
    data: Cell<*mut Archive>,
    pub(super) next: Cell<*const State>,
    pub(super) previous: Cell<*const State>,
    manager: Cell<*const Manager>,
    /// Ours, behind V8's fields: collections that the archive has been through.
    pub(super) age: Cell<u8>,
}

impl State {
    pub(super) fn data(&self) -> *mut Archive {
        self.data.get()
    }
}

/// What V8 keeps in a thread state, part by part, in the order in which it visits them.
#[repr(C)]
pub(super) struct Archive {
    pub(super) handle_scopes: [u64; 14],
    pub(super) thread_local_top: [u64; 28],
    pub(super) relocatable: u64,
    stack_guard: [u64; 7],
    /// Zeros, which the collector reads as the number 0.
    pub(super) debug: [u64; 12],
    bootstrapper: u32,
}

impl Archive {
    const EMPTY: Archive = Archive {
        handle_scopes: [0; 14],
        thread_local_top: [0; 28],
        relocatable: 0,
        stack_guard: [0; 7],
        debug: [0; 12],
        bootstrapper: 0,
    };
}

unsafe extern "C" {
    #[link_name = "_ZN2v88internal22HandleScopeImplementer13ArchiveThreadEPc"]
    fn archive_handle_scopes(this: *mut c_void, to: *mut c_void) -> *mut c_void;
    #[link_name = "_ZN2v88internal22HandleScopeImplementer13RestoreThreadEPc"]
    fn restore_handle_scopes(this: *mut c_void, from: *mut c_void) -> *mut c_void;
    #[link_name = "_ZN2v88internal7Isolate13ArchiveThreadEPc"]
    fn archive_top(isolate: *mut c_void, to: *mut c_void) -> *mut c_void;
    #[link_name = "_ZN2v88internal7Isolate13RestoreThreadEPc"]
    fn restore_top(isolate: *mut c_void, from: *mut c_void) -> *mut c_void;
    #[link_name = "_ZN2v88internal11Relocatable12ArchiveStateEPNS0_7IsolateEPc"]
    fn archive_relocatable(isolate: *mut c_void, to: *mut c_void) -> *mut c_void;
    #[link_name = "_ZN2v88internal11Relocatable12RestoreStateEPNS0_7IsolateEPc"]
    fn restore_relocatable(isolate: *mut c_void, from: *mut c_void) -> *mut c_void;
    #[link_name = "_ZN2v88internal10StackGuard17ArchiveStackGuardEPc"]
    fn archive_stack_guard(this: *mut c_void, to: *mut c_void) -> *mut c_void;
    #[link_name = "_ZN2v88internal10StackGuard17RestoreStackGuardEPc"]
    fn restore_stack_guard(this: *mut c_void, from: *mut c_void) -> *mut c_void;
    #[link_name = "_ZN2v88internal12Bootstrapper12ArchiveStateEPc"]
    fn archive_bootstrapper(this: *mut c_void, to: *mut c_void) -> *mut c_void;
    #[link_name = "_ZN2v88internal12Bootstrapper12RestoreStateEPc"]
    fn restore_bootstrapper(this: *mut c_void, from: *mut c_void) -> *mut c_void;
    #[link_name = "_ZN2v88internal13ThreadManager10InitThreadERKNS0_15ExecutionAccessE"]
    fn begin_thread(manager: *const Manager, access: *const *mut c_void);
    #[link_name = "_ZN2v88internal13ThreadManager19FreeThreadResourcesEv"]
    fn free_thread(manager: *const Manager);
    #[link_name = "_ZN2v88internal4Heap13SetStackStartEv"]
    fn set_stack_start(heap: *mut c_void);
    #[link_name = "_ZN2v84base14RecursiveMutex4LockEv"]
    fn lock(mutex: *mut c_void);
    #[link_name = "_ZN2v84base14RecursiveMutex6UnlockEv"]
    fn unlock(mutex: *mut c_void);
    #[link_name = "_ZN2v88internal22HandleScopeImplementer21ArchiveSpacePerThreadEv"]
    fn handle_scopes_size() -> i32;
    #[link_name = "_ZN2v88internal5Debug21ArchiveSpacePerThreadEv"]
    fn debug_size() -> i32;
    #[link_name = "_ZN2v88internal12Bootstrapper21ArchiveSpacePerThreadEv"]
    fn bootstrapper_size() -> i32;
}

/// The part of an identity that V8 knows: where its state lies while another one runs. It does not move once it was
/// archived, since V8's list points to it.
pub(super) struct Slot {
    pub(super) state: State,
    archive: UnsafeCell<Archive>,
}

impl Slot {
    pub(super) fn new(id: i32) -> Slot {
        Slot {
            state: State {
                id: Cell::new(id),
                data: Cell::new(ptr::null_mut()),
                next: Cell::new(ptr::null()),
                previous: Cell::new(ptr::null()),
                manager: Cell::new(ptr::null()),
                age: Cell::new(0),
            },
            archive: UnsafeCell::new(Archive::EMPTY),
        }
    }
}

/// The isolate as this file sees it. Made by [`check`], so the offsets hold.
#[derive(Clone, Copy)]
pub(super) struct Threads {
    isolate: *mut c_void,
    manager: *const Manager,
}

impl Threads {
    fn part(self, offset: usize) -> *mut c_void {
        self.isolate.wrapping_byte_add(offset)
    }

    fn pointer(self, offset: usize) -> *mut c_void {
        // SAFETY: invariant 19 (the offset is one of those that were checked).
        unsafe { self.part(offset).cast::<*mut c_void>().read() }
    }

    pub(super) fn manager(self) -> *const Manager {
        self.manager
    }

    /// Puts V8 under `to` instead of `from`, whose state is put away; `is_new`: `to` has none yet. Runs on the stack of
    /// `to`, when V8's questions are answered in its name.
    pub(super) fn change(self, from: Option<&'static Slot>, to: &'static Slot, is_new: bool) {
        let access = self.part(offset::BREAK_ACCESS);
        // SAFETY: invariant 3. V8's own threads ask for interrupts under this mutex: no request may fall between the two
        // stack guards. Each part takes it again, which is cheap; taking it anew in each is not.
        unsafe { lock(access) };
        if let Some(from) = from {
            self.archive(from);
            scavenge::park(self.manager, &from.state);
        }
        // SAFETY: invariant 19. V8 asks for the owner of the lock in every scope it opens, and scans the stack that runs
        // from its start.
        unsafe {
            (*self.manager).owner.store(to.state.id.get(), Ordering::Relaxed);
            set_stack_start(self.part(offset::HEAP));
        }
        if is_new {
            // SAFETY: invariant 3 (the isolate is under nobody). An `ExecutionAccess` is the isolate's address, and
            // stands for the mutex being held.
            unsafe { begin_thread(self.manager, &self.isolate) };
        } else {
            scavenge::unpark(self.manager, &to.state);
            self.restore(to);
        }
        // SAFETY: invariant 3 (locked above).
        unsafe { unlock(access) };
    }

    fn archive(self, slot: &'static Slot) {
        self.assert_no_regexp_runs();
        slot.state.data.set(slot.archive.get());
        slot.state.manager.set(self.manager);
        // SAFETY: invariant 3 (the state in the isolate belongs to `slot`'s identity, which holds the lock; each part is
        // written to the place that has its size, see `check`).
        unsafe {
            let archive = slot.archive.get();
            archive_handle_scopes(self.part(offset::HANDLE_SCOPES), (&raw mut (*archive).handle_scopes).cast());
            archive_top(self.isolate, (&raw mut (*archive).thread_local_top).cast());
            archive_relocatable(self.isolate, (&raw mut (*archive).relocatable).cast());
            archive_stack_guard(self.part(offset::STACK_GUARD), (&raw mut (*archive).stack_guard).cast());
            archive_bootstrapper(self.pointer(offset::BOOTSTRAPPER), (&raw mut (*archive).bootstrapper).cast());
        }
    }

    fn restore(self, slot: &'static Slot) {
        // SAFETY: invariant 3 (the archive was filled by `archive` and not restored since; the isolate is under nobody).
        unsafe {
            let archive = slot.archive.get();
            restore_handle_scopes(self.part(offset::HANDLE_SCOPES), (&raw mut (*archive).handle_scopes).cast());
            restore_top(self.isolate, (&raw mut (*archive).thread_local_top).cast());
            restore_relocatable(self.isolate, (&raw mut (*archive).relocatable).cast());
            restore_stack_guard(self.part(offset::STACK_GUARD), (&raw mut (*archive).stack_guard).cast());
            restore_bootstrapper(self.pointer(offset::BOOTSTRAPPER), (&raw mut (*archive).bootstrapper).cast());
        }
    }

    /// Frees what the thread that runs owns in V8; it will not be restored.
    pub(super) fn end(self) {
        // SAFETY: invariant 3 (the state in the isolate belongs to the identity that ends).
        unsafe { free_thread(self.manager) };
    }

    fn assert_no_regexp_runs(self) {
        let stack = self.pointer(offset::REGEXP_STACK);
        // SAFETY: invariant 19 (the isolate's regexp stack lives as long as it does).
        let (top, pointer) = unsafe {
            let word = |offset| stack.byte_add(offset).cast::<usize>().read();
            (word(offset::REGEXP_TOP), word(offset::REGEXP_POINTER))
        };
        assert_eq!(top, pointer, "a regular expression runs no JavaScript");
    }
}

/// Makes sure that V8 is laid out as this file has it. The first identity holds the lock already.
///
/// # Panics
/// When it is not: the library is another one than the crate's version promises.
pub(super) fn check(isolate: *mut c_void, holder: i32) -> Threads {
    // SAFETY: invariant 19 (an isolate is larger than the largest offset; each pointer is compared before it is followed
    // further).
    unsafe {
        let word = |offset: usize| isolate.byte_add(offset).cast::<*mut c_void>().read();
        let manager: *const Manager = word(offset::MANAGER).cast();
        let is_ours = !manager.is_null()
            && (*manager).isolate == isolate
            && (*manager).owner.load(Ordering::Relaxed) == holder
            && (*(*manager).archived).manager.get() == manager
            && word(offset::STACK_GUARD) == isolate
            && word(offset::HEAP + offset::HEAP_ISOLATE) == isolate
            && word(offset::BOOTSTRAPPER).cast::<*mut c_void>().read() == isolate
            && (handle_scopes_size(), debug_size(), bootstrapper_size()) == (14 * 8, 12 * 8, 4);
        assert!(is_ours, "this library of V8 is not the one that Corona was written for");
        Threads { isolate, manager }
    }
}
