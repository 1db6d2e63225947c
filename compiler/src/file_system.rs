//! How the compiler reaches the disk: through a trait, so that tests (and later editors, with text not saved yet) can
//! put something else in its place. The only file that calls `std::fs`.
#![expect(clippy::disallowed_methods, reason = "this is the FileSystem that the others ask")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// What stands under a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    File,
    Directory,
    /// A symbolic link: only where links are not followed.
    Link,
    /// A pipe, a terminal, a device.
    Other,
}

/// Files and folders, read only.
pub trait FileSystem: Send + Sync {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Links are followed.
    fn kind(&self, path: &Path) -> io::Result<FileKind>;
    /// Links are not followed.
    fn link_kind(&self, path: &Path) -> io::Result<FileKind>;
    fn read_link(&self, path: &Path) -> io::Result<PathBuf>;
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf>;
    /// Names of what is in a folder, sorted.
    fn names(&self, folder: &Path) -> io::Result<Vec<String>>;
}

/// Larger files are refused: positions are 32 bits wide, and a device may have no end.
pub(crate) const FILE_BYTES_MAX: usize = 1 << 30;

fn read_up_to(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let expected = file.metadata().map_or(0, |it| it.len()).min(most as u64);
    let mut bytes = Vec::with_capacity(expected as usize);
    file.take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 1 GiB"));
    }
    Ok(bytes)
}

/// The real one.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsFiles;

fn kind_of(metadata: &std::fs::Metadata) -> FileKind {
    let kind = metadata.file_type();
    if kind.is_file() {
        FileKind::File
    } else if kind.is_dir() {
        FileKind::Directory
    } else if kind.is_symlink() {
        FileKind::Link
    } else {
        FileKind::Other
    }
}

impl FileSystem for OsFiles {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        read_up_to(path, FILE_BYTES_MAX)
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        std::fs::metadata(path).map(|it| kind_of(&it))
    }

    fn link_kind(&self, path: &Path) -> io::Result<FileKind> {
        std::fs::symlink_metadata(path).map(|it| kind_of(&it))
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        std::fs::read_link(path)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        std::fs::canonicalize(path)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }
}

/// Files in memory, by absolute path; folders exist as far as files need them. Has no links.
#[derive(Debug, Clone, Default)]
pub struct MemoryFiles {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl MemoryFiles {
    pub fn add(&mut self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), content.into());
    }

    fn missing() -> io::Error {
        io::Error::from_raw_os_error(2)
    }
}

impl FileSystem for MemoryFiles {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.kind(path)? {
            FileKind::Directory => Err(io::ErrorKind::IsADirectory.into()),
            _ => self.files.get(path).cloned().ok_or_else(Self::missing),
        }
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        if self.files.contains_key(path) {
            return Ok(FileKind::File);
        }
        let below = self.files.range(path.to_path_buf()..).next();
        match below {
            Some((file, _)) if file.starts_with(path) => Ok(FileKind::Directory),
            _ if self.files.keys().any(|file| file.starts_with(path)) => Ok(FileKind::Directory),
            _ => Err(Self::missing()),
        }
    }

    fn link_kind(&self, path: &Path) -> io::Result<FileKind> {
        self.kind(path)
    }

    fn read_link(&self, _: &Path) -> io::Result<PathBuf> {
        Err(io::ErrorKind::InvalidInput.into())
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.kind(path).map(|_| path.components().collect())
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let inside = self.files.keys().filter_map(|file| file.strip_prefix(folder).ok()?.components().next());
        let mut names: Vec<String> = inside.map(|name| name.as_os_str().to_string_lossy().into_owned()).collect();
        names.sort();
        names.dedup();
        Ok(names)
    }
}

/// Files of which some have a text that is not (yet) on the disk.
pub struct Overlay {
    below: Arc<dyn FileSystem>,
    texts: RwLock<BTreeMap<PathBuf, Arc<[u8]>>>,
}

impl Overlay {
    pub fn new(below: Arc<dyn FileSystem>) -> Overlay {
        Overlay { below, texts: RwLock::default() }
    }

    /// `None` takes the text back.
    pub fn set(&self, path: &Path, text: Option<Vec<u8>>) {
        let mut texts = self.texts.write().unwrap_or_else(PoisonError::into_inner);
        match text {
            Some(text) => drop(texts.insert(path.to_owned(), text.into())),
            None => drop(texts.remove(path)),
        }
    }

    fn text(&self, path: &Path) -> Option<Arc<[u8]>> {
        let texts = self.texts.read().unwrap_or_else(PoisonError::into_inner);
        if texts.is_empty() { None } else { texts.get(path).cloned() }
    }
}

impl FileSystem for Overlay {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.text(path).map_or_else(|| self.below.read(path), |text| Ok(text.to_vec()))
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.text(path).map_or_else(|| self.below.kind(path), |_| Ok(FileKind::File))
    }

    fn link_kind(&self, path: &Path) -> io::Result<FileKind> {
        let below = self.below.link_kind(path);
        if below.is_err() && self.text(path).is_some() { Ok(FileKind::File) } else { below }
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.below.read_link(path)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        let below = self.below.canonicalize(path);
        if below.is_err() && self.text(path).is_some() { Ok(path.to_owned()) } else { below }
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = self.below.names(folder)?;
        let texts = self.texts.read().unwrap_or_else(PoisonError::into_inner);
        let inside = texts.keys().filter(|path| path.parent() == Some(folder)).filter_map(|path| path.file_name());
        names.extend(inside.map(|name| name.to_string_lossy().into_owned()));
        names.sort();
        names.dedup();
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_end_is_not_read_to_it() {
        let error = read_up_to(Path::new("/dev/zero"), 1000).expect_err("it is too much");
        assert_eq!(
            (error.kind(), error.to_string().as_str()),
            (io::ErrorKind::FileTooLarge, "it is larger than 1 GiB")
        );
        assert_eq!(read_up_to(Path::new("/dev/null"), 0).expect("it is empty"), b"");
        let text = read_up_to(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"), 10_000).expect("it is there");
        assert!(text.starts_with(b"[package]"));
    }
}
