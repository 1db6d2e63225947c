//! Source maps that modules bring along.

use crate::file_system::FileSystem;
use std::path::Path;
use std::sync::Arc;

/// The map that the last lines of `text` name: a `data:` URL, or a file beside it.
pub(super) fn find(files: &dyn FileSystem, path: &Path, text: &str) -> Option<Arc<str>> {
    let last_line = text.trim_end().rsplit('\n').next()?;
    let (_, url) = last_line.rsplit_once("//# sourceMappingURL=")?;
    if let Some(data) = url.strip_prefix("data:") {
        let (kind, data) = data.split_once(',')?;
        let bytes =
            if kind.ends_with(";base64") { decode(data)? } else { crate::source::urls::decode(data)?.into_bytes() };
        return String::from_utf8(bytes).ok().map(Into::into);
    }
    if url.contains("://") {
        return None;
    }
    let file = path.parent()?.join(crate::source::urls::decode(url)?);
    String::from_utf8(files.read(&file).ok()?).ok().map(Into::into)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes().take_while(|byte| *byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    #[test]
    fn base64_is_read() {
        assert_eq!(super::decode("aGVsbG8=").as_deref(), Some(b"hello".as_slice()));
        assert_eq!(super::decode("a?"), None);
    }
}
