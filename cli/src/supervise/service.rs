//! One process of the service: started in a group of its own, talked to over a socket, ended with all that it started.

use corona_std::handover::{Answer, PACKET_MAX, Said, VARIABLE};
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::net::{
    AddressFamily, SendAncillaryBuffer, SendAncillaryMessage, SendFlags, SocketFlags, SocketType, sendmsg, socketpair,
};
use rustix::process::{
    Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, pidfd_open, waitid,
};
use std::ffi::OsString;
use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixDatagram;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Instant;

/// What to start.
pub(crate) struct Program {
    pub(crate) binary: PathBuf,
    /// The working directory, by name: it may have been replaced since the supervisor was started.
    pub(crate) folder: PathBuf,
    pub(crate) arguments: Vec<OsString>,
}

/// How far a process has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// It compiles.
    Loading,
    /// It is compiled, and waits for the one that it replaces to end.
    Waiting,
    /// It runs.
    Running,
    /// It has been told to end.
    Ending,
}

pub(crate) struct Service {
    pub(crate) id: u64,
    pub(crate) slot: usize,
    pub(crate) generation: u64,
    pub(crate) phase: Phase,
    pub(crate) started: Instant,
    /// When to end it by force.
    pub(crate) kill_at: Option<Instant>,
    /// When it counts as come up although it says nothing.
    pub(crate) settled_at: Option<Instant>,
    child: Child,
    pid: Pid,
    pidfd: OwnedFd,
    control: UnixDatagram,
}

impl Service {
    pub(crate) fn start(program: &Program, id: u64, slot: usize, generation: u64) -> io::Result<Service> {
        let flags = SocketFlags::CLOEXEC;
        let (ours, theirs) = socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, flags, None)?;
        let control = UnixDatagram::from(ours);
        control.set_nonblocking(true)?;
        // No other thread starts processes: nobody else inherits it.
        fcntl_setfd(&theirs, FdFlags::empty())?;
        let mut command = Command::new(&program.binary);
        command.args(&program.arguments).stdin(Stdio::null()).process_group(0);
        if program.folder.is_dir() {
            command.current_dir(&program.folder);
        }
        command.env(VARIABLE, format!("{}:{}", std::process::id(), theirs.as_raw_fd()));
        for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] {
            command.env_remove(name);
        }
        let mut child = command.spawn()?;
        let pid = Pid::from_child(&child);
        let pidfd = match pidfd_open(pid, PidfdFlags::empty()) {
            Ok(pidfd) => pidfd,
            Err(error) => {
                let _ = child.kill().and_then(|()| child.wait());
                return Err(error.into());
            }
        };
        let (phase, started) = (Phase::Loading, Instant::now());
        let (kill_at, settled_at) = (None, None);
        Ok(Service { id, slot, generation, phase, started, kill_at, settled_at, child, pid, pidfd, control })
    }

    /// Readable when it has ended.
    pub(crate) fn end(&self) -> BorrowedFd<'_> {
        self.pidfd.as_fd()
    }

    /// Readable when it has said something.
    pub(crate) fn control(&self) -> BorrowedFd<'_> {
        self.control.as_fd()
    }

    /// What it has said since the last time.
    pub(crate) fn listen(&self) -> Vec<Said> {
        let mut all = Vec::new();
        let mut packet = vec![0; PACKET_MAX];
        while let Ok(count @ 1..) = self.control.recv(&mut packet) {
            all.extend(Said::decode(&packet[..count]));
        }
        all
    }

    /// Answers; one that has ended needs no answer.
    pub(crate) fn answer(&self, answer: Answer, descriptor: Option<BorrowedFd<'_>>) {
        let packet = answer.encode();
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        let descriptors = descriptor.into_iter().collect::<Vec<_>>();
        if !descriptors.is_empty() {
            control.push(SendAncillaryMessage::ScmRights(&descriptors));
        }
        let _ = sendmsg(&self.control, &[IoSlice::new(&packet)], &mut control, SendFlags::NOSIGNAL);
    }

    /// Signals the process itself, which is not reaped yet: the number is its own.
    pub(crate) fn signal(&self, signal: Signal) {
        let _ = kill_process(self.pid, signal);
    }

    /// Ends it and everything that it has started in its group.
    pub(crate) fn kill(&self) {
        let _ = kill_process_group(self.pid, Signal::KILL);
    }

    /// How it ended, once it has. What it left running ends too: while it is not reaped, its number and that of its
    /// group can mean nobody else.
    pub(crate) fn try_end(&mut self) -> Option<Ended> {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        if let Ok(None) = waitid(WaitId::PidFd(self.pidfd.as_fd()), options) {
            return None;
        }
        self.kill();
        Some(Ended(self.child.wait().unwrap_or_default()))
    }
}

/// Whoever gives it up without having seen its end, ends it.
impl Drop for Service {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.kill();
            let _ = self.child.wait();
        }
    }
}

/// How a process ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ended(ExitStatus);

impl Ended {
    pub(crate) fn is_success(self) -> bool {
        self.0.success()
    }

    /// As a shell has it.
    pub(crate) fn code(self) -> u8 {
        let code = self.0.code().or_else(|| self.0.signal().map(|signal| 128 + signal));
        code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
    }
}

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.0.code(), self.0.signal()) {
            (Some(code), _) => write!(f, "exit code {code}"),
            (None, Some(signal)) => write!(f, "signal {signal}"),
            (None, None) => f.write_str("unknown status"),
        }
    }
}
