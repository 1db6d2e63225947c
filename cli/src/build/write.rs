//! Puts the output of a build on the disk: all files or none. Each is written beside its place under another name, then
//! they are renamed; when something fails before that, what was there before is still there.

use crate::replace::Unfinished;
use crate::signals::Interruption;
use std::fs::Permissions;
use std::io::{self, ErrorKind};
use std::num::NonZero;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A file to write.
pub(super) struct File<'a> {
    pub(super) path: PathBuf,
    /// Pieces that follow one another.
    pub(super) contents: Vec<&'a [u8]>,
    pub(super) executable: bool,
}

impl File<'_> {
    pub(super) fn bytes(&self) -> usize {
        self.contents.iter().map(|piece| piece.len()).sum()
    }
}

/// Writes them all. The message of a failure names the file.
pub(super) fn all<'a>(files: &'a [File<'a>], interruption: &Interruption) -> Result<(), String> {
    let write = |file: &'a File<'a>| match interruption.has_come() {
        true => Err("interrupted".to_owned()),
        false => write(file).map_err(|error| failure(&file.path, &error)),
    };
    interruption.hold_off(|| {
        let written = side_by_side(files, write)?;
        for (file, unfinished) in files.iter().zip(written) {
            unfinished.finish().map_err(|error| failure(&file.path, &error))?;
        }
        Ok(())
    })
}

/// Calls `work` with each item, on all cores: most of it is copying into the kernel's memory. Gives the first failure, and
/// takes no more items once there is one.
fn side_by_side<'a, T: Sync, R: Send>(
    items: &'a [T],
    work: impl Fn(&'a T) -> Result<R, String> + Sync,
) -> Result<Vec<R>, String> {
    let next = AtomicUsize::new(0);
    let take_part = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return done };
            let result = work(item);
            if result.is_err() {
                next.store(items.len(), Ordering::Relaxed);
            }
            done.push((index, result));
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    let mut done = thread::scope(|scope| {
        // One of them is this one; without the others it takes longer.
        let spawn = |_| thread::Builder::new().spawn_scoped(scope, take_part).ok();
        let others: Vec<_> = (1..threads).filter_map(spawn).collect();
        let mut done = take_part();
        for other in others {
            done.extend(other.join().unwrap_or_else(|payload| std::panic::resume_unwind(payload)));
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

fn write<'a>(file: &'a File<'a>) -> io::Result<Unfinished<'a>> {
    if let Some(folder) = file.path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // A rename over a folder fails only after other files have been replaced.
    if file.path.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let permissions = file.executable.then(|| Permissions::from_mode(0o755));
    Unfinished::write(&file.path, &file.contents, permissions)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_have_the_order_of_the_items_and_a_failure_ends_it() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(side_by_side(&items, |it| Ok(it * 2)), Ok(items.iter().map(|it| it * 2).collect()));
        let done = AtomicUsize::new(0);
        let result = side_by_side(&items, |it| {
            done.fetch_add(1, Ordering::Relaxed);
            if *it < 10 { Err(format!("item {it}")) } else { Ok(()) }
        });
        assert!(result.is_err_and(|it| it.starts_with("item ")));
        assert!(done.into_inner() < items.len());
        assert_eq!(side_by_side(&[(); 0], |()| Ok(1)), Ok(Vec::new()));
    }
}
