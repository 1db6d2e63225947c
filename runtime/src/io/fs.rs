//! Files and directories by path. Plain files are opened, read and written in the pool; FIFOs and devices are opened
//! there too, but without waiting, and then polled: so nothing that makes others wait holds a thread.

mod tree;

pub(crate) use tree::{Entry, copy_file, make_dir, make_temp_dir, read_dir, remove};

use crate::io::handle::Handle;
use crate::io::raw;
use crate::op::{Class, OpError, OpResult};
use crate::reactor::{self, pool};
use corona_std::errors;
use std::fs::{File, Metadata};
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The largest file that is read as a whole.
pub(crate) const FILE_BYTES_MAX: usize = 2 << 30;
/// A file is read in pieces of this size, between which it is seen whether the reader has gone.
const PIECE_BYTES: usize = 8 << 20;
/// How long to wait between two looks for a reader of a FIFO: the kernel has no way to tell.
const READER_PAUSE_MAX: Duration = Duration::from_millis(20);

/// How to open: the bits of open(2), and the permissions of a file that is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mode {
    pub(crate) flags: i32,
    pub(crate) permissions: u32,
}

impl Mode {
    fn reads(self) -> bool {
        matches!(self.flags & libc::O_ACCMODE, libc::O_RDONLY | libc::O_RDWR)
    }

    fn writes(self) -> bool {
        matches!(self.flags & libc::O_ACCMODE, libc::O_WRONLY | libc::O_RDWR)
    }

    fn appends(self) -> bool {
        self.flags & libc::O_APPEND != 0
    }
}

/// Runs `job` on `path` in the pool; an error names the call and the path.
pub(crate) async fn at_path<T: Send + 'static>(
    syscall: &'static str,
    path: String,
    job: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
) -> OpResult<T> {
    let shown = path.clone();
    let done = pool::run(move || job(Path::new(&path))).await;
    done.map_err(|error: io::Error| OpError::from(error).syscall(syscall).path(shown))
}

/// As [`at_path`], for calls on two paths.
pub(crate) async fn at_paths<T: Send + 'static>(
    syscall: &'static str,
    from: String,
    to: String,
    job: impl FnOnce(&Path, &Path) -> io::Result<T> + Send + 'static,
) -> OpResult<T> {
    let shown = (from.clone(), to.clone());
    let done = pool::run(move || job(Path::new(&from), Path::new(&to))).await;
    done.map_err(|error: io::Error| OpError::from(error).syscall(syscall).path(shown.0).dest(shown.1))
}

/// Opens a file. A FIFO is opened as open(2) does, when its other side is there too, but only the caller waits.
pub(crate) async fn open(path: String, mode: Mode) -> OpResult<Handle> {
    let file = open_file(path.clone(), mode).await?;
    let handle = Handle::opened(file, mode.reads(), mode.appends());
    handle.map_err(|error| OpError::from(error).syscall("open").path(path))
}

async fn open_file(path: String, mode: Mode) -> OpResult<File> {
    let mut pause = Duration::from_millis(1);
    loop {
        let opened = at_path("open", path.clone(), move |path| open_now(path, mode)).await?;
        match opened {
            Some(file) => return Ok(file),
            None => reactor::sleep(pause).await,
        }
        pause = (pause * 2).min(READER_PAUSE_MAX);
    }
}

/// Opens without waiting; `None` for a FIFO to write to that nobody reads yet.
fn open_now(path: &Path, mode: Mode) -> io::Result<Option<File>> {
    let opened = std::fs::OpenOptions::new()
        .read(mode.reads())
        .write(mode.writes())
        .create(mode.writes() && mode.flags & libc::O_CREAT != 0)
        .mode(mode.permissions)
        .custom_flags((mode.flags & !(libc::O_ACCMODE | libc::O_CREAT)) | libc::O_NONBLOCK | libc::O_NOCTTY)
        .open(path);
    match opened {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.raw_os_error() == Some(libc::ENXIO) && mode.writes() => {
            let is_fifo = std::fs::metadata(path).is_ok_and(|found| found.file_type().is_fifo());
            if is_fifo { Ok(None) } else { Err(error) }
        }
        Err(error) => Err(error),
    }
}

/// The whole content of a file, of a FIFO or of a device until it ends, if it has at most `max` bytes.
pub(crate) async fn read_file(path: String, max: usize) -> OpResult<Vec<u8>> {
    let mode = Mode { flags: libc::O_RDONLY, permissions: 0 };
    // Tells a job that is under way to stop when this future is dropped.
    let wanted = Wanted::default();
    let still_wanted = wanted.0.clone();
    let shown = path.clone();
    let read = pool::run(move || -> OpResult<Whole> {
        let opened = open_now(Path::new(&path), mode);
        let file = match opened.map_err(|error| OpError::from(error).syscall("open").path(path.as_str()))? {
            Some(file) => file,
            None => return Err(io::Error::from_raw_os_error(libc::ENXIO).into()),
        };
        let metadata = file.metadata()?;
        if metadata.is_file() {
            return Ok(Whole::Content(read_whole(&file, &path, metadata.size() as usize, max, &still_wanted)?));
        }
        Ok(Whole::Other(file))
    });
    match read.await? {
        Whole::Content(bytes) => Ok(bytes),
        Whole::Other(file) => {
            let read = async { Handle::opened(file, true, false)?.read_all(max).await };
            read.await
                .map_err(|error: OpError| if error.errno.is_some() { error.syscall("read") } else { error.path(shown) })
        }
    }
}

