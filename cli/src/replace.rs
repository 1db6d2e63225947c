//! A file that takes its place as a whole: it is written beside it under another name, and then renamed. Whatever fails
//! before that, a full disk for one, leaves what was there. A link stays a link, to a file that is replaced; what is no
//! file, a pipe or a terminal, is written to.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{Result, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

static NEXT: AtomicUsize = AtomicUsize::new(0);

/// A file that has not taken its place yet. Gone when it is dropped.
pub(crate) struct Unfinished<'a> {
    path: PathBuf,
    way: Way<'a>,
}

enum Way<'a> {
    /// Renaming the file of this name.
    Rename(PathBuf),
    /// Writing this to what is there.
    Write(&'a [u8]),
}

impl<'a> Unfinished<'a> {
    /// Writes what is to stand at `path`. Without `permissions` it has those of what stands there now.
    pub(crate) fn write(path: &Path, contents: &'a [u8], permissions: Option<Permissions>) -> Result<Unfinished<'a>> {
        let existing = fs::metadata(path).ok();
        if existing.as_ref().is_some_and(|it| !it.is_file()) {
            return Ok(Unfinished { path: path.to_owned(), way: Way::Write(contents) });
        }
        let path = if existing.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
        // In the same folder, so that it is on the same disk.
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let temporary = path.with_file_name(format!(".{name}.{}-{number}.tmp", std::process::id()));
        // Left behind by somebody who had this number before.
        let _ = fs::remove_file(&temporary);
        let mut output = File::create_new(&temporary)?;
        let unfinished = Unfinished { path, way: Way::Rename(temporary) };
        output.write_all(contents)?;
        if let Some(permissions) = permissions.or_else(|| existing.map(|it| it.permissions())) {
            output.set_permissions(permissions)?;
        }
        if !tells_at_once(&output) {
            output.sync_data()?;
        }
        Ok(unfinished)
    }

    /// Waits until it is on the disk: what nobody can make again must outlive a failure of power.
    pub(crate) fn sync(&self) -> Result<()> {
        match &self.way {
            Way::Rename(temporary) => File::open(temporary)?.sync_data(),
            Way::Write(_) => Ok(()),
        }
    }

    /// Puts it in its place.
    pub(crate) fn finish(self) -> Result<()> {
        match &self.way {
            Way::Rename(temporary) => fs::rename(temporary, &self.path),
            Way::Write(contents) => OpenOptions::new().write(true).open(&self.path)?.write_all(contents),
        }
    }
}

/// Whether a full disk is told of by the write itself, because room is taken then. Others, those behind a network for one,
/// may tell of it only when they are asked to have the file on the disk.
fn tells_at_once(file: &File) -> bool {
    const EXT: i64 = 0xEF53;
    const XFS: i64 = 0x5846_5342;
    const BTRFS: i64 = 0x9123_683E;
    const TMPFS: i64 = 0x0102_1994;
    const OVERLAY: i64 = 0x794C_7630;
    rustix::fs::fstatfs(file).is_ok_and(|it| [EXT, XFS, BTRFS, TMPFS, OVERLAY].contains(&it.f_type))
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        if let Way::Rename(temporary) = &self.way {
            // Nothing is there any more once it has been renamed.
            let _ = fs::remove_file(temporary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn replace(path: &Path, text: &str) {
        Unfinished::write(path, text.as_bytes(), None).and_then(Unfinished::finish).expect("it can be written");
    }

    #[test]
    fn links_and_permissions_stay() {
        let folder = corona_tests::TempDir::new("replace");
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        replace(&file, "one");
        fs::set_permissions(&file, Permissions::from_mode(0o750)).expect("it is ours");
        symlink("file", &link).expect("it can be made");
        replace(&link, "two");
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "two");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o750);
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 2);
    }

    #[test]
    fn what_is_no_file_is_written_to() {
        let folder = corona_tests::TempDir::new("replace-pipe");
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("it is installed").success());
        let reader = {
            let pipe = pipe.clone();
            std::thread::spawn(move || fs::read_to_string(pipe).expect("it can be read"))
        };
        replace(&pipe, "through");
        assert_eq!(reader.join().expect("it reads"), "through");
        assert!(!fs::metadata(&pipe).expect("it is there").is_file());
    }
}
