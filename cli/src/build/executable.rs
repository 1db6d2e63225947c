//! `--compile`: Corona itself with a packed program behind it, and finding that program when such a file starts.
//!
//! The end of the file is: the packed program, its length in 8 bytes, a mark of 16 bytes.

use crate::packed::Packed;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

const MARK: &[u8; 16] = b"corona program 1";
const TRAILER: u64 = 8 + MARK.len() as u64;

/// The contents of an executable that runs `program`.
pub(super) fn make(program: &Packed) -> Result<Vec<u8>, String> {
    let own = std::env::current_exe().map_err(|error| format!("cannot find Corona's own file: {error}"))?;
    let mut out = std::fs::read(&own).map_err(|error| format!("cannot read {}: {error}", own.display()))?;
    // A program that builds programs would otherwise put one behind the other.
    let end = attached_at(&own).map_or(out.len() as u64, |(start, _)| start);
    out.truncate(usize::try_from(end).unwrap_or(usize::MAX));
    let packed = program.write();
    out.extend_from_slice(&packed);
    out.extend_from_slice(&(packed.len() as u64).to_le_bytes());
    out.extend_from_slice(MARK);
    Ok(out)
}

/// The program behind this very executable, and where the executable lies.
pub(crate) fn attached() -> Option<(PathBuf, Packed)> {
    let own = std::env::current_exe().ok()?;
    let (start, length) = attached_at(&own)?;
    let mut file = File::open(&own).ok()?;
    file.seek(SeekFrom::Start(start)).ok()?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes).ok()?;
    Some((own, Packed::read(&bytes)?))
}

/// Where the packed program begins, and how long it is.
fn attached_at(path: &Path) -> Option<(u64, u64)> {
    let mut file = File::open(path).ok()?;
    let size = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(size.checked_sub(TRAILER)?)).ok()?;
    let mut trailer = [0; TRAILER as usize];
    file.read_exact(&mut trailer).ok()?;
    let (length, mark) = trailer.split_at(8);
    let length = u64::from_le_bytes(length.try_into().ok()?);
    if mark != MARK {
        return None;
    }
    Some((size.checked_sub(TRAILER)?.checked_sub(length)?, length))
}
