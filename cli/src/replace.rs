//! A file that takes its place as a whole: it is written beside it under another name, and then renamed. Whatever fails
//! before that, a full disk for one, leaves what was there. A link stays a link, to a file that is replaced; what is no
//! file, a pipe or a terminal, is written to.

use rustix::fs::{CWD, RenameFlags, renameat_with};
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{ErrorKind, IoSlice, Result, Write};
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
    /// Writing these pieces to what is there.
    Write(&'a [&'a [u8]]),
}

impl<'a> Unfinished<'a> {
    /// Writes what is to stand at `path`, in pieces that follow one another. Without `permissions` it has those of what
    /// stands there now.
    pub(crate) fn write(
        path: &Path,
        contents: &'a [&'a [u8]],
        permissions: Option<Permissions>,
    ) -> Result<Unfinished<'a>> {
        let existing = fs::metadata(path).ok();
        if is_descriptor(path) || existing.as_ref().is_some_and(|it| !it.is_file()) {
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
        write_all(&mut output, contents)?;
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

    /// Puts it in its place. It need not be on the disk then: see [`Unfinished::sync`].
    pub(crate) fn finish(self) -> Result<()> {
        match &self.way {
            // Changes places with what is there, which then goes with the name. Where a rename replaces a file, ext4 first
            // finds room on the disk for the new one, so that it is there after a failure of power. Whoever watches is told
            // last of what is named last, and must not be told last that the file went away.
            Way::Rename(temporary) => renameat_with(CWD, &self.path, CWD, temporary, RenameFlags::EXCHANGE)
                .or_else(|_| fs::rename(temporary, &self.path)),
            Way::Write(contents) => write_all(&mut OpenOptions::new().append(true).open(&self.path)?, contents),
        }
    }
}

/// Whether this is `/dev/stdout` or another name of a descriptor. What it leads to, maybe a file, is not ours alone, and may
/// have been written to already.
fn is_descriptor(path: &Path) -> bool {
    ["/dev/fd", "/dev/stdout", "/dev/stderr", "/proc"].iter().any(|it| path.starts_with(it))
}

/// Many pieces with each call.
fn write_all(output: &mut impl Write, pieces: &[&[u8]]) -> Result<()> {
    let mut slices: Vec<IoSlice<'_>> = pieces.iter().map(|piece| IoSlice::new(piece)).collect();
    let mut rest = &mut slices[..];
    // Leaves out empty pieces: what writes nothing would look like a full disk.
    IoSlice::advance_slices(&mut rest, 0);
    while !rest.is_empty() {
        match output.write_vectored(rest) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut rest, written),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
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
            // Once it is in its place, what was there before, or nothing.
            let _ = fs::remove_file(temporary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::fs::inotify;
    use std::mem::MaybeUninit;
    use std::os::fd::AsRawFd;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn replace(path: &Path, text: &str) {
        Unfinished::write(path, &[text.as_bytes()], None).and_then(Unfinished::finish).expect("it can be written");
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
    fn what_a_descriptor_leads_to_is_added_to() {
        let folder = corona_tests::TempDir::new("replace-descriptor");
        let path = folder.path().join("file");
        let mut file = File::create(&path).expect("it can be made");
        file.write_all(b"before, ").expect("it can be written");
        replace(&PathBuf::from(format!("/dev/fd/{}", file.as_raw_fd())), "after");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "before, after");
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1);
    }

    #[test]
    fn who_watches_is_told_last_that_it_is_there() {
        let folder = corona_tests::TempDir::new("replace-watched");
        let file = folder.path().join("file");
        replace(&file, "one");
        let watcher = inotify::init(inotify::CreateFlags::NONBLOCK).expect("it can watch");
        let moves = inotify::WatchFlags::MOVED_FROM | inotify::WatchFlags::MOVED_TO;
        inotify::add_watch(&watcher, folder.path(), moves).expect("the folder is there");
        replace(&file, "two");
        let (mut buffer, mut last) = ([MaybeUninit::uninit(); 4096], None);
        let mut events = inotify::Reader::new(watcher, &mut buffer);
        // There are no more once it would block.
        while let Ok(event) = events.next() {
            if event.file_name().is_some_and(|name| name.to_bytes() == b"file") {
                last = Some(event.events());
            }
        }
        assert_eq!(last, Some(inotify::ReadFlags::MOVED_TO));
    }

    /// Takes little at a time, and is interrupted in between.
    struct Slow(Vec<u8>, usize);

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> Result<usize> {
            self.1 += 1;
            if self.1.is_multiple_of(3) {
                return Err(ErrorKind::Interrupted.into());
            }
            let taken = bytes.len().min(4);
            self.0.extend_from_slice(&bytes[..taken]);
            Ok(taken)
        }

        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn pieces_follow_one_another() {
        let mut slow = Slow(Vec::new(), 0);
        write_all(&mut slow, &[b"", b"one ", b"", b"and another", b""]).expect("it takes them");
        assert_eq!(slow.0, b"one and another");
        assert!(write_all(&mut slow, &[]).is_ok() && write_all(&mut slow, &[b""]).is_ok());
        let full = write_all(&mut [0; 3].as_mut_slice(), &[b"four"]);
        assert_eq!(full.expect_err("it is full").kind(), ErrorKind::WriteZero);
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
