//! Directories and whole files: listing, making, removing, copying. Everything here runs in the pool.

use std::fs::{self, DirBuilder, File, FileType, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// What a directory contains: a name and a kind, as a number that std's JavaScript names.
pub(crate) type Entry = (String, u32);

/// The entries of a directory, sorted by name.
pub(crate) fn read_dir(path: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let kind = entry.file_type().map_or(0, kind_number);
        entries.push((entry.file_name().to_string_lossy().into_owned(), kind));
    }
    entries.sort();
    Ok(entries)
}

/// The numbers of [`Entry`]: 1 file, 2 directory, 3 symbolic link, 4 FIFO, 5 socket, 6 character device, 7 block device.
fn kind_number(kind: FileType) -> u32 {
    let kinds = [
        kind.is_file(),
        kind.is_dir(),
        kind.is_symlink(),
        kind.is_fifo(),
        kind.is_socket(),
        kind.is_char_device(),
        kind.is_block_device(),
    ];
    kinds.iter().position(|is| *is).map_or(0, |index| index as u32 + 1)
}

/// Makes a directory, and with `recursive` those above it. The first one made, if any was.
pub(crate) fn make_dir(path: &Path, recursive: bool, mode: u32) -> io::Result<Option<String>> {
    if !recursive {
        DirBuilder::new().mode(mode).create(path)?;
        return Ok(None);
    }
    let missing: Vec<PathBuf> = path
        .ancestors()
        .take_while(|place| !place.as_os_str().is_empty() && !place.exists())
        .map(Path::to_owned)
        .collect();
    DirBuilder::new().mode(mode).recursive(true).create(path)?;
    if missing.is_empty() && !path.is_dir() {
        return Err(io::Error::from_raw_os_error(libc::EEXIST));
    }
    Ok(missing.last().map(|place| place.to_string_lossy().into_owned()))
}

/// Removes a file, or with `recursive` a directory and everything below it; `force`: or nothing, if it is not there.
pub(crate) fn remove(path: &Path, recursive: bool, force: bool) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() && !recursive => Err(io::Error::from_raw_os_error(libc::EISDIR)),
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if force && error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Copies the content and the permissions of a file. Never waits for the other side of a FIFO.
pub(crate) fn copy_file(from: &Path, to: &Path, exclusive: bool) -> io::Result<()> {
    let mut source = OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(from)?;
    let metadata = source.metadata()?;
    check_is_file(metadata.file_type())?;
    let mut options = OpenOptions::new();
    options.write(true).mode(metadata.mode() & 0o7777).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    let mut target = if exclusive { options.create_new(true) } else { options.create(true) }.open(to)?;
    let found = target.metadata()?;
    check_is_file(found.file_type())?;
    if (found.dev(), found.ino()) == (metadata.dev(), metadata.ino()) {
        return Ok(()); // the file itself: emptying it first would lose it
    }
    target.set_len(0)?;
    io::copy(&mut source, &mut target)?;
    File::set_permissions(&target, metadata.permissions())
}

fn check_is_file(kind: FileType) -> io::Result<()> {
    match kind {
        _ if kind.is_file() => Ok(()),
        _ if kind.is_dir() => Err(io::Error::from_raw_os_error(libc::EISDIR)),
        _ => Err(io::Error::from_raw_os_error(libc::ENOTSUP)),
    }
}

/// Makes a directory whose name starts with `prefix` and is nobody else's; its path.
pub(crate) fn make_temp_dir(prefix: &Path) -> io::Result<String> {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    loop {
        let mut seed = RandomState::new().build_hasher().finish();
        let mut path = prefix.as_os_str().to_owned();
        for _ in 0..6 {
            let letter = LETTERS[(seed % LETTERS.len() as u64) as usize];
            seed /= LETTERS.len() as u64;
            path.push(char::from(letter).to_string());
        }
        match DirBuilder::new().mode(0o700).create(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| path.to_string_lossy().into_owned()),
        }
    }
}
