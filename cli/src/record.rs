//! What a program depends on, for whoever watches it: every path that the compiler looked at, whether or not
//! anything was there.

use crate::watch::state::State;
use corona_compiler::{FileKind, FileSystem, OsFiles};
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The files of this machine, and a list of those that were asked for.
#[derive(Default)]
pub(crate) struct Recorded {
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    paths: HashSet<PathBuf>,
    folders: HashSet<PathBuf>,
    /// With what stood there; not taken yet.
    fresh: Vec<(PathBuf, String)>,
}

impl Recorded {
    /// What is new since the last time.
    pub(crate) fn take(&self) -> Vec<(PathBuf, String)> {
        std::mem::take(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner).fresh)
    }

    /// Before the file is read: a change right afterwards then shows.
    fn note(&self, path: &Path) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.paths.insert(path.to_path_buf()) {
            return;
        }
        seen.fresh.push((path.to_path_buf(), State::of(path).to_string()));
        // A link on the way may be turned to somewhere else.
        for folder in path.ancestors().skip(1) {
            if !seen.folders.insert(folder.to_path_buf()) {
                return;
            }
            let state = State::of(folder);
            if matches!(state, State::Link(_)) {
                seen.fresh.push((folder.to_path_buf(), state.to_string()));
            }
        }
    }
}

impl FileSystem for Recorded {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.note(path);
        OsFiles.read(path)
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.note(path);
        OsFiles.kind(path)
    }

    fn link_kind(&self, path: &Path) -> io::Result<FileKind> {
        self.note(path);
        OsFiles.link_kind(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.note(path);
        OsFiles.read_link(path)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.note(path);
        OsFiles.canonicalize(path)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.note(folder);
        OsFiles.names(folder)
    }
}
