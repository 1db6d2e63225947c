//! `file:` URLs, which name modules, and paths, which name files.

use std::path::{Path, PathBuf};

/// The `file:` URL of an absolute path.
pub fn from_path(path: &Path) -> String {
    format!("file://{}", encode(path.as_os_str().as_encoded_bytes()))
}

/// A path with percent-encoding of what would mean something else in a URL.
pub(crate) fn encode(path: &[u8]) -> String {
    let mut url = String::new();
    for byte in path {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'/'
            | b'-'
            | b'_'
            | b'.'
            | b'~'
            | b'!'
            | b'$'
            | b'&'
            | b'\''
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'='
            | b':'
            | b'@' => url.push(char::from(*byte)),
            byte => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

/// The path of a `file:` URL, without its query and fragment; `None` for other URLs and malformed ones.
pub fn to_path(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("file://")?;
    let path = path.strip_prefix("localhost").filter(|path| path.starts_with('/')).unwrap_or(path);
    decode(path.split(['?', '#']).next()?).map(PathBuf::from).filter(|path| path.is_absolute())
}

/// Without percent-encoding; `None` when it is malformed.
pub(crate) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_survive_the_way_there_and_back() {
        for path in ["/a/b.ts", "/a b/ü?#%.js"] {
            assert_eq!(to_path(&from_path(Path::new(path))).unwrap(), Path::new(path));
        }
    }

    #[test]
    fn what_is_no_file_url_has_no_path() {
        for url in ["http://a/b", "file://a/b", "file:///%zz", "file:///%8", "a"] {
            assert_eq!(to_path(url), None, "{url}");
        }
    }
}
