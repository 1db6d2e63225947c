//! A file that takes its place as a whole: it is written beside it under another name, and then renamed. Whatever fails
//! before that, a full disk for one, leaves what was there.

use std::fs::{self, File, Permissions};
use std::io::{Result, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

static NEXT: AtomicUsize = AtomicUsize::new(0);

/// A file that has not taken its place yet. Gone when it is dropped.
pub(crate) struct Unfinished {
    temporary: PathBuf,
    path: PathBuf,
}

impl Unfinished {
    /// Writes what is to stand at `path`.
    pub(crate) fn write(path: &Path, contents: &[u8], permissions: Option<Permissions>) -> Result<Unfinished> {
        // In the same folder, so that it is on the same disk.
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let temporary = path.with_file_name(format!(".{name}.{}-{number}.tmp", std::process::id()));
        // Left behind by somebody who had this number before.
        let _ = fs::remove_file(&temporary);
        let mut output = File::create_new(&temporary)?;
        let unfinished = Unfinished { temporary, path: path.to_owned() };
        output.write_all(contents)?;
        if let Some(permissions) = permissions {
            output.set_permissions(permissions)?;
        }
        // Errors of a full disk may come as late as this.
        output.sync_data()?;
        Ok(unfinished)
    }

    /// Puts it in its place.
    pub(crate) fn finish(self) -> Result<()> {
        fs::rename(&self.temporary, &self.path)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Nothing is there any more once it has been renamed.
        let _ = fs::remove_file(&self.temporary);
    }
}
