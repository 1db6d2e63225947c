//! A handle on a running Corona program, for tests that talk to it: lines of its output, raw bytes over its sockets,
//! signals, the number of its descriptors. Everything has a time limit, and dropping the handle kills the whole group.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// How long any single step may take before the test fails.
const LIMIT: Duration = Duration::from_secs(30);

/// A started process.
pub struct Program {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
    /// What has been read, for the message of a failure.
    seen: Vec<String>,
}

/// How a process ended, with what nobody had read yet.
#[derive(Debug)]
pub struct Ended {
    /// The exit code, when it exited.
    pub code: Option<i32>,
    /// The signal, when one killed it.
    pub signal: Option<i32>,
    /// The rest of standard output.
    pub stdout: String,
    /// The rest of standard error.
    pub stderr: String,
}

impl Program {
    /// Starts `binary args…` in `folder`. `binary` is `env!("CARGO_BIN_EXE_corona")` in the tests of the package `corona`.
    pub fn start(binary: &str, folder: &Path, args: &[&str]) -> Self {
        let mut command = Command::new(binary);
        command.args(args).current_dir(folder).env("NO_COLOR", "1");
        Self::spawn(command)
    }

    /// Starts a command that the test has put together itself (limits, environment).
    pub fn spawn(command: Command) -> Self {
        Self::spawn_from(command, Stdio::piped())
    }

    /// The same with a descriptor of the test's as standard input: the way in for any that the program is to inherit.
    pub fn spawn_reading(command: Command, stdin: std::os::fd::OwnedFd) -> Self {
        Self::spawn_from(command, stdin.into())
    }

    fn spawn_from(mut command: Command, stdin: Stdio) -> Self {
        command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let stdout = lines_of(child.stdout.take().expect("piped"));
        let stderr = lines_of(child.stderr.take().expect("piped"));
        Program { stdin: child.stdin.take(), child, stdout, stderr, seen: Vec::new() }
    }

    /// The same with a pseudo-terminal as standard input, output and error, which `script` (bsdutils) makes. Both outputs
    /// come as standard output, with `\r` before each line's end.
    pub fn start_in_terminal(binary: &str, folder: &Path, args: &[&str]) -> Self {
        let quoted = std::iter::once(&binary).chain(args).map(|word| format!("'{}'", word.replace('\'', "'\\''")));
        let line = quoted.collect::<Vec<_>>().join(" ");
        let mut command = Command::new("script");
        command.args(["--quiet", "--return", "--flush", "--command", &line, "/dev/null"]).current_dir(folder);
        command.env_remove("NO_COLOR").env("TERM", "xterm-256color");
        Self::spawn(command)
    }

