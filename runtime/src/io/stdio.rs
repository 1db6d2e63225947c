//! The three descriptors that a process is born with. Other processes may share them, so `O_NONBLOCK` is never set on
//! them: pipes and terminals are opened anew where the kernel allows it, which gives a description of our own.
//!
//! Output is written at once as far as the reader takes it. What it does not take waits in memory, in order, and is
//! written by a task of the executor, or at exit.

pub(crate) mod tty;

use crate::io::handle::{Access, Fd, Handle, write_ready};
use crate::io::wait::Wakers;
use crate::io::{raw, signal};
use crate::reactor::{self, Interest, Source};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::future::poll_fn;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;

/// At exit a reader that takes nothing for this long is given up.
const FLUSH_PAUSE_MS_MAX: i32 = 600_000;

thread_local! {
    static OUTPUTS: [OnceCell<Rc<Output>>; 2] = const { [const { OnceCell::new() }; 2] };
    static INPUT: OnceCell<Rc<Handle>> = const { OnceCell::new() };
}

/// Standard input.
pub(crate) fn input() -> io::Result<Rc<Handle>> {
    INPUT.with(|input| match input.get() {
        Some(input) => Ok(input.clone()),
        None => {
            let (fd, access) = adopt(0, false)?;
            Ok(input.get_or_init(|| Rc::new(Handle::inherited(fd, access))).clone())
        }
    })
}

/// Standard output (1) or standard error (2).
pub(crate) fn output(number: u32) -> io::Result<Rc<Output>> {
    OUTPUTS.with(|outputs| {
        let slot = outputs.get((number as usize).wrapping_sub(1)).ok_or(io::Error::from_raw_os_error(libc::EBADF))?;
        match slot.get() {
            Some(output) => Ok(output.clone()),
            None => {
                let (fd, access) = adopt(number as i32, true)?;
                Ok(slot.get_or_init(|| Rc::new(Output::new(fd, access))).clone())
            }
        }
    })
}

/// Prints without waiting and without failing: what cannot be written (the reader has gone) is lost, as in Node.
pub(crate) fn print(number: u32, text: &[u8]) {
    if let Ok(output) = output(number) {
        let _ = output.push(text);
    }
}

/// Writes what still waits, and puts the terminal in order. Ends early when a reader has gone, and after ten minutes in
/// which it took nothing; a signal ends the process as if nobody had listened to it.
pub(crate) fn flush_at_exit() {
    signal::restore_all();
    OUTPUTS.with(|outputs| outputs.iter().filter_map(OnceCell::get).for_each(|output| output.flush()));
    tty::restore();
}

/// A descriptor to use in place of the standard one, and how: `None` for files and devices that never make one wait.
fn adopt(number: i32, writes: bool) -> io::Result<(OwnedFd, Option<Access>)> {
    let shared = File::from(raw::standard(number));
    let kind = shared.metadata()?.file_type();
    if kind.is_socket() {
        return Ok((shared.into(), Some(Access::SharedSocket)));
    }
    let can_wait = kind.is_fifo() || (kind.is_char_device() && tty::is_terminal(number));
    if !can_wait {
        return Ok((shared.into(), None));
    }
    // The master of a pseudo-terminal cannot be opened anew: that would make another one.
    if raw::is_terminal_master(&shared) {
        return Ok((shared.into(), Some(Access::SharedPipe)));
    }
    let reopened = OpenOptions::new()
        .read(!writes)
        .write(writes)
        .custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY)
        .open(format!("/proc/self/fd/{number}"));
    Ok(match reopened {
        Ok(own) => {
            // The number stays taken: a socket that got it would receive what others print.
            std::mem::forget(shared);
            (own.into(), Some(Access::Nonblocking))
        }
        Err(_) => (shared.into(), Some(Access::SharedPipe)),
    })
}

