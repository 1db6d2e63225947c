//! Signals to the supervisor: noted when they arrive, taken in turn. The only file that names signal_hook.

use rustix::process::Signal;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::{flag, low_level::pipe};
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
