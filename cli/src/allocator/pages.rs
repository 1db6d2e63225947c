//! Memory from the kernel.

use rustix::mm::{Advice, MapFlags, MremapFlags, ProtFlags, madvise, mmap_anonymous, mremap, munmap};
use std::alloc::Layout;
use std::ptr;

pub(super) const PAGE: usize = 4096;
/// What the kernel can do with one entry of its tables, instead of 512.
pub(super) const HUGE_PAGE: usize = 2 << 20;

/// Zeros, or null. A mapping begins with a page; where more is asked for, what is before and behind goes back.
pub(super) fn map(layout: Layout) -> *mut u8 {
    let size = round(layout.size());
    let spare = if layout.align() > PAGE { layout.align() } else { 0 };
    let Some(total) = size.checked_add(spare) else { return ptr::null_mut() };
    let (protection, flags) = (ProtFlags::READ | ProtFlags::WRITE, MapFlags::PRIVATE);
    // SAFETY: invariant 35: the kernel chooses a place where nothing is.
    let Ok(start) = (unsafe { mmap_anonymous(ptr::null_mut(), total, protection, flags) }) else {
        return ptr::null_mut();
    };
    let start = start.cast::<u8>();
    let before = if spare == 0 { 0 } else { start.align_offset(spare) };
    // SAFETY: invariant 35: the three parts lie in the new mapping, and the first and the last are never used.
    unsafe {
        unmap(start, before);
        let block = start.add(before);
        unmap(block.add(size), spare - before);
        block
    }
}

/// Asks for huge pages, if there are some when it is populated: small ones are also cleared up one by one when the process
/// ends.
///
/// # Safety
/// It is a mapping of [`map`], of that size.
pub(super) unsafe fn prefer_huge(start: *mut u8, size: usize) {
    // SAFETY: invariant 35, by the promise of the caller.
    let _ = unsafe { madvise(start.cast(), size, Advice::LinuxHugepage) };
}

/// Has the kernel put memory under pages that are about to be used, all at once: each would be a fault of its own. Where it
/// does not know how, older than Linux 5.14, they will be.
///
/// # Safety
/// Whole pages, of a mapping of [`map`].
pub(super) unsafe fn populate(start: *mut u8, size: usize) {
    // SAFETY: invariant 35, by the promise of the caller. What the pages hold stays.
    let _ = unsafe { madvise(start.cast(), size, Advice::LinuxPopulateWrite) };
}

/// # Safety
/// The range is of a mapping of [`map`], and nobody uses it.
pub(super) unsafe fn unmap(start: *mut u8, size: usize) {
    let size = round(size);
    if size > 0 {
        // SAFETY: invariant 35, by the promise of the caller. Splitting a mapping may fail: the range then stays.
        let _ = unsafe { munmap(start.cast(), size) };
    }
}

/// Gives a mapping of whole pages another size, maybe in another place; null if that cannot be done.
///
/// # Safety
/// It is one of [`map`], of that size, and used through the result only.
pub(super) unsafe fn remap(start: *mut u8, from: usize, to: usize) -> *mut u8 {
    let (from, to) = (round(from), round(to));
    if from == to {
        return start;
    }
    // SAFETY: invariant 35, by the promise of the caller.
    let moved = unsafe { mremap(start.cast(), from, to, MremapFlags::MAYMOVE) };
    moved.map_or(ptr::null_mut(), <*mut _>::cast)
}

/// Sizes of layouts are so much below the largest number that this does not overflow.
fn round(size: usize) -> usize {
    size.next_multiple_of(PAGE)
}
