//! Files and directories for `corona:fs`. Paths come as strings without NUL; std has checked them.

use crate::io::fs::{self, Mode};
use crate::io::{handle::Handle, raw};
use crate::op::{Bytes, Class, OpError, OpResult, Registry, Shared};
use crate::reactor::pool;
use crate::resources;
use corona_std::errors;
use std::fs::Permissions;
use std::io::SeekFrom;
use std::os::unix::fs::PermissionsExt;
use std::rc::Rc;

/// V8 has no longer strings.
const TEXT_BYTES_MAX: usize = (1 << 29) - 24;

/// Longer texts are checked in the pool.
const TEXT_BYTES_HERE_MAX: usize = 1 << 20;

pub(super) fn register(ops: &mut Registry) {
    ops.blocking("fs_open", open);
    ops.blocking("fs_read_file", read_file);
    ops.blocking("fs_read_text", read_text);
    ops.blocking("fs_write_file", write_file);
    ops.blocking("fs_stat", stat);
    ops.blocking("fs_read_dir", read_dir);
    ops.blocking("fs_mkdir", mkdir);
    ops.blocking("fs_rm", rm);
    ops.blocking("fs_rename", rename);
    ops.blocking("fs_copy_file", copy_file);
    ops.blocking("fs_symlink", symlink);
    ops.blocking("fs_link", link);
    ops.blocking("fs_readlink", readlink);
    ops.blocking("fs_realpath", realpath);
    ops.blocking("fs_chmod", chmod);
    ops.blocking("fs_utimes", utimes);
    ops.blocking("fs_truncate", truncate);
    ops.blocking("fs_mkdtemp", mkdtemp);
    ops.blocking("fs_access", access);
    ops.blocking("handle_read", handle_read);
    ops.blocking("handle_read_into", handle_read_into);
    ops.blocking("handle_read_line", handle_read_line);
    ops.blocking("handle_read_all", handle_read_all);
    ops.blocking("handle_read_text", handle_read_text);
    ops.blocking("handle_write", handle_write);
    ops.blocking("handle_seek", handle_seek);
    ops.blocking("handle_truncate", handle_truncate);
    ops.blocking("handle_sync", handle_sync);
    ops.blocking("handle_stat", handle_stat);
    ops.sync("handle_close", handle_close);
}

async fn open(path: String, flags: i32, permissions: u32) -> OpResult<u32> {
    let handle = fs::open(path, Mode { flags, permissions }).await?;
    Ok(resources::insert(Rc::new(handle)))
}

async fn read_file(path: String) -> OpResult<Bytes> {
    Ok(Bytes(fs::read_file(path, fs::FILE_BYTES_MAX).await?))
}

async fn read_text(path: String) -> OpResult<String> {
    let bytes = fs::read_file(path.clone(), TEXT_BYTES_MAX).await?;
    text_of_any_size(bytes).await.map_err(|error| error.path(path))
}

async fn write_file(
    path: String,
    bytes: Option<Bytes>,
    text: Option<String>,
    flags: i32,
    permissions: u32,
) -> OpResult<()> {
    fs::write_file(path, content(bytes, text), Mode { flags, permissions }).await
}

async fn stat(path: String, follow: bool) -> OpResult<Vec<f64>> {
    let syscall = if follow { "stat" } else { "lstat" };
    let stat = fs::at_path(syscall, path, move |path| if follow { path.metadata() } else { path.symlink_metadata() });
    Ok(fs::stat_numbers(&stat.await?))
}

async fn read_dir(path: String) -> OpResult<Vec<fs::Entry>> {
    fs::at_path("scandir", path, fs::read_dir).await
}

async fn mkdir(path: String, recursive: bool, mode: u32) -> OpResult<Option<String>> {
    fs::at_path("mkdir", path, move |path| fs::make_dir(path, recursive, mode)).await
}

async fn rm(path: String, recursive: bool, force: bool) -> OpResult<()> {
    fs::at_path("rm", path, move |path| fs::remove(path, recursive, force)).await
}

async fn rename(from: String, to: String) -> OpResult<()> {
    fs::at_paths("rename", from, to, |from, to| std::fs::rename(from, to)).await
}

async fn copy_file(from: String, to: String, exclusive: bool) -> OpResult<()> {
    fs::at_paths("copyfile", from, to, move |from, to| fs::copy_file(from, to, exclusive)).await
}

async fn symlink(target: String, path: String) -> OpResult<()> {
    fs::at_paths("symlink", target, path, |target, path| std::os::unix::fs::symlink(target, path)).await
}

async fn link(existing: String, path: String) -> OpResult<()> {
    fs::at_paths("link", existing, path, |existing, path| std::fs::hard_link(existing, path)).await
}

async fn readlink(path: String) -> OpResult<String> {
    let target = fs::at_path("readlink", path, |path| path.read_link()).await?;
    Ok(target.to_string_lossy().into_owned())
}

async fn realpath(path: String) -> OpResult<String> {
    let real = fs::at_path("realpath", path, |path| path.canonicalize()).await?;
    Ok(real.to_string_lossy().into_owned())
}

async fn chmod(path: String, mode: u32) -> OpResult<()> {
    fs::at_path("chmod", path, move |path| std::fs::set_permissions(path, Permissions::from_mode(mode))).await
}

