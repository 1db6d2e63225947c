//! Puts the output of a build on the disk: all files or none. Each is written beside its place under another name, then
//! they are renamed; when something fails before that, what was there before is still there.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file to write.
pub(super) struct File<'a> {
    pub(super) path: PathBuf,
    pub(super) contents: &'a [u8],
    pub(super) executable: bool,
}

/// Writes them all. The message of a failure names the file.
pub(super) fn all(files: &[File<'_>]) -> Result<(), String> {
    let mut written = Unfinished { paths: Vec::new() };
    for (index, file) in files.iter().enumerate() {
        let temporary = temporary(&file.path, index);
        written.paths.push(temporary.clone());
        write(&temporary, file).map_err(|error| failure(&file.path, &error))?;
    }
    for (file, temporary) in files.iter().zip(&written.paths) {
        std::fs::rename(temporary, &file.path).map_err(|error| failure(&file.path, &error))?;
    }
    written.paths.clear();
    Ok(())
}

fn write(temporary: &Path, file: &File<'_>) -> std::io::Result<()> {
    if let Some(folder) = file.path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // A rename over a folder fails only after other files have been replaced.
    if file.path.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let mut output = std::fs::File::create(temporary)?;
    output.write_all(file.contents)?;
    if file.executable {
        use std::os::unix::fs::PermissionsExt;
        output.set_permissions(std::fs::Permissions::from_mode(0o755))?;
    }
    // Errors of a full disk may come as late as this.
    output.sync_data()
}

/// In the same folder, so that it is on the same disk.
fn temporary(path: &Path, index: usize) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}-{index}.tmp", std::process::id()))
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

/// Temporary files that are in nobody's way once they are gone.
struct Unfinished {
    paths: Vec<PathBuf>,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        for path in &self.paths {
            let _ = std::fs::remove_file(path);
        }
    }
}
