//! Parked coroutines and V8's minor collections.
//!
//! A scavenge moves the young objects that are still in use, so it has to see every reference to one; V8 therefore
//! visits the stack of every archived thread, about a microsecond each. But a stack that did not run keeps its
//! references, and objects that survive two scavenges are old: from then on there is nothing on that stack for a
//! scavenge to do until it runs again. So stacks are remembered by what they hold, as in generational stack collection
//! (Cheng, Harper, Lee: "Generational stack collection and profile-driven pretenuring", PLDI 1998): V8's list of
//! archived threads has first those that may refer to young objects, then those that were seen not to, and the second
//! part is taken out of the list while a scavenge runs. Every other collection sees them all.

use super::threads::{Archive, Manager, State};
use std::cell::Cell;
use std::ffi::c_void;
use std::ptr;

/// Scavenges after which what a stack refers to should be old.
const AGE_MIN: u8 = 2;

thread_local! {
    /// Where the second part of the list begins; null when it is empty.
    static OLD: Cell<*const State> = const { Cell::new(ptr::null()) };
    /// The second part while it is out of the list: its first and last.
    static HIDDEN: Cell<(*const State, *const State)> = const { Cell::new((ptr::null(), ptr::null())) };
}

/// Has V8 call when scavenges begin and end.
pub(super) fn install(isolate: &mut v8::Isolate, manager: *const Manager) {
    let manager = manager.cast_mut().cast();
    isolate.add_gc_prologue_callback(before, manager, v8::GCType::kGCTypeScavenge);
    isolate.add_gc_epilogue_callback(after, manager, v8::GCType::kGCTypeScavenge);
}

/// Enters a thread whose state was archived.
pub(super) fn park(manager: *const Manager, state: &'static State) {
    state.age.set(0);
    // SAFETY: invariant 33 (the anchor belongs to the manager, and every entry of its list is alive).
    unsafe { insert_after((*manager).archived, state) };
}

/// Takes out a thread whose state will be restored.
pub(super) fn unpark(manager: *const Manager, state: &'static State) {
    // SAFETY: invariant 33 (`state` is in the list).
    unsafe {
        if ptr::eq(OLD.get(), state) {
            let next = state.next.get();
            OLD.set(if ptr::eq(next, (*manager).archived) { ptr::null() } else { next });
        }
        remove(state);
    }
}

unsafe fn insert_after(place: *const State, state: &State) {
    // SAFETY: invariant 33 (the caller's).
    unsafe {
        let next = (*place).next.get();
        state.previous.set(place);
        state.next.set(next);
        (*next).previous.set(state);
        (*place).next.set(state);
    }
}

unsafe fn remove(state: &State) {
    // SAFETY: invariant 33 (the caller's).
    unsafe {
        (*state.previous.get()).next.set(state.next.get());
        (*state.next.get()).previous.set(state.previous.get());
    }
}

unsafe extern "C" fn before(_: v8::UnsafeRawIsolatePtr, _: v8::GCType, _: v8::GCCallbackFlags, manager: *mut c_void) {
    hide(manager.cast::<Manager>());
}

unsafe extern "C" fn after(_: v8::UnsafeRawIsolatePtr, _: v8::GCType, _: v8::GCCallbackFlags, manager: *mut c_void) {
    let manager = manager.cast::<Manager>().cast_const();
    show(manager);
    age(manager);
}

/// Takes the second part out of the list.
fn hide(manager: *const Manager) {
    let old = OLD.get();
    if old.is_null() {
        return;
    }
    // SAFETY: invariant 33 (`old` is in the list, so it is not empty).
    unsafe {
        let anchor = (*manager).archived.cast_const();
        HIDDEN.set((old, (*anchor).previous.get()));
        let end = (*old).previous.get();
        (*end).next.set(anchor);
        (*anchor).previous.set(end);
    }
}

/// Puts back what [`hide`] took out.
fn show(manager: *const Manager) {
    let (first, last) = HIDDEN.replace((ptr::null(), ptr::null()));
    if first.is_null() {
        return;
    }
    // SAFETY: invariant 33 (nothing was parked or unparked meanwhile).
    unsafe {
        let anchor = (*manager).archived.cast_const();
        let end = (*anchor).previous.get();
        (*end).next.set(first);
        (*first).previous.set(end);
        (*last).next.set(anchor);
        (*anchor).previous.set(last);
    }
}

/// Moves to the second part what has got old.
fn age(manager: *const Manager) {
    // SAFETY: invariant 33 (walks the first part; the next entry is read before an entry is moved).
    unsafe {
        let anchor = (*manager).archived.cast_const();
        let mut state = (*anchor).next.get();
        while !ptr::eq(state, anchor) && !ptr::eq(state, OLD.get()) {
            let next = (*state).next.get();
            let age = (*state).age.get().saturating_add(1);
            (*state).age.set(age);
            if age >= AGE_MIN && !visitor::refers_to_young(manager, state) {
                remove(&*state);
                insert_after((*anchor).previous.get(), &*state);
                if OLD.get().is_null() {
                    OLD.set(state);
                }
            }
            state = next;
        }
    }
}

/// A visitor of roots in V8's sense that looks for references to young objects.
mod visitor {
    use super::{Archive, Manager, State};
    use std::cell::Cell;
    use std::ffi::{c_char, c_void};

    /// A page of V8's heap begins at a multiple of this.
    const PAGE_BYTES: usize = 1 << 18;
    /// Of the flags at the beginning of a page: it belongs to the young generation.
    const YOUNG: usize = 0x18;

    /// `v8::internal::RootVisitor`, then ours.
    #[repr(C)]
    struct Visitor {
        table: *const Table,
        found: Cell<bool>,
    }

