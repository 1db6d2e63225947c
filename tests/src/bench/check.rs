//! `corona check` on a project of 10,000 modules that it has never seen: how long it takes, and how much memory. What an
//! edit costs once they are known is measured in `editor.rs`, on the same project.

use super::editor;
use super::measure::whole_run;
use super::peers::{self, Peer};
use corona_tests::TempDir;
use std::process::Command;
use std::sync::OnceLock;

/// What is measured.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    /// Milliseconds of a whole run.
    Time,
    /// Peak of the resident memory in MiB.
    Memory,
}

pub(super) fn measure(what: Check, peer: Peer) -> Result<f64, String> {
    static PROJECT: OnceLock<Result<TempDir, String>> = OnceLock::new();
    let command = peer.command("hello")?;
    let binary = command.first().ok_or("corona has no binary")?;
    let made = PROJECT.get_or_init(|| {
        let folder = TempDir::new("bench-check");
        editor::generate(binary, folder.path()).map(|()| folder)
    });
    let folder = made.as_ref().map_err(Clone::clone)?;
    let mut command = Command::new(peers::tool("start"));
    command.args([binary, "check", "--quiet", "."]).current_dir(folder.path());
    whole_run(command, if matches!(what, Check::Time) { "result" } else { "memory" })
}
