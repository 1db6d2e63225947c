//! Where Rust's memory comes from. `corona build` and `corona check` allocate millions of small blocks and then end: they
//! have an allocator that is made for that. Everything else has the system's: programs that run for long want their memory
//! back.

mod blocks;
mod pages;
mod shelf;
mod sizes;
mod stock;

use rustix::fs::{Mode, OFlags};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU8, Ordering};

#[global_allocator]
static ALLOCATOR: Chosen = Chosen;

/// One of the two, for the whole life of the process.
struct Chosen;

/// Which one; decided by the first allocation.
static CHOICE: AtomicU8 = AtomicU8::new(OPEN);
const OPEN: u8 = 0;
const SYSTEM: u8 = 1;
const BLOCKS: u8 = 2;

/// How much of the command line is looked at.
const COMMAND_LINE_BYTES: usize = 4096;

impl Chosen {
    #[inline]
    fn is_blocks() -> bool {
        match CHOICE.load(Ordering::Relaxed) {
            OPEN => decide() == BLOCKS,
            choice => choice == BLOCKS,
        }
    }
}

// SAFETY: invariant 34: the choice never changes, so all of a block's life is with the one that was chosen, and either
// keeps the contract of this trait.
unsafe impl GlobalAlloc for Chosen {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if Chosen::is_blocks() {
            return blocks::allocate(layout);
        }
        // SAFETY: invariant 34, and what the caller promises.
        unsafe { System.alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if Chosen::is_blocks() {
            return blocks::allocate_zeroed(layout);
        }
        // SAFETY: invariant 34, and what the caller promises.
        unsafe { System.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: invariant 34, and what the caller promises.
        unsafe { if Chosen::is_blocks() { blocks::free(block, layout) } else { System.dealloc(block, layout) } }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: invariant 34, and what the caller promises.
        unsafe {
            if Chosen::is_blocks() { blocks::resize(block, layout, size) } else { System.realloc(block, layout, size) }
        }
    }
}

/// Decides, unless another thread was faster.
#[cold]
fn decide() -> u8 {
    let choice = if is_short(command_line(&mut [0; COMMAND_LINE_BYTES])) { BLOCKS } else { SYSTEM };
    match CHOICE.compare_exchange(OPEN, choice, Ordering::Relaxed, Ordering::Relaxed) {
        Ok(_) => choice,
        Err(decided) => decided,
    }
}

/// The words of the command line, each with a zero after it. Nothing here may allocate, which keeps `std::env` out.
fn command_line(buffer: &mut [u8]) -> &[u8] {
    let read = |buffer: &mut [u8]| {
        let file = rustix::fs::open(c"/proc/self/cmdline", OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
        rustix::io::read(file, buffer)
    };
    let length = read(buffer).unwrap_or(0);
    &buffer[..length]
}

/// Whether the first argument is a command that compiles and ends. A program that was made by `--compile` may be called
/// like that too: it then takes more memory, nothing else.
fn is_short(command_line: &[u8]) -> bool {
    let command = command_line.split_inclusive(|byte| *byte == 0).nth(1);
    command.is_some_and(|command| [&b"build\0"[..], b"check\0", b"lint\0"].contains(&command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_commands_that_end_have_their_own_allocator() {
        for line in [&b"corona\0build\0a.js\0"[..], b"corona\0build\0", b"corona\0check\0", b"corona\0lint\0src\0"] {
            assert!(is_short(line));
        }
        for line in [&b""[..], b"corona\0", b"corona\0run\0build\0", b"corona\0build", b"build\0", b"a\0builds\0"] {
            assert!(!is_short(line));
        }
        let read = command_line(&mut [0; COMMAND_LINE_BYTES]).to_owned();
        let program = std::env::args_os().next().unwrap();
        assert!(read.starts_with(program.as_encoded_bytes()));
    }

    #[test]
    fn the_choice_is_made_once() {
        drop(Box::new(1));
        let choice = CHOICE.load(Ordering::Relaxed);
        assert_ne!(choice, OPEN, "something was allocated");
        assert_eq!(decide(), choice);
        assert_eq!(CHOICE.load(Ordering::Relaxed), choice);
    }
}
