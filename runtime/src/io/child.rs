//! Child processes: started in the pool (no copy of this process is made, and the loop does not wait for the exec),
//! watched by a pidfd, always reaped.

mod collect;
mod hand;
mod search;
mod start;

#[cfg(test)]
pub(crate) use collect::Collected;
pub(crate) use collect::{Limits, collect};
pub(crate) use start::{Command, Stdio};

use crate::events::{self, Handler};
use crate::io::handle::Handle;
use crate::io::raw;
use crate::io::wait::Wakers;
use crate::op::{OpError, OpResult};
use crate::reactor::{self, Interest, Source, pool};
use std::cell::Cell;
use std::future::poll_fn;
use std::io;
use std::os::fd::OwnedFd;
use std::rc::Rc;
use std::task::Poll;

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Exited(i32),
    Signaled(i32),
}

impl Status {
    /// Exit code and signal, one of them absent.
    pub(crate) fn parts(self) -> (Option<i32>, Option<i32>) {
        match self {
            Status::Exited(code) => (Some(code), None),
            Status::Signaled(signal) => (None, Some(signal)),
        }
    }
}

/// A process that this one has started.
pub(crate) struct Child {
    pid: u32,
    pidfd: Source<OwnedFd>,
    status: Cell<Option<Status>>,
    ended: Wakers,
    /// While it runs and is not unreferenced, it keeps this process alive.
    hold: Cell<Option<reactor::Hold>>,
}

/// A started process, with our ends of its pipes.
pub(crate) struct Started {
    pub(crate) child: Rc<Child>,
    pub(crate) pipes: Vec<Option<Handle>>,
}

/// Starts `command`. Its end is noted, and the process reaped, whether somebody waits or not.
pub(crate) async fn spawn(command: Command) -> OpResult<Started> {
    let shown = command.file.clone();
    let job = pool::run(move || start::start(&command));
    let running = job.await.map_err(|error: io::Error| spawn_error(error, &shown))?;
    let start::Running { pid, pidfd, pipes } = running;
    let child = Rc::new(Child {
        pid,
        pidfd: Source::new(pidfd)?,
        status: Cell::new(None),
        ended: Wakers::default(),
        hold: Cell::new(Some(reactor::hold())),
    });
    reactor::spawn(watch(child.clone()));
    let pipes = pipes.into_iter().map(|pipe| pipe.map(Handle::pipe)).collect();
    Ok(Started { child, pipes })
}

/// `spawn foo ENOENT`, as Node writes it.
fn spawn_error(error: io::Error, file: &str) -> OpError {
    OpError::from(error).syscall("spawn").path(file)
}

async fn watch(child: Rc<Child>) {
    let waited = child.pidfd.io(Interest::Read, |pidfd| match raw::reap(pidfd)? {
        Some(status) => Ok(status),
        None => Err(io::ErrorKind::WouldBlock.into()),
    });
    // It fails if somebody else has reaped the process, which nothing in this program does.
    let status = waited.await.unwrap_or(Status::Exited(-1));
    child.status.set(Some(status));
    child.hold.take();
    child.ended.wake();
}

impl Child {
    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// How it ended, if it has.
    pub(crate) fn status(&self) -> Option<Status> {
        self.status.get()
    }

    /// Waits for the end.
    pub(crate) async fn wait(&self) -> Status {
        poll_fn(|cx| match self.status.get() {
            Some(status) => Poll::Ready(status),
            None => {
                self.ended.register(cx);
                Poll::Pending
            }
        })
        .await
    }

    /// Sends a signal; false if the process has ended. A process that took over the number is never hit.
    pub(crate) fn kill(&self, signal: i32) -> io::Result<bool> {
        if self.status.get().is_some() {
            return Ok(false);
        }
        match raw::signal_process(&self.pidfd, signal) {
            Ok(()) => Ok(true),
            Err(error) if error.raw_os_error() == Some(libc::ESRCH) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether it keeps this process alive while it runs.
    pub(crate) fn set_referenced(&self, referenced: bool) {
        let held = referenced && self.status.get().is_none();
        self.hold.set(held.then(reactor::hold));
    }

    /// Posts [`Handler::ChildExit`] with `id` when it has ended.
    pub(crate) fn post_exit(self: Rc<Self>, id: u32) {
        reactor::spawn(async move {
            self.wait().await;
            events::post(Handler::ChildExit, id, 0);
        });
    }
}