async fn utimes(path: String, accessed_ms: f64, modified_ms: f64) -> OpResult<()> {
    fs::at_path("utime", path, move |path| fs::set_times(path, accessed_ms, modified_ms)).await
}

async fn truncate(path: String, len: f64) -> OpResult<()> {
    let mode = Mode { flags: libc::O_WRONLY, permissions: 0 };
    let handle = fs::open(path, mode).await?;
    handle.in_pool(move |file| file.set_len(len as u64)).await.map_err(|error| error.syscall("ftruncate"))
}

async fn mkdtemp(prefix: String) -> OpResult<String> {
    fs::at_path("mkdtemp", format!("{prefix}XXXXXX"), move |_| fs::make_temp_dir(prefix.as_ref())).await
}

async fn access(path: String, mode: i32) -> OpResult<()> {
    fs::at_path("access", path, move |path| raw::access(path, mode)).await
}

async fn handle_read(id: u32, max: u32, position: Option<f64>) -> OpResult<Option<Bytes>> {
    let handle = resources::get::<Handle>(id)?;
    let read = match position {
        Some(position) => handle.read_at(max as usize, position as u64).await,
        None => handle.read(max as usize).await,
    };
    let bytes = read.map_err(|error| error.syscall("read"))?;
    Ok((!bytes.is_empty()).then_some(Bytes(bytes)))
}

async fn handle_read_into(id: u32, buffer: Shared, position: Option<f64>) -> OpResult<Option<u32>> {
    let bytes = handle_read(id, buffer.len().min(u32::MAX as usize) as u32, position).await?;
    Ok(bytes.map(|bytes| buffer.copy_from(&bytes) as u32))
}

async fn handle_read_line(id: u32) -> OpResult<Option<String>> {
    let handle = resources::get::<Handle>(id)?;
    let line = handle.read_line().await.map_err(|error| error.syscall("read"))?;
    line.map(text).transpose()
}

async fn handle_read_all(id: u32) -> OpResult<Bytes> {
    let handle = resources::get::<Handle>(id)?;
    Ok(Bytes(handle.read_all(fs::FILE_BYTES_MAX).await.map_err(|error| error.syscall("read"))?))
}

async fn handle_read_text(id: u32) -> OpResult<String> {
    let handle = resources::get::<Handle>(id)?;
    text_of_any_size(handle.read_all(TEXT_BYTES_MAX).await.map_err(|error| error.syscall("read"))?).await
}

async fn handle_write(id: u32, bytes: Option<Bytes>, text: Option<String>, position: Option<f64>) -> OpResult<u32> {
    let handle = resources::get::<Handle>(id)?;
    let bytes = content(bytes, text);
    let count = bytes.len() as u32;
    let written = match position {
        Some(position) => handle.write_all_at(bytes, position as u64).await,
        None => handle.write_all(bytes).await,
    };
    written.map_err(|error| error.syscall("write"))?;
    Ok(count)
}

async fn handle_seek(id: u32, offset: f64, whence: u32) -> OpResult<f64> {
    let target = match whence {
        0 => SeekFrom::Start(offset as u64),
        1 => SeekFrom::Current(offset as i64),
        _ => SeekFrom::End(offset as i64),
    };
    let handle = resources::get::<Handle>(id)?;
    Ok(handle.seek(target).await.map_err(|error| error.syscall("lseek"))? as f64)
}

async fn handle_truncate(id: u32, len: f64) -> OpResult<()> {
    let handle = resources::get::<Handle>(id)?;
    handle.in_pool(move |file| file.set_len(len as u64)).await.map_err(|error| error.syscall("ftruncate"))
}

async fn handle_sync(id: u32) -> OpResult<()> {
    let handle = resources::get::<Handle>(id)?;
    handle.in_pool(|file| file.sync_all()).await.map_err(|error| error.syscall("fsync"))
}

async fn handle_stat(id: u32) -> OpResult<Vec<f64>> {
    let handle = resources::get::<Handle>(id)?;
    let metadata = handle.in_pool(|file| file.metadata()).await.map_err(|error| error.syscall("fstat"))?;
    Ok(fs::stat_numbers(&metadata))
}

/// Closes it, if that has not happened yet.
fn handle_close(id: u32) {
    if let Ok(handle) = resources::take::<Handle>(id) {
        handle.close();
    }
}

/// What JavaScript gave to write: bytes or text.
pub(super) fn content(bytes: Option<Bytes>, text: Option<String>) -> Vec<u8> {
    bytes.map(|bytes| bytes.0).or(text.map(String::into_bytes)).unwrap_or_default()
}

/// As [`text`], in the pool when there is much to look at.
async fn text_of_any_size(bytes: Vec<u8>) -> OpResult<String> {
    if bytes.len() < TEXT_BYTES_HERE_MAX { text(bytes) } else { pool::run(move || text(bytes)).await }
}

/// Bytes as text; what is not UTF-8 becomes U+FFFD.
pub(super) fn text(bytes: Vec<u8>) -> OpResult<String> {
    if bytes.len() > TEXT_BYTES_MAX {
        let message =
            format!("{} bytes of text are more than a string can hold ({TEXT_BYTES_MAX}): read in pieces", bytes.len());
        return Err(OpError::new(Class::RangeError, errors::TOO_LARGE, message));
    }
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}
