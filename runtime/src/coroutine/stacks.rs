//! Stacks for coroutines: address space reserved in blocks of many stacks, committed page by page as it is touched.
//!
//! Two mappings a stack (stack and guard) would end at 32,000 coroutines under the default `vm.max_map_count`, and V8
//! aborts when a mapping fails. So a block is one mapping, and guards are `MADV_GUARD_INSTALL` (Linux 6.13), which does
//! not split it. Older kernels get `mprotect` guards while mappings last; V8's own limit check stands in front of both.

use corosensei::stack::StackPointer;
use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::io;

/// Stacks a block: with the default size a block reserves 1 GiB of address space.
const STACKS_PER_BLOCK: usize = 1024;
const GUARD_BYTES: usize = 4096;
const MADV_GUARD_INSTALL: i32 = 102;
/// `mprotect` splits a mapping in two; half of the default `vm.max_map_count` stays for everybody else.
const MPROTECT_GUARDS_MAX: usize = 8_000;
/// Pages near the base that a stack keeps when it is trimmed.
const KEPT_BYTES: usize = 16 * 1024;

/// Default size of a stack in bytes, all of it address space at first.
pub(crate) const DEFAULT_SIZE: usize = 1024 * 1024;
pub(crate) const MIN_SIZE: usize = 256 * 1024;

thread_local! {
    static SIZE: Cell<usize> = const { Cell::new(DEFAULT_SIZE) };
    static BLOCK: Cell<Block> = const { Cell::new(Block { next: 0, end: 0 }) };
    static FREE: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
    static GUARDS: Cell<Guards> = const { Cell::new(Guards::Advice) };
}

#[derive(Clone, Copy)]
struct Block {
    next: usize,
    end: usize,
}

/// How the lowest page of a stack is protected.
#[derive(Clone, Copy)]
enum Guards {
    Advice,
    Mprotect { left: usize },
}

/// Sets the size of stacks made from now on, in bytes, rounded up to pages.
pub(crate) fn configure(size: usize) {
    SIZE.set(size.max(MIN_SIZE).next_multiple_of(4096));
    BLOCK.set(Block { next: 0, end: 0 });
}

/// A stack; it grows from [`Stack::high`] down to [`Stack::low`]. Dropping it keeps the address space for the next one.
pub(crate) struct Stack {
    low: usize,
    size: usize,
}

impl Stack {
    /// A stack of the configured size; fails when the process has no address space or mappings left.
    pub(crate) fn new() -> io::Result<Stack> {
        let size = SIZE.get();
        if let Some(low) = FREE.with_borrow_mut(Vec::pop) {
            return Ok(Stack { low, size });
        }
        let mut block = BLOCK.get();
        if block.next == block.end {
            block = reserve(size * STACKS_PER_BLOCK)?;
        }
        let low = block.next;
        BLOCK.set(Block { next: low + size, end: block.end });
        guard(low);
        Ok(Stack { low, size })
    }

    /// Highest address, where the first frame lies.
    pub(crate) fn high(&self) -> usize {
        self.low + self.size
    }

    /// Lowest usable address.
    pub(crate) fn low(&self) -> usize {
        self.low + GUARD_BYTES
    }
}

/// Gives the pages that a deep recursion touched back to the system. Nobody runs on the stack.
pub(crate) fn trim(stack: &Stack) {
    let end = stack.high() - KEPT_BYTES;
    // SAFETY: invariant 10 (the range lies inside one stack, on which no frame is alive).
    unsafe { libc::madvise(stack.low() as *mut c_void, end - stack.low(), libc::MADV_DONTNEED) };
}

fn reserve(bytes: usize) -> io::Result<Block> {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE | libc::MAP_STACK;
    // SAFETY: invariant 10 (a fresh anonymous mapping overlaps nothing).
    let start = unsafe { libc::mmap(std::ptr::null_mut(), bytes, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0) };
    if start == libc::MAP_FAILED {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: invariant 10 (the mapping made above; huge pages would commit 2 MiB for a stack of one page).
    unsafe { libc::madvise(start, bytes, libc::MADV_NOHUGEPAGE) };
    Ok(Block { next: start as usize, end: start as usize + bytes })
}

fn guard(low: usize) {
    let page = low as *mut c_void;
    if let Guards::Advice = GUARDS.get() {
        // SAFETY: invariant 10 (the lowest page of a stack that nobody uses yet).
        if unsafe { libc::madvise(page, GUARD_BYTES, MADV_GUARD_INSTALL) } == 0 {
            return;
        }
        GUARDS.set(Guards::Mprotect { left: MPROTECT_GUARDS_MAX });
    }
    if let Guards::Mprotect { left: 1.. } = GUARDS.get() {
        // SAFETY: invariant 10, as above. A failure leaves V8's limit check, which stands before the guard anyway.
        let done = unsafe { libc::mprotect(page, GUARD_BYTES, libc::PROT_NONE) } == 0;
        if let (true, Guards::Mprotect { left }) = (done, GUARDS.get()) {
            GUARDS.set(Guards::Mprotect { left: left - 1 });
        }
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        if self.size == SIZE.get() {
            FREE.with_borrow_mut(|free| free.push(self.low));
        }
    }
}

// SAFETY: invariant 10 (base and limit are the ends of a mapping that is never unmapped; both are multiples of a page).
unsafe impl corosensei::stack::Stack for Stack {
    fn base(&self) -> StackPointer {
        StackPointer::new(self.high()).expect("a mapping does not end at address zero")
    }

    fn limit(&self) -> StackPointer {
        StackPointer::new(self.low()).expect("a mapping does not start at address zero")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stacks_do_not_overlap_and_are_used_again() {
        let first = Stack::new().unwrap();
        let second = Stack::new().unwrap();
        assert!(first.high() <= second.low || second.high() <= first.low);
        let low = second.low;
        drop(second);
        assert_eq!(Stack::new().unwrap().low, low);
    }

    #[test]
    fn a_trimmed_stack_reads_as_zeros_where_it_was_deep() {
        let stack = Stack::new().unwrap();
        let deep = stack.low() as *mut u8;
        // SAFETY: invariant 10 (inside the stack, which nobody runs on).
        unsafe { deep.write_volatile(7) };
        trim(&stack);
        // SAFETY: invariant 10, as above.
        assert_eq!(unsafe { deep.read_volatile() }, 0);
    }
}