    /// Writes `source` into a fresh folder as `main.ts` and runs it.
    pub fn run_source(binary: &str, temp: &crate::TempDir, source: &str) -> Self {
        std::fs::write(temp.path().join("main.ts"), source).expect("the temporary folder can be written");
        Self::start(binary, temp.path(), &["run", "main.ts"])
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line of standard output, without its end.
    pub fn line(&mut self) -> String {
        self.line_within(LIMIT)
    }

    /// The next line of standard output, for a program that takes its time.
    pub fn line_within(&mut self, limit: Duration) -> String {
        match self.stdout.recv_timeout(limit) {
            Ok(line) => {
                self.seen.push(line.clone());
                line
            }
            Err(error) => self.fail(&format!("no further line on standard output ({error})")),
        }
    }

    /// Reads lines until one starts with `start`; the rest of that line.
    pub fn line_after(&mut self, start: &str) -> String {
        loop {
            if let Some(rest) = self.line().strip_prefix(start) {
                return rest.trim().to_owned();
            }
        }
    }

    /// The next line of standard error.
    pub fn error_line(&mut self) -> String {
        match self.stderr.recv_timeout(LIMIT) {
            Ok(line) => {
                self.seen.push(line.clone());
                line
            }
            Err(error) => self.fail(&format!("no further line on standard error ({error})")),
        }
    }

    /// Reads lines of standard error until one holds `text`; that line.
    pub fn error_line_with(&mut self, text: &str) -> String {
        loop {
            let line = self.error_line();
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Writes to standard input.
    pub fn send(&mut self, text: &str) {
        let pipe = self.stdin.as_mut().expect("standard input is open");
        pipe.write_all(text.as_bytes()).expect("the program reads its standard input");
    }

    /// Closes standard input.
    pub fn close_stdin(&mut self) {
        self.stdin = None;
    }

    /// Sends a signal by its short name: `TERM`, `QUIT`, `INT`.
    pub fn signal(&self, name: &str) {
        let command = format!("kill -{name} {}", self.id());
        let status = Command::new("sh").args(["-c", &command]).status().expect("sh exists");
        assert!(status.success(), "{command}");
    }

    /// How many descriptors it has open.
    pub fn descriptors(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.id())).map_or(0, Iterator::count)
    }

    /// Waits until the number of descriptors is `count` again: closing takes a turn of the loop.
    pub fn expect_descriptors(&mut self, count: usize) {
        let end = Instant::now() + Duration::from_secs(10);
        while self.descriptors() != count {
            if Instant::now() > end {
                self.fail(&format!("{} descriptors are open, expected {count}", self.descriptors()));
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Resident memory in bytes.
    pub fn resident_bytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0 kB");
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) * 1024
    }

    /// Whether it has not ended yet.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits for the end and gives back what was not read. Standard input is closed first.
    pub fn finish(mut self) -> Ended {
        match self.end_within(LIMIT) {
            Some(status) => self.ended(status),
            None => self.fail("does not end"),
        }
    }

    /// The same for a program that may well not end: `None` when it takes longer.
    pub fn finish_within(mut self, limit: Duration) -> Option<Ended> {
        self.end_within(limit).map(|status| self.ended(status))
    }

    fn end_within(&mut self, limit: Duration) -> Option<ExitStatus> {
        self.close_stdin();
        let end = Instant::now() + limit;
        loop {
            match self.child.try_wait().expect("a child can be waited for") {
                Some(status) => return Some(status),
                None if Instant::now() > end => return None,
                None => thread::sleep(Duration::from_millis(2)),
            }
        }
    }

    fn ended(&self, status: ExitStatus) -> Ended {
        crate::kill_group(self.id());
        let rest = |lines: &Receiver<String>| lines.iter().map(|line| line + "\n").collect::<String>();
        Ended { code: status.code(), signal: status.signal(), stdout: rest(&self.stdout), stderr: rest(&self.stderr) }
    }

    fn fail(&mut self, what: &str) -> ! {
        crate::kill_group(self.id());
        let seen = self.seen.join("\n");
        let out: Vec<String> = self.stdout.iter().collect();
        let err: Vec<String> = self.stderr.iter().collect();
        panic!("{what}\nseen:\n{seen}\nstdout:\n{}\nstderr:\n{}", out.join("\n"), err.join("\n"));
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        crate::kill_group(self.id());
        let _ = self.child.wait();
    }
}

fn lines_of(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

/// A raw connection with time limits.
pub fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("the program listens");
    stream.set_read_timeout(Some(LIMIT)).expect("a limit above zero");
    stream.set_write_timeout(Some(LIMIT)).expect("a limit above zero");
    stream
}

/// Sends bytes on a fresh connection and reads until the other side closes (or resets).
pub fn exchange(port: u16, bytes: &[u8]) -> String {
    let mut stream = connect(port);
    let _ = stream.write_all(bytes);
    read_all(&mut stream)
}

/// Reads until the other side closes.
pub fn read_all(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let mut buffer = [0; 16 << 10];
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        answer.extend_from_slice(&buffer[..count]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// Reads until `end` has come.
pub fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut answer = Vec::new();
    let mut byte = [0];
    while !answer.ends_with(end.as_bytes()) {
        match stream.read(&mut byte) {
            Ok(1) => answer.push(byte[0]),
            other => panic!("{other:?} before {end:?} came; so far: {}", String::from_utf8_lossy(&answer)),
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}
