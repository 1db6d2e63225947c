//! What tests that run the real binary share: the spec runner, a handle on a running program, commands run to their end. Nothing of Corona
//! itself is linked in here: tests meet it as its users do, as a process.

pub mod command;
pub mod lsp;
pub mod pool;
pub mod program;
pub mod spec;
pub mod websocket;

use std::path::{Path, PathBuf};

/// The top folder of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

/// Kills every process of a group. Through the shell, because the standard library signals single processes only.
pub(crate) fn kill_group(leader: u32) {
    let command = format!("kill -KILL -{leader} 2>/dev/null");
    let _ = std::process::Command::new("sh").args(["-c", &command]).status();
}

/// A fresh folder below the system's temporary one, removed with everything in it on drop.
pub struct TempDir(PathBuf);

impl TempDir {
    /// Makes it; the name says which test it belongs to.
    pub fn new(name: &str) -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("corona-test-{}-{count}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        TempDir(path.canonicalize().expect("a folder just made exists"))
    }

    /// Where it is, with symbolic links resolved.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
