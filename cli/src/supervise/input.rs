//! Lines typed at the terminal.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::read;
use rustix::process::getpgrp;
use rustix::termios::tcgetpgrp;
use std::io::{Stdin, stdin};
use std::os::fd::{AsFd, BorrowedFd};
use std::time::{Duration, Instant};

/// How often a supervisor in the background looks whether it has become the foreground.
const FOREGROUND_EVERY: Duration = Duration::from_secs(1);
/// A line longer than this is none for us.
const LINE_MAX: usize = 1024;

/// Standard input, a line at a time, without ever waiting for one.
pub(crate) struct Input {
    stdin: Stdin,
    is_terminal: bool,
    is_open: bool,
    line: Vec<u8>,
}

impl Input {
    pub(crate) fn new(is_terminal: bool) -> Input {
        Input { stdin: stdin(), is_terminal, is_open: true, line: Vec::new() }
    }

    /// Who reads from a terminal in the background is stopped.
    fn is_ours(&self) -> bool {
        !self.is_terminal || tcgetpgrp(&self.stdin).is_ok_and(|group| group == getpgrp())
    }

    pub(crate) fn bell(&self) -> Option<BorrowedFd<'_>> {
        (self.is_open && self.is_ours()).then(|| self.stdin.as_fd())
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        (self.is_open && !self.is_ours()).then(|| Instant::now() + FOREGROUND_EVERY)
    }

    /// The lines that have been completed.
    pub(crate) fn lines(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut piece = [0; LINE_MAX];
        while self.is_open && self.is_ours() && self.is_readable() {
            let count = match read(&self.stdin, &mut piece) {
                Ok(count) => count,
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => break,
                Err(_) => 0,
            };
            self.is_open = count > 0;
            for byte in &piece[..count] {
                if *byte == b'\n' {
                    lines.push(String::from_utf8_lossy(&self.line).into_owned());
                    self.line.clear();
                } else if self.line.len() < LINE_MAX {
                    self.line.push(*byte);
                }
            }
        }
        lines
    }

    fn is_readable(&self) -> bool {
        let mut entry = [PollFd::new(&self.stdin, PollFlags::IN)];
        matches!(poll(&mut entry, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })), Ok(1..))
    }
}
