//! The size of V8's young generation, which here has a second reason to grow.
//!
//! At every scavenge V8 visits the stack of every parked coroutine: about half a microsecond each. V8 grows the young
//! generation only when much of it survives, so with ten thousand coroutines parked and handlers that allocate short-
//! lived objects it would spend its time visiting stacks. So the target grows with the number that is parked: fewer
//! scavenges, the same work in each. V8 commits the pages as they are used, and shrinks again when allocation is slow.
//!
//! V8 has no public call for that. `Heap::ExpandNewSpaceSizeForTesting` doubles the target capacity, and is exported
//! for V8's own tests; the heap lies at a fixed place in the isolate of the pinned version. Where the place does not
//! check out (another version, another platform) nothing is done: it is an optimisation.

use super::isolate;
use std::cell::Cell;
use std::ffi::c_void;

/// Largest size of a semi-space, in MiB; V8's own default is 16.
pub(super) const FLAG: &str = "--max-semi-space-size=64";
const BYTES_MAX: usize = 64 << 20;
/// Bytes of semi-space wanted for each parked coroutine.
const BYTES_PER_COROUTINE: usize = 8 << 10;
/// Fewer parked coroutines than these cost less than a scavenge does anyway.
const COROUTINES_MIN: usize = 512;
/// Calls between two looks at V8's own opinion.
const CALLS_PER_LOOK: u32 = 64;

/// Where `heap_` lies in V8's `Isolate`, and `isolate_` in `Heap`: V8 15.2, 64 bits, no pointer compression.
const HEAP_OFFSET: usize = 0xfb70;
const ISOLATE_OFFSET: usize = 8;

unsafe extern "C" {
    #[link_name = "_ZN2v88internal4Heap28ExpandNewSpaceSizeForTestingEv"]
    fn expand(heap: *mut c_void);
    #[link_name = "_ZNK2v88internal4Heap22NewSpaceTargetCapacityEv"]
    fn target_capacity(heap: *const c_void) -> usize;
}

thread_local! {
    static CALLS: Cell<u32> = const { Cell::new(0) };
}

/// Lets the young generation fit `parked` coroutines. Cheap; the scheduler calls it
/// between two rounds.
pub(crate) fn fit(parked: usize) {
    if parked < COROUTINES_MIN {
        return;
    }
    let calls = CALLS.get();
    CALLS.set((calls + 1) % CALLS_PER_LOOK);
    if calls != 0 {
        return;
    }
    let Some(heap) = heap() else { return };
    let wanted = (parked * BYTES_PER_COROUTINE).min(BYTES_MAX);
    // SAFETY: invariant 19 (`heap` checked out; both functions read sizes, and `expand` sets the target of the next
    // pages, on V8's thread and while it does not run).
    unsafe {
        let mut target = target_capacity(heap);
        while target < wanted {
            expand(heap);
            let expanded = target_capacity(heap);
            if expanded <= target {
                return; // the user's flags set a lower maximum
            }
            target = expanded;
        }
    }
}

/// V8's heap, if it lies where it should.
fn heap() -> Option<*mut c_void> {
    let isolate = isolate::raw();
    // SAFETY: invariant 19 (an isolate is larger than the two offsets together).
    unsafe {
        let heap = isolate.byte_add(HEAP_OFFSET);
        let owner = heap.byte_add(ISOLATE_OFFSET).cast::<*mut c_void>().read();
        (owner == isolate).then_some(heap)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_heap_lies_where_it_should() {
        super::isolate::initialize(&[]);
        let mut isolate = v8::Isolate::new(v8::CreateParams::default());
        super::isolate::adopt(&mut isolate);
        let heap = super::heap().expect("the offsets belong to the pinned version of V8");
        // SAFETY: invariant 19 (the heap has just checked out).
        let before = unsafe { super::target_capacity(heap) };
        super::fit(super::COROUTINES_MIN * 16);
        // SAFETY: invariant 19, as above.
        let after = unsafe { super::target_capacity(heap) };
        assert!(before < after && after >= super::COROUTINES_MIN * 16 * super::BYTES_PER_COROUTINE);
    }
}
