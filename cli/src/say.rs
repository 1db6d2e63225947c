//! What a command that watches or supervises says to the person at the terminal. On standard error, a line each, so that
//! the program's output stays its own.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Names of changed files that are listed.
const NAMES_MAX: usize = 3;

pub(crate) struct Voice {
    label: &'static str,
    color: bool,
    clears: bool,
    folder: PathBuf,
}

impl Voice {
    pub(crate) fn new(label: &'static str, clear_screen: bool, folder: &Path) -> Voice {
        let is_terminal = std::io::stderr().is_terminal();
        let color = crate::process::color().unwrap_or(is_terminal);
        Voice { label, color, clears: clear_screen && is_terminal, folder: folder.to_path_buf() }
    }

    /// Nobody may be listening any more.
    pub(crate) fn say(&self, text: &str) {
        let (on, off) = if self.color { ("\x1b[2m", "\x1b[0m") } else { ("", "") };
        let _ = writeln!(std::io::stderr(), "{on}[{}] {text}{off}", self.label);
    }

    /// A fresh screen for a fresh start, with nothing to scroll back to.
    pub(crate) fn clear(&self) {
        if self.clears {
            let _ = write!(std::io::stderr(), "\x1b[2J\x1b[3J\x1b[H");
        }
    }

    /// The files by the names that the user knows.
    pub(crate) fn names(&self, paths: &[PathBuf]) -> String {
        let name = |path: &PathBuf| match path.strip_prefix(&self.folder) {
            Ok(inside) if inside.as_os_str().is_empty() => ".".to_owned(),
            inside => inside.unwrap_or(path).display().to_string(),
        };
        let shown: Vec<String> = paths.iter().take(NAMES_MAX).map(name).collect();
        match paths.len().saturating_sub(NAMES_MAX) {
            0 => shown.join(", "),
            more => format!("{} and {more} more", shown.join(", ")),
        }
    }
}

/// So many files.
pub(crate) fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

/// A time as a person reads it.
pub(crate) fn time(time: Duration) -> String {
    match time.as_millis() {
        ms @ 0..1000 => format!("{ms} ms"),
        ms => format!("{:.1} s", ms as f64 / 1000.0),
    }
}
