//! The allocator of commands that end. It keeps what is freed for the next block of the same size and returns only large
//! blocks to the kernel.

use super::{pages, shelf, sizes};
use std::alloc::Layout;

/// A block, or null.
#[inline]
pub(super) fn allocate(layout: Layout) -> *mut u8 {
    match sizes::class(layout) {
        Some(class) => shelf::with(|shelf| shelf.take(class)),
        None => pages::map(layout),
    }
}

/// A block of zeros, or null.
#[inline]
pub(super) fn allocate_zeroed(layout: Layout) -> *mut u8 {
    let block = allocate(layout);
    // Pages come with zeros.
    if !block.is_null() && sizes::class(layout).is_some() {
        // SAFETY: invariant 36: the block is new, and so large.
        unsafe { block.write_bytes(0, layout.size()) };
    }
    block
}

/// # Safety
/// The block came from here, with that layout, and nobody uses it.
#[inline]
pub(super) unsafe fn free(block: *mut u8, layout: Layout) {
    // SAFETY: invariants 35 and 36, by the promise of the caller.
    unsafe {
        match sizes::class(layout) {
            Some(class) => shelf::with(|shelf| shelf.put(block, class)),
            None => pages::unmap(block, layout.size()),
        }
    }
}

/// The block with another size, maybe in another place; null if there is no memory, and the block is as it was.
///
/// # Safety
/// The block came from here, with that layout, and is used through the result only. The size may be one of a layout.
#[inline]
pub(super) unsafe fn resize(block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
    // SAFETY: invariants 35 and 36, by the promise of the caller.
    unsafe {
        let wanted = Layout::from_size_align_unchecked(size, layout.align());
        match (sizes::class(layout), sizes::class(wanted)) {
            (Some(from), Some(to)) if from == to => return block,
            (None, None) if layout.align() <= pages::PAGE => return pages::remap(block, layout.size(), size),
            _ => {}
        }
        let new = allocate(wanted);
        if !new.is_null() {
            new.copy_from_nonoverlapping(block, layout.size().min(size));
            free(block, layout);
        }
        new
    }
}

#[cfg(test)]
mod tests;
