//! What stands under a path: enough to tell whether it has changed, without reading it.

use std::fmt;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// What stands under a path. Links are not followed: where they lead is a path of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    Missing,
    Folder,
    /// Where it leads.
    Link(PathBuf),
    File {
        device: u64,
        inode: u64,
        bytes: u64,
        modified_ns: i128,
    },
}

impl State {
    pub(crate) fn of(path: &Path) -> State {
        match path.symlink_metadata() {
            Err(_) => State::Missing,
            Ok(it) if it.is_dir() => State::Folder,
            Ok(it) if it.is_symlink() => State::Link(path.read_link().unwrap_or_default()),
            Ok(it) => State::file(&it),
        }
    }

    fn file(it: &Metadata) -> State {
        let modified_ns = i128::from(it.mtime()) * 1_000_000_000 + i128::from(it.mtime_nsec());
        State::File { device: it.dev(), inode: it.ino(), bytes: it.size(), modified_ns }
    }
}

/// Two states have the same text if and only if they are the same: it crosses the border between processes.
impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            State::Missing => f.write_str("missing"),
            State::Folder => f.write_str("folder"),
            State::Link(to) => write!(f, "link {}", to.display()),
            State::File { device, inode, bytes, modified_ns } => {
                write!(f, "file {device} {inode} {bytes} {modified_ns}")
            }
        }
    }
}
