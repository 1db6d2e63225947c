//! A line on the terminal while a build takes its time. Most are over before it appears.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const QUIET: Duration = Duration::from_millis(400);
const STEP: Duration = Duration::from_millis(200);

/// Shown until it is dropped.
pub(super) struct Progress {
    thread: Option<(Sender<()>, JoinHandle<()>)>,
}

/// Starts to count, unless nobody looks.
pub(super) fn start(quiet: bool) -> Progress {
    if quiet || !std::io::stderr().is_terminal() {
        return Progress { thread: None };
    }
    let (sender, receiver) = mpsc::channel::<()>();
    let start = Instant::now();
    let thread = std::thread::spawn(move || {
        let mut pause = QUIET;
        let mut shown = false;
        while receiver.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
            show(&format!("\r\x1b[2Kbuilding … {:.1} s", start.elapsed().as_secs_f64()));
            (pause, shown) = (STEP, true);
        }
        if shown {
            show("\r\x1b[2K");
        }
    });
    Progress { thread: Some((sender, thread)) }
}

fn show(text: &str) {
    let mut output = std::io::stderr();
    let _ = output.write_all(text.as_bytes()).and_then(|()| output.flush());
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.thread.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
}
