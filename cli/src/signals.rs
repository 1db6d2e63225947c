//! Signals: to the supervisor, noted when they arrive and taken in turn; to a build, which ends but leaves nothing half
//! done. The only file that names signal_hook.

use rustix::process::Signal;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
use signal_hook::{flag, low_level::pipe};
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// In the order in which they are answered.
const HANDLED: [(i32, Signal); 4] =
    [(SIGINT, Signal::INT), (SIGTERM, Signal::TERM), (SIGQUIT, Signal::QUIT), (SIGHUP, Signal::HUP)];

pub(crate) struct Signals {
    arrived: Vec<(Signal, Arc<AtomicBool>)>,
    bell: UnixStream,
}

impl Signals {
    /// From now on they do nothing by themselves.
    pub(crate) fn catch() -> io::Result<Signals> {
        let (bell, rope) = UnixStream::pair()?;
        bell.set_nonblocking(true)?;
        let mut arrived = Vec::new();
        for (number, signal) in HANDLED {
            let noted = Arc::new(AtomicBool::new(false));
            flag::register(number, Arc::clone(&noted))?;
            pipe::register(number, rope.try_clone()?)?; // after the flag: the bell rings when it is set
            arrived.push((signal, noted));
        }
        Ok(Signals { arrived, bell })
    }

    /// Readable when [`Signals::take`] has something to give.
    pub(crate) fn bell(&self) -> BorrowedFd<'_> {
        self.bell.as_fd()
    }

    pub(crate) fn take(&self) -> Vec<Signal> {
        let mut rung = [0; 64];
        while matches!((&self.bell).read(&mut rung), Ok(count) if count == rung.len()) {}
        let noted = self.arrived.iter().filter(|(_, noted)| noted.swap(false, Ordering::SeqCst));
        noted.map(|(signal, _)| *signal).collect()
    }
}

/// Ctrl-C and SIGTERM end the process at once, with the exit code that a shell would give it; except while something is
/// done that must not be left half done.
pub(crate) struct Interruption {
    at_once: Arc<AtomicBool>,
    /// The number of the last one.
    arrived: Arc<AtomicUsize>,
}

impl Interruption {
    pub(crate) fn catch() -> io::Result<Interruption> {
        let it = Interruption { at_once: Arc::new(AtomicBool::new(true)), arrived: Arc::default() };
        for number in [SIGINT, SIGTERM] {
            flag::register_conditional_shutdown(number, 128 + number, Arc::clone(&it.at_once))?;
            flag::register_usize(number, Arc::clone(&it.arrived), number as usize)?;
        }
        // A file that grows beyond the limit is an error where it is written, and no sudden end.
        flag::register(SIGXFSZ, Arc::default())?;
        Ok(it)
    }

    /// Whether the work that holds the end off should be given up.
    pub(crate) fn has_come(&self) -> bool {
        self.arrived.load(Ordering::Relaxed) != 0
    }

    /// Does `work`, and ends after it if that was asked for meanwhile.
    pub(crate) fn hold_off<T>(&self, work: impl FnOnce() -> T) -> T {
        self.at_once.store(false, Ordering::SeqCst);
        let result = work();
        self.at_once.store(true, Ordering::SeqCst);
        match i32::try_from(self.arrived.load(Ordering::SeqCst)) {
            Ok(0) | Err(_) => result,
            Ok(number) => std::process::exit(128 + number),
        }
    }
}