/// Standard output or standard error.
pub(crate) struct Output {
    fd: Fd,
    access: Option<Access>,
    /// Made when the reader first does not keep up.
    source: OnceCell<Source<Fd>>,
    waiting: RefCell<VecDeque<u8>>,
    /// How many bytes have ever been queued, and how many of these have been written.
    queued: Cell<u64>,
    written: Cell<u64>,
    /// Why nothing can be written any more.
    failed: Cell<Option<i32>>,
    progress: Wakers,
}

impl Output {
    fn new(fd: OwnedFd, access: Option<Access>) -> Output {
        Output {
            fd: Arc::new(File::from(fd)),
            access,
            source: OnceCell::new(),
            waiting: RefCell::default(),
            queued: Cell::new(0),
            written: Cell::new(0),
            failed: Cell::new(None),
            progress: Wakers::default(),
        }
    }

    /// Writes as much as is taken now, and queues the rest.
    pub(crate) fn push(self: &Rc<Self>, bytes: &[u8]) -> io::Result<()> {
        if let Some(errno) = self.failed.get() {
            return Err(io::Error::from_raw_os_error(errno));
        }
        let Some(access) = self.access else {
            return (&*self.fd).write_all(bytes);
        };
        let is_idle = self.waiting.borrow().is_empty();
        let mut done = 0;
        while is_idle && done < bytes.len() {
            match write_ready(&self.fd, access, &bytes[done..]) {
                Ok(count) => done += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => {
                    self.fail(&error);
                    return Err(error);
                }
            }
        }
        let rest = &bytes[done..];
        if !rest.is_empty() {
            self.queued.set(self.queued.get() + rest.len() as u64);
            self.waiting.borrow_mut().extend(rest);
            if is_idle {
                reactor::spawn(drain(self.clone()));
            }
        }
        Ok(())
    }

    /// Writes `bytes` after everything that was printed before, and waits until the reader has taken them.
    pub(crate) async fn write(self: Rc<Self>, bytes: Vec<u8>) -> io::Result<()> {
        self.push(&bytes)?;
        let target = self.queued.get();
        poll_fn(|cx| match self.failed.get() {
            _ if self.written.get() >= target => Poll::Ready(Ok(())),
            Some(errno) => Poll::Ready(Err(io::Error::from_raw_os_error(errno))),
            None => {
                self.progress.register(cx);
                Poll::Pending
            }
        })
        .await
    }

    fn write_some(&self, access: Access) -> io::Result<()> {
        let mut waiting = self.waiting.borrow_mut();
        let count = write_ready(&self.fd, access, waiting.as_slices().0)?;
        waiting.drain(..count);
        self.written.set(self.written.get() + count as u64);
        Ok(())
    }

    fn fail(&self, error: &io::Error) {
        self.failed.set(Some(error.raw_os_error().unwrap_or(libc::EIO)));
        self.waiting.take();
        self.progress.wake();
    }

    /// Writes everything, waiting in poll(2): nothing else runs any more.
    fn flush(&self) {
        let Some(access) = self.access else { return };
        while !self.waiting.borrow().is_empty() {
            match self.write_some(access) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    match raw::poll(&self.fd, libc::POLLOUT, FLUSH_PAUSE_MS_MAX) {
                        Ok(0) => return,
                        Ok(_) => {}
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        Err(_) => return,
                    }
                }
                Err(_) => return,
            }
        }
    }
}

/// Writes what waits, as the reader takes it.
async fn drain(output: Rc<Output>) {
    let Some(access) = output.access else { return };
    if output.source.get().is_none() {
        match Source::new(output.fd.clone()) {
            Ok(source) => drop(output.source.set(source)),
            Err(error) => return output.fail(&error),
        }
    }
    let Some(source) = output.source.get() else { return };
    while !output.waiting.borrow().is_empty() {
        if let Err(error) = source.io(Interest::Write, |_| output.write_some(access)).await {
            return output.fail(&error);
        }
        output.progress.wake();
    }
}
