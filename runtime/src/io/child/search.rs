//! Which file a command name means: the search along PATH that a shell would do.

use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// Where to look when the environment has no PATH.
const DEFAULT_PATH: &str = "/usr/local/bin:/bin:/usr/bin";

/// The file to execute for `name`: itself if it has a slash, otherwise the first executable along `path`. Relative
/// results are meant from `folder`, the child's working directory.
pub(super) fn find(name: &str, path: Option<&OsStr>, folder: Option<&Path>) -> io::Result<PathBuf> {
    if name.is_empty() {
        return Err(io::Error::from_raw_os_error(libc::ENOENT));
    }
    if name.contains('/') {
        return Ok(PathBuf::from(name));
    }
    let path = path.unwrap_or(OsStr::new(DEFAULT_PATH));
    let mut failure = libc::ENOENT;
    for place in path.as_bytes().split(|byte| *byte == b':') {
        let place = if place.is_empty() { b"." } else { place };
        let file = PathBuf::from(std::ffi::OsString::from_vec(place.to_vec())).join(name);
        let seen = folder.map_or_else(|| file.clone(), |folder| folder.join(&file));
        match crate::io::raw::access(&seen, libc::X_OK) {
            Ok(()) if seen.is_dir() => failure = libc::EACCES,
            Ok(()) => return Ok(file),
            Err(error) if error.raw_os_error() == Some(libc::EACCES) => failure = libc::EACCES,
            Err(_) => {}
        }
    }
    Err(io::Error::from_raw_os_error(failure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_searched_and_paths_are_not() {
        assert_eq!(find("/no/such", None, None).unwrap(), Path::new("/no/such"));
        assert_eq!(find("sh", Some(OsStr::new("/nowhere:/bin")), None).unwrap(), Path::new("/bin/sh"));
        let missing = find("corona-no-such-command", None, None).unwrap_err();
        assert_eq!(missing.raw_os_error(), Some(libc::ENOENT));
        let not_executable = find("passwd", Some(OsStr::new("/etc")), None).unwrap_err();
        assert_eq!(not_executable.raw_os_error(), Some(libc::EACCES));
    }
}
