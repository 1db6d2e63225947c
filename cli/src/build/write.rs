//! Puts the output of a build on the disk: all files or none. Each is written beside its place under another name, then
//! they are renamed; when something fails before that, what was there before is still there.

use crate::replace::Unfinished;
use crate::signals::Interruption;
use std::fs::Permissions;
use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// A file to write.
pub(super) struct File<'a> {
    pub(super) path: PathBuf,
    pub(super) contents: &'a [u8],
    pub(super) executable: bool,
}

/// Writes them all. The message of a failure names the file.
pub(super) fn all<'a>(files: &[File<'a>], interruption: &Interruption) -> Result<(), String> {
    let write = |file: &File<'a>| match interruption.has_come() {
        true => Err("interrupted".to_owned()),
        false => write(file).map_err(|error| failure(&file.path, &error)),
    };
    interruption.hold_off(|| {
        let written = files.iter().map(write).collect::<Result<Vec<_>, _>>()?;
        for (file, unfinished) in files.iter().zip(written) {
            unfinished.finish().map_err(|error| failure(&file.path, &error))?;
        }
        Ok(())
    })
}

fn write<'a>(file: &File<'a>) -> io::Result<Unfinished<'a>> {
    if let Some(folder) = file.path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // A rename over a folder fails only after other files have been replaced.
    if file.path.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let permissions = file.executable.then(|| Permissions::from_mode(0o755));
    Unfinished::write(&file.path, file.contents, permissions)
}

fn failure(path: &Path, error: &std::io::Error) -> String {
    let reason = match error.kind() {
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        ErrorKind::IsADirectory => "there is a folder of that name".to_owned(),
        ErrorKind::NotADirectory => "a part of the path is no folder".to_owned(),
        _ => error.to_string(),
    };
    format!("cannot write {}: {reason}", path.display())
}
