//! Runs one case and compares what came out.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::case::Run;
use super::{diff, pattern};
use crate::TempDir;
use crate::command::{self, Finished};

/// Runs; compares with the files beside the program, or rewrites those that no longer fit.
pub(super) fn check(binary: &Path, run: &Run, bless: bool) -> Result<(), String> {
    let temp = TempDir::new("spec");
    let (mut stdout, mut stderr, mut exit) = (Vec::new(), Vec::new(), String::new());
    for step in &run.steps {
        let output = execute(binary, run, step, temp.path())?;
        stdout.extend_from_slice(&output.stdout);
        stderr.extend_from_slice(&output.stderr);
        // An exit code of 0 is written as no file.
        exit = if output.is_success() {
            String::new()
        } else {
            format!(
                "{}
",
                output.ending()
            )
        };
        if !exit.is_empty() {
            break;
        }
    }
    let clean = |bytes: &[u8]| clean(&String::from_utf8_lossy(bytes), run, temp.path());
    let actual = [("stdout", clean(&stdout)), ("stderr", clean(&stderr)), ("exit", exit)];
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
    let lines = run.steps.iter().map(|step| format!("$ corona {}\n", step.join(" ")));
    if report.is_empty() { Ok(()) } else { Err(lines.collect::<String>() + &report) }
}

fn execute(binary: &Path, run: &Run, step: &[String], temp: &Path) -> Result<Finished, String> {
    let limit = Duration::from_secs(run.timeout_seconds);
    let input = run.config.stdin.clone().unwrap_or_default();
    let finished = command::run(command(binary, run, step, temp), input, limit)?;
    if finished.status.is_some() {
        return Ok(finished);
    }
    Err(format!(
        "$ corona {}\nkilled after {} s\nstdout so far:\n{}\nstderr so far:\n{}",
        step.join(" "),
        run.timeout_seconds,
        String::from_utf8_lossy(&finished.stdout),
        String::from_utf8_lossy(&finished.stderr),
    ))
}

/// The command of a step, in which `[TMP]` and `[CASE]` are folders as they are in the output.
fn command(binary: &Path, run: &Run, step: &[String], temp: &Path) -> Command {
    let places = [("[TMP]", temp), ("[CASE]", &run.folder)];
    let fill = |word: &String| {
        places.iter().fold(word.clone(), |word, (name, path)| word.replace(name, &path.to_string_lossy()))
    };
    let words: Vec<String> = step.iter().map(fill).collect();
    let mut command = match words.first().and_then(|word| word.strip_prefix('$')) {
        Some(program) => {
            let mut command = Command::new(program);
            command.args(&words[1..]);
            command
        }
        None => {
            let mut command = Command::new(binary);
            command.args(&words);
            command
        }
    };
    command.current_dir(run.folder.join(run.config.cwd.as_deref().unwrap_or("")));
    // The same environment on every machine, whatever the developer has set.
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs([("NO_COLOR", "1"), ("LANG", "C.UTF-8"), ("TZ", "UTC")]);
    command.env("HOME", temp).env("TMPDIR", temp).envs(&run.config.env);
    command
}

/// Replaces what differs between machines by the placeholder that stands for it.
fn clean(text: &str, run: &Run, temp: &Path) -> String {
    let folder = run.folder.canonicalize().unwrap_or_else(|_| run.folder.clone());
    let places = [(temp.to_owned(), "[TMP]"), (folder, "[CASE]"), (crate::root(), "[ROOT]")];
    places.iter().fold(text.to_owned(), |text, (path, name)| text.replace(&*path.to_string_lossy(), name))
}
