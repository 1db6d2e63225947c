//! Runs one case and compares what came out. The process gets a group of its own, which ends with it or at the time limit.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::case::Run;
use super::{diff, pattern};
use crate::TempDir;

/// Output beyond this is cut: a program that prints without end must not fill the memory.
const OUTPUT_BYTES_MAX: u64 = 8 << 20;

/// Runs; compares with the files beside the program, or rewrites those that no longer fit.
pub(super) fn check(binary: &Path, run: &Run, bless: bool) -> Result<(), String> {
    let temp = TempDir::new("spec");
    let output = execute(binary, run, temp.path())?;
    let clean = |bytes: &[u8]| clean(&String::from_utf8_lossy(bytes), run, temp.path());
    let actual = [("stdout", clean(&output.stdout)), ("stderr", clean(&output.stderr)), ("exit", output.exit)];
    let mut report = String::new();
    for (name, actual) in &actual {
        let path = run.folder.join(name);
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if pattern::matches(&expected, actual) {
            continue;
        }
        if bless && !run.is_variant {
            let written = if actual.is_empty() { fs::remove_file(&path) } else { fs::write(&path, actual) };
            written.map_err(|error| format!("{}: {error}", path.display()))?;
        } else {
            report += &format!("{name} differs (- expected, + actual):\n{}", diff::lines(&expected, actual));
        }
    }
    if report.is_empty() { Ok(()) } else { Err(format!("$ corona {}\n{report}", run.args.join(" "))) }
}

struct Output {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    /// Empty for success, otherwise the code or signal, with a line end as in the file.
    exit: String,
}

fn execute(binary: &Path, run: &Run, temp: &Path) -> Result<Output, String> {
    let mut child = command(binary, run, temp).spawn().map_err(|error| format!("{}: {error}", binary.display()))?;
    let group = child.id();
    let mut input = child.stdin.take().expect("piped");
    let text = run.config.stdin.clone().unwrap_or_default();
    // A program that does not read must not hold up the runner; one that ended makes this fail, which is fine.
    thread::spawn(move || drop(input.write_all(text.as_bytes())));
    let stdout = read_in_background(child.stdout.take().expect("piped"));
    let stderr = read_in_background(child.stderr.take().expect("piped"));
    let status = wait(&mut child, Duration::from_secs(run.timeout_seconds));
    // Also when it ended by itself: what it left running would hold the pipes open.
    crate::kill_group(group);
    let (stdout, stderr) = (stdout.join().expect("reads only"), stderr.join().expect("reads only"));
    let Some(status) = status else {
        let _ = child.wait();
        return Err(format!(
            "$ corona {}\nkilled after {} s\nstdout so far:\n{}\nstderr so far:\n{}",
            run.args.join(" "),
            run.timeout_seconds,
            String::from_utf8_lossy(&stdout),
            String::from_utf8_lossy(&stderr),
        ));
    };
    Ok(Output { stdout, stderr, exit: describe(status) })
}

fn command(binary: &Path, run: &Run, temp: &Path) -> Command {
    let mut command = Command::new(binary);
    command.args(&run.args).current_dir(run.folder.join(run.config.cwd.as_deref().unwrap_or("")));
    // The same environment on every machine, whatever the developer has set.
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs([("NO_COLOR", "1"), ("LANG", "C.UTF-8"), ("TZ", "UTC")]);
    command.env("HOME", temp).env("TMPDIR", temp).envs(&run.config.env);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    command
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

fn describe(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(0), _) => String::new(),
        (Some(code), _) => format!("{code}\n"),
        (None, signal) => format!("signal {}\n", signal.unwrap_or(0)),
    }
}

/// Replaces what differs between machines by the placeholder that stands for it.
fn clean(text: &str, run: &Run, temp: &Path) -> String {
    let folder = run.folder.canonicalize().unwrap_or_else(|_| run.folder.clone());
    let places = [(temp.to_owned(), "[TMP]"), (folder, "[CASE]"), (crate::root(), "[ROOT]")];
    places.iter().fold(text.to_owned(), |text, (path, name)| text.replace(&*path.to_string_lossy(), name))
}