enum Whole {
    Content(Vec<u8>),
    Other(File),
}

#[derive(Default)]
struct Wanted(Arc<Unwanted>);

#[derive(Default)]
struct Unwanted(AtomicBool);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

fn read_whole(file: &File, path: &str, size: usize, max: usize, unwanted: &Unwanted) -> OpResult<Vec<u8>> {
    check_size(path, size, max)?;
    let mut bytes = Vec::new();
    // One more, so that a file of exactly this size ends with the first read that is not full.
    if bytes.try_reserve_exact(size + 1).is_err() {
        return Err(io::Error::from_raw_os_error(libc::ENOMEM).into());
    }
    loop {
        let read = file.take(PIECE_BYTES as u64).read_to_end(&mut bytes);
        let count = read.map_err(|error| OpError::from(error).syscall("read"))?;
        // Files below /proc say that they are empty, and others grow while they are read.
        check_size(path, bytes.len(), max)?;
        if count < PIECE_BYTES || unwanted.0.load(Ordering::Relaxed) {
            bytes.shrink_to_fit();
            return Ok(bytes);
        }
    }
}

fn check_size(path: &str, size: usize, max: usize) -> OpResult<()> {
    if size <= max {
        return Ok(());
    }
    let message = format!("'{path}' has {size} bytes, more than the {max} that can be had at once: read it in pieces");
    Err(OpError::new(Class::RangeError, errors::TOO_LARGE, message).path(path))
}

/// Writes a whole file; a FIFO or device as its other side reads.
pub(crate) async fn write_file(path: String, bytes: Vec<u8>, mode: Mode) -> OpResult<()> {
    let mut bytes = Some(bytes);
    let mut pause = Duration::from_millis(1);
    loop {
        let (name, content) = (path.clone(), bytes.take().unwrap_or_default());
        let written = pool::run(move || write_now(&name, content, mode)).await?;
        match written {
            Written::Done => return Ok(()),
            Written::NoReader(content) => {
                bytes = Some(content);
                reactor::sleep(pause).await;
                pause = (pause * 2).min(READER_PAUSE_MAX);
            }
            Written::Other(file, content) => {
                let handle = Handle::opened(file, false, mode.appends())?;
                let written = handle.write_all(content).await;
                return written.map_err(|error| error.syscall("write"));
            }
        }
    }
}

enum Written {
    Done,
    NoReader(Vec<u8>),
    Other(File, Vec<u8>),
}

fn write_now(path: &str, bytes: Vec<u8>, mode: Mode) -> OpResult<Written> {
    let opened = open_now(Path::new(path), mode);
    let Some(file) = opened.map_err(|error| OpError::from(error).syscall("open").path(path))? else {
        return Ok(Written::NoReader(bytes));
    };
    if !file.metadata()?.is_file() {
        return Ok(Written::Other(file, bytes));
    }
    (&file).write_all(&bytes).map_err(|error| OpError::from(error).syscall("write"))?;
    Ok(Written::Done)
}

/// Numbers of a stat, in this order: dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, and the
/// times of access, modification, change and birth in milliseconds.
pub(crate) fn stat_numbers(metadata: &Metadata) -> Vec<f64> {
    let ms = |seconds: i64, nanos: i64| seconds as f64 * 1e3 + (nanos / 1000) as f64 / 1e3;
    let born = metadata.created().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let changed_ms = ms(metadata.ctime(), metadata.ctime_nsec());
    vec![
        metadata.dev() as f64,
        f64::from(metadata.mode()),
        metadata.nlink() as f64,
        f64::from(metadata.uid()),
        f64::from(metadata.gid()),
        metadata.rdev() as f64,
        metadata.blksize() as f64,
        metadata.ino() as f64,
        metadata.size() as f64,
        metadata.blocks() as f64,
        ms(metadata.atime(), metadata.atime_nsec()),
        ms(metadata.mtime(), metadata.mtime_nsec()),
        changed_ms,
        born.map_or(changed_ms, |born| ms(born.as_secs() as i64, i64::from(born.subsec_nanos()))),
    ]
}

/// Sets the times of access and modification, in milliseconds since 1970.
pub(crate) fn set_times(path: &Path, accessed_ms: f64, modified_ms: f64) -> io::Result<()> {
    raw::set_times(path, [accessed_ms, modified_ms])
}
