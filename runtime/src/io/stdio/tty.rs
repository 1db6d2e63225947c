//! Terminals: what they are, how large, and raw mode, which is undone however the process ends.

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::RawFd;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// The terminal's mode before this process changed it; leaked, so that a signal handler may read it at any time.
static ORIGINAL: AtomicPtr<(RawFd, libc::termios)> = AtomicPtr::new(ptr::null_mut());

/// Whether the descriptor is a terminal.
pub(crate) fn is_terminal(fd: RawFd) -> bool {
    // SAFETY: invariant 30 (no pointers).
    unsafe { libc::isatty(fd) == 1 }
}

/// Columns and rows.
pub(crate) fn size(fd: RawFd) -> Option<(u32, u32)> {
    // SAFETY: invariant 30 (zero is a value of this structure, and the call fills it).
    let size = unsafe {
        let mut size: libc::winsize = std::mem::zeroed();
        if libc::ioctl(fd, libc::TIOCGWINSZ, &mut size) != 0 {
            return None;
        }
        size
    };
    Some((u32::from(size.ws_col), u32::from(size.ws_row)))
}

/// Turns raw mode on (every key at once, no echo) or puts the former mode back.
pub(crate) fn set_raw(fd: RawFd, raw: bool) -> io::Result<()> {
    if !raw {
        restore();
        return Ok(());
    }
    let found = mode(fd)?;
    if !is_raw() {
        ORIGINAL.store(Box::leak(Box::new((fd, found))), Ordering::SeqCst);
        super::super::signal::guard_terminal()?;
    }
    let mut wanted = found;
    // As libuv does it: output is still processed, so that "\n" begins a new line.
    wanted.c_iflag &= !(libc::BRKINT | libc::ICRNL | libc::INPCK | libc::ISTRIP | libc::IXON);
    wanted.c_oflag |= libc::ONLCR;
    wanted.c_cflag |= libc::CS8;
    wanted.c_lflag &= !(libc::ECHO | libc::ICANON | libc::IEXTEN | libc::ISIG);
    wanted.c_cc[libc::VMIN] = 1;
    wanted.c_cc[libc::VTIME] = 0;
    // SAFETY: invariant 30 (a complete structure).
    super::super::raw::check(unsafe { libc::tcsetattr(fd, libc::TCSADRAIN, &wanted) })?;
    Ok(())
}

/// Whether raw mode is on.
pub(crate) fn is_raw() -> bool {
    !ORIGINAL.load(Ordering::SeqCst).is_null()
}

/// Puts the terminal's mode back, if it was changed. Safe in a signal handler.
pub(crate) fn restore() {
    let original = ORIGINAL.swap(ptr::null_mut(), Ordering::SeqCst);
    // SAFETY: invariants 30 and 32 (the pointer is null or leaked by `set_raw`; tcsetattr(3) is signal-safe).
    unsafe {
        if let Some((fd, mode)) = original.as_ref() {
            libc::tcsetattr(*fd, libc::TCSANOW, mode);
        }
    }
}

fn mode(fd: RawFd) -> io::Result<libc::termios> {
    let mut mode = MaybeUninit::uninit();
    // SAFETY: invariant 30 (room for the structure, which the call fills unless it fails).
    unsafe {
        super::super::raw::check(libc::tcgetattr(fd, mode.as_mut_ptr()))?;
        Ok(mode.assume_init())
    }
}
