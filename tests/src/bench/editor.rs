//! `corona lsp` in a workspace of 10,000 modules: how long until the first diagnostics, how long from an edit to the
//! diagnostics of it, and how much memory that takes. One session is replayed for all figures.

use super::peers::Peer;
use corona_tests::TempDir;
use corona_tests::lsp::{Client, uri};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What is measured.
#[derive(Clone, Copy)]
pub(crate) enum Editor {
    /// Milliseconds from the start of the server to the first diagnostics.
    Start,
    /// Milliseconds from an edit to its diagnostics: the percentile.
    Edit(usize),
    /// Peak of the resident memory in MiB.
    Memory,
}

const MODULES: usize = 10_000;
const EDITS: usize = 100;
/// Edited in turn: one that all others stand on, one in the middle, one that nobody imports.
const EDITED: &[&str] = &["src/area0/module0.ts", "src/area50/module0.ts", "src/area99/module99.ts"];

struct Session {
    start: Duration,
    /// Sorted.
    edits: Vec<Duration>,
    memory_bytes: u64,
}

pub(super) fn measure(what: Editor, peer: Peer) -> Result<f64, String> {
    static SESSION: OnceLock<Result<Session, String>> = OnceLock::new();
    let session = SESSION.get_or_init(|| replay(peer)).as_ref().map_err(Clone::clone)?;
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    Ok(match what {
        Editor::Start => milliseconds(session.start),
        Editor::Edit(percent) => milliseconds(session.edits[(session.edits.len() - 1) * percent / 100]),
        Editor::Memory => session.memory_bytes as f64 / f64::from(1 << 20),
    })
}

fn replay(peer: Peer) -> Result<Session, String> {
    let folder = TempDir::new("bench-lsp");
    let command = peer.command("hello")?;
    let binary = command.first().ok_or("corona has no binary")?;
    generate(binary, folder.path())?;
    // As VS Code has them.
    let capabilities = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    });
    let begun = Instant::now();
    let mut client = Client::open(binary, folder.path(), capabilities);
    let files: Vec<PathBuf> = EDITED.iter().map(|name| folder.path().join(name)).collect();
    let mut texts = Vec::new();
    for path in &files {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        client.open_text(path, &text);
        texts.push(text);
    }
    diagnostics(&mut client, &files[0]);
    let start = begun.elapsed();
    let mut edits = Vec::with_capacity(EDITS);
    for round in 0..EDITS {
        let (path, text) = (&files[round % files.len()], &texts[round % files.len()]);
        let edited = format!("{text}\nexport const extra = () => {{ return {round}; }};\n");
        let begun = Instant::now();
        client.set_text(path, round as i64 + 2, &edited);
        diagnostics(&mut client, path);
        edits.push(begun.elapsed());
    }
    edits.sort();
    let memory_bytes = client.peak_bytes();
    client.shut_down();
    Ok(Session { start, edits, memory_bytes })
}

fn diagnostics(client: &mut Client, path: &Path) {
    client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri(path) } }));
}

pub(super) fn generate(binary: &str, folder: &Path) -> Result<(), String> {
    let script = corona_tests::root().join("tests/bench/check/generate.js");
    let mut command = Command::new(binary);
    command.arg("run").arg(script).arg(folder).arg(MODULES.to_string());
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        Err(error) => Err(error.to_string()),
    }
}