    type Visit = extern "C" fn(&Visitor, u32, *const c_char, *const usize, *const usize);

    /// The virtual functions in their order.
    #[repr(C)]
    struct Table {
        destroy: extern "C" fn(&Visitor),
        delete: extern "C" fn(&Visitor),
        visit_range: Visit,
        visit_one: extern "C" fn(&Visitor, u32, *const c_char, *const usize),
        visit_compressed: Visit,
        visit_code: extern "C" fn(&Visitor, *const usize, *const usize),
        synchronize: extern "C" fn(&Visitor, u32),
        collector: extern "C" fn(&Visitor) -> u32,
    }

    static TABLE: Table = Table {
        destroy: nothing,
        delete: nothing,
        visit_range,
        visit_one,
        visit_compressed: visit_range,
        visit_code,
        synchronize,
        collector,
    };

    unsafe extern "C" {
        #[link_name = "_ZN2v88internal22HandleScopeImplementer7IterateEPNS0_11RootVisitorEPc"]
        fn visit_handle_scopes(visitor: &Visitor, archived: *mut c_void) -> *mut c_void;
        #[link_name = "_ZN2v88internal7Isolate7IterateEPNS0_11RootVisitorEPc"]
        fn visit_stack(isolate: *mut c_void, visitor: &Visitor, archived: *mut c_void) -> *mut c_void;
        #[link_name = "_ZN2v88internal11Relocatable7IterateEPNS0_11RootVisitorEPc"]
        fn visit_relocatable(visitor: &Visitor, archived: *mut c_void) -> *mut c_void;
    }

    extern "C" fn nothing(_: &Visitor) {}

    extern "C" fn visit_range(visitor: &Visitor, _: u32, _: *const c_char, start: *const usize, end: *const usize) {
        let mut slot = start;
        while slot < end {
            look(visitor, slot);
            slot = slot.wrapping_add(1);
        }
    }

    extern "C" fn visit_one(visitor: &Visitor, _: u32, _: *const c_char, slot: *const usize) {
        look(visitor, slot);
    }

    /// Code is never young.
    extern "C" fn visit_code(_: &Visitor, _: *const usize, _: *const usize) {}

    extern "C" fn synchronize(_: &Visitor, _: u32) {}

    /// V8's base class says so, too.
    extern "C" fn collector(_: &Visitor) -> u32 {
        1
    }

    fn look(visitor: &Visitor, slot: *const usize) {
        // SAFETY: invariant 33 (V8 hands out slots that hold a small integer or a reference to an object on a page).
        unsafe {
            let value = slot.read();
            if value & 1 == 1 && ((value & !(PAGE_BYTES - 1)) as *const usize).read() & YOUNG != 0 {
                visitor.found.set(true);
            }
        }
    }

    /// Whether an archived thread holds a reference to a young object: asks for everything that V8's own visit of
    /// archived threads does.
    pub(super) fn refers_to_young(manager: *const Manager, state: *const State) -> bool {
        let visitor = Visitor { table: &TABLE, found: Cell::new(false) };
        // SAFETY: invariant 33 (the state is archived, and V8 does not run).
        unsafe {
            let archive: *mut Archive = (*state).data();
            visit_handle_scopes(&visitor, (&raw mut (*archive).handle_scopes).cast());
            visit_stack((*manager).isolate(), &visitor, (&raw mut (*archive).thread_local_top).cast());
            visit_relocatable(&visitor, (&raw mut (*archive).relocatable).cast());
        }
        visitor.found.get()
    }
}

#[cfg(test)]
mod tests {
    use super::super::threads::Slot;
    use super::*;

    /// What V8 would visit, by name.
    fn visible(manager: &Manager, slots: &[&'static Slot]) -> Vec<usize> {
        let mut seen = Vec::new();
        let anchor = manager.archived.cast_const();
        // SAFETY: invariant 33 (a list of the test's own).
        let mut state = unsafe { (*anchor).next.get() };
        while !ptr::eq(state, anchor) {
            seen.extend(slots.iter().position(|slot| ptr::eq(&slot.state, state)));
            // SAFETY: invariant 33, as above.
            state = unsafe { (*state).next.get() };
        }
        seen
    }

    fn set_old(manager: &Manager, slot: &'static Slot) {
        // SAFETY: invariant 33, as above; the same as `age` does.
        unsafe {
            remove(&slot.state);
            insert_after((*manager.archived).previous.get(), &slot.state);
        }
        if OLD.get().is_null() {
            OLD.set(&raw const slot.state);
        }
    }

    #[test]
    fn what_is_old_is_hidden_from_scavenges_alone() {
        let manager = Manager::alone();
        let slots: Vec<&'static Slot> = (0..4).map(|id| &*Box::leak(Box::new(Slot::new(id)))).collect();
        slots.iter().for_each(|slot| park(manager, &slot.state));
        set_old(manager, slots[2]);
        set_old(manager, slots[0]);
        assert_eq!(visible(manager, &slots), [3, 1, 2, 0]);

        hide(manager);
        assert_eq!(visible(manager, &slots), [3, 1]);
        show(manager);
        assert_eq!(visible(manager, &slots), [3, 1, 2, 0]);

        unpark(manager, &slots[2].state);
        hide(manager);
        assert_eq!(visible(manager, &slots), [3, 1]);
        show(manager);
        unpark(manager, &slots[0].state);
        hide(manager);
        show(manager);
        assert_eq!(visible(manager, &slots), [3, 1]);
        park(manager, &slots[0].state);
        slots.iter().filter(|slot| !ptr::eq(**slot, slots[2])).for_each(|slot| unpark(manager, &slot.state));
        assert!(visible(manager, &slots).is_empty());
    }
}
