//! Runs a command to its end: input given, output collected and cut at a limit, the whole process group killed when the
//! time is over.

use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Output beyond this is cut: a program that prints without end must not fill the memory.
const OUTPUT_BYTES_MAX: u64 = 8 << 20;

/// What a command printed and how it ended.
pub struct Finished {
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Standard error.
    pub stderr: Vec<u8>,
    /// Nothing when it was killed because its time was over.
    pub status: Option<ExitStatus>,
}

impl Finished {
    /// Whether it exited with 0.
    pub fn is_success(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }

    /// `0`, another exit code, `signal 9` or `no end`.
    pub fn ending(&self) -> String {
        match self.status.map(|status| (status.code(), status.signal())) {
            Some((Some(code), _)) => code.to_string(),
            Some((None, signal)) => format!("signal {}", signal.unwrap_or(0)),
            None => "no end".to_owned(),
        }
    }
}

/// Starts it in a process group of its own, waits, and ends what it left running.
pub fn run(mut command: Command, input: String, limit: Duration) -> Result<Finished, String> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    let mut child = command.spawn().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    let group = child.id();
    let mut pipe = child.stdin.take().expect("piped");
    // A program that does not read must not hold up the runner; one that ended makes this fail, which is fine.
    thread::spawn(move || drop(pipe.write_all(input.as_bytes())));
    let stdout = read_in_background(child.stdout.take().expect("piped"));
    let stderr = read_in_background(child.stderr.take().expect("piped"));
    let status = wait(&mut child, limit);
    // Also when it ended by itself: what it left running would hold the pipes open.
    crate::kill_group(group);
    if status.is_none() {
        let _ = child.wait();
    }
    Ok(Finished { stdout: stdout.join().expect("reads only"), stderr: stderr.join().expect("reads only"), status })
}

fn read_in_background(pipe: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let mut pipe = pipe.take(OUTPUT_BYTES_MAX);
        let _ = pipe.read_to_end(&mut bytes);
        // Reads on, so that the program does not stop at a full pipe.
        let _ = std::io::copy(&mut pipe.into_inner(), &mut std::io::sink());
        bytes
    })
}

/// The status, or nothing when the time is over.
fn wait(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
    let end = Instant::now() + limit;
    let mut pause = Duration::from_millis(1);
    while Instant::now() < end {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
    None
}
