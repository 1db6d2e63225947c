//! `corona check` on a project of 10,000 modules that it has never seen: how long it takes, and how much memory; and
//! what `corona check --watch` needs for an edit. What an editor waits for is measured in `editor.rs`, on the same project.

use super::editor;
use super::measure::whole_run;
use super::peers::{self, Peer};
use corona_tests::TempDir;
use corona_tests::program::Program;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

/// What is measured.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    /// Milliseconds of a whole run.
    Time,
    /// Peak of the resident memory in MiB.
    Memory,
    /// Milliseconds that it takes to look at a project again in which one line of a module has changed, as it says.
    Edit,
}

const EDITS: usize = 15;

pub(super) fn measure(what: Check, peer: Peer) -> Result<f64, String> {
    static PROJECT: OnceLock<Result<TempDir, String>> = OnceLock::new();
    let command = peer.command("hello")?;
    let binary = command.first().ok_or("corona has no binary")?;
    let made = PROJECT.get_or_init(|| {
        let folder = TempDir::new("bench-check");
        editor::generate(binary, folder.path()).map(|()| folder)
    });
    let folder = made.as_ref().map_err(Clone::clone)?;
    if matches!(what, Check::Edit) {
        return edit(binary, folder.path());
    }
    let mut command = Command::new(peers::tool("start"));
    command.args([binary, "check", "--quiet", "."]).current_dir(folder.path());
    whole_run(command, if matches!(what, Check::Time) { "result" } else { "memory" })
}

fn edit(binary: &str, folder: &Path) -> Result<f64, String> {
    let module = folder.join("src/area50/module7.ts");
    let text = std::fs::read_to_string(&module).map_err(|error| format!("{}: {error}", module.display()))?;
    let (line, by) = ("let sum = shared.size * weight;", "let sum = shared.size * weight *");
    if !text.contains(line) {
        return Err(format!("there is no `{line}` in {}", module.display()));
    }
    let mut program = Program::start(binary, folder, &["check", "--watch", "."]);
    let mut looked = || time(&program.error_line_with("looked in"));
    looked()?;
    let mut times = Vec::new();
    for round in 0..EDITS {
        let edited = text.replace(line, &format!("{by} {round};"));
        let new = folder.join(".edited");
        std::fs::write(&new, edited)
            .and_then(|()| std::fs::rename(&new, &module))
            .map_err(|error| error.to_string())?;
        times.push(looked()?);
    }
    std::fs::write(&module, text).map_err(|error| error.to_string())?;
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}

/// Of `looked in 12 ms, …`.
fn time(line: &str) -> Result<f64, String> {
    let said = line.split("looked in ").nth(1).and_then(|rest| rest.split_once([' ']));
    let (number, unit) = said.ok_or_else(|| format!("no time in: {line}"))?;
    let number: f64 = number.parse().map_err(|error| format!("{line}: {error}"))?;
    Ok(if unit.starts_with("ms") { number } else { number * 1000.0 })
}
