//! Text as bytes and back: UTF-8 and the encodings of the Encoding standard, forms, base64.

use std::cell::RefCell;
use std::rc::Rc;

use corona_std::errors;
use encoding_rs::{CoderResult, DecoderResult, Encoding};

use crate::op::{Bytes, Class, OpError, OpResult, Registry, Shared};
use crate::resources;

pub(super) fn register(ops: &mut Registry) {
    ops.sync("web_encode", encode);
    ops.sync("web_encode_into", encode_into);
    ops.sync("web_encoding_name", encoding_name);
    ops.sync("web_decode_utf8", decode_utf8);
    ops.sync("web_decode", decode);
    ops.sync("web_decoder_open", decoder_open);
    ops.sync("web_decoder_feed", decoder_feed);
    ops.sync("web_decoder_close", decoder_close);
    ops.sync("web_form_decode", form_decode);
    ops.sync("web_btoa", btoa);
    ops.sync("web_atob", atob);
}

fn encode(text: String) -> Bytes {
    Bytes(text.into_bytes())
}

/// Fills the buffer with as many whole characters as fit; UTF-16 units read and bytes written.
fn encode_into(text: String, buffer: Shared) -> (u32, u32) {
    let mut written = text.len().min(buffer.len());
    while !text.is_char_boundary(written) {
        written -= 1;
    }
    let read = text[..written].encode_utf16().count();
    buffer.copy_from(&text.as_bytes()[..written]);
    (read as u32, written as u32)
}

/// The name of the encoding that a label means, in lower case.
fn encoding_name(label: String) -> Option<String> {
    Encoding::for_label_no_replacement(label.as_bytes()).map(|encoding| encoding.name().to_ascii_lowercase())
}

/// None when the bytes are not UTF-8 and `fatal` is set.
fn decode_utf8(bytes: Bytes, fatal: bool, keep_bom: bool) -> Option<String> {
    let mut bytes = bytes.0;
    if !keep_bom && bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(_) if fatal => None,
        Err(error) => Some(String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

/// A whole text in any encoding; none when it is not valid and `fatal` is set.
fn decode(bytes: Bytes, label: String, fatal: bool, keep_bom: bool) -> OpResult<Option<String>> {
    Ok(Decoder::new(&label, fatal, keep_bom)?.feed(&bytes, true))
}

/// A decoder between two chunks.
struct Decoder {
    inner: encoding_rs::Decoder,
    fatal: bool,
}

impl Decoder {
    fn new(label: &str, fatal: bool, keep_bom: bool) -> OpResult<Decoder> {
        let encoding = Encoding::for_label_no_replacement(label.as_bytes()).ok_or_else(|| {
            let message = format!("The \"{label}\" encoding is not supported");
            OpError::new(Class::RangeError, errors::INVALID_ARGUMENT, message)
        })?;
        let inner = match keep_bom {
            true => encoding.new_decoder_without_bom_handling(),
            false => encoding.new_decoder_with_bom_removal(),
        };
        Ok(Decoder { inner, fatal })
    }

    fn feed(&mut self, bytes: &[u8], last: bool) -> Option<String> {
        let mut text = String::new();
        let mut rest = bytes;
        loop {
            text.reserve(self.inner.max_utf8_buffer_length(rest.len()).unwrap_or(rest.len()).max(16));
            let (full, read) = if self.fatal {
                match self.inner.decode_to_string_without_replacement(rest, &mut text, last) {
                    (DecoderResult::InputEmpty, read) => (false, read),
                    (DecoderResult::OutputFull, read) => (true, read),
                    (DecoderResult::Malformed(..), _) => return None,
                }
            } else {
                let (result, read, _) = self.inner.decode_to_string(rest, &mut text, last);
                (result == CoderResult::OutputFull, read)
            };
            rest = &rest[read..];
            if !full {
                return Some(text);
            }
        }
    }
}

fn decoder_open(label: String, fatal: bool, keep_bom: bool) -> OpResult<u32> {
    Ok(resources::insert(Rc::new(RefCell::new(Decoder::new(&label, fatal, keep_bom)?))))
}

/// None when the text is not valid and the decoder is fatal.
fn decoder_feed(id: u32, bytes: Bytes, last: bool) -> OpResult<Option<String>> {
    let decoder = resources::get::<RefCell<Decoder>>(id)?;
    let text = decoder.borrow_mut().feed(&bytes, last);
    Ok(text)
}

fn decoder_close(id: u32) -> OpResult<()> {
    resources::take::<RefCell<Decoder>>(id).map(drop)
}

/// A name or value of a form: `+` is a space, `%XX` a byte, the whole UTF-8.
fn form_decode(text: String) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.push(hex(*high) << 4 | hex(*low));
                rest = after;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The value of a hexadecimal digit.
fn hex(digit: u8) -> u8 {
    (digit as char).to_digit(16).unwrap_or(0) as u8
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 of a string of bytes; none when a character is above U+00FF.
fn btoa(text: String) -> Option<String> {
    let bytes = text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect::<Option<Vec<u8>>>()?;
    Some(base64(&bytes))
}

pub(super) fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = if place <= chunk.len() { ALPHABET[(word >> (18 - 6 * place) & 63) as usize] } else { b'=' };
            out.push(digit as char);
        }
    }
    out
}

/// The string of bytes behind base64, as forgiving as the standard says; none when it is not base64.
fn atob(text: String) -> Option<String> {
    let mut digits: Vec<u8> =
        text.bytes().filter(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)).collect();
    if digits.len().is_multiple_of(4) {
        for _ in 0..2 {
            if digits.last() == Some(&b'=') {
                digits.pop();
            }
        }
    }
    if digits.len() % 4 == 1 {
        return None;
    }
    let mut out = String::with_capacity(digits.len());
    for chunk in digits.chunks(4) {
        let mut word = 0;
        for digit in chunk {
            word = word << 6 | ALPHABET.iter().position(|known| known == digit)? as u32;
        }
        word <<= 6 * (4 - chunk.len());
        for place in 0..chunk.len() - 1 {
            out.push((word >> (16 - 8 * place) & 255) as u8 as char);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_goes_both_ways() {
        for (text, code) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("\u{ff}\u{fe}", "//4=")] {
            assert_eq!(btoa(text.into()).as_deref(), Some(code));
            assert_eq!(atob(code.into()).as_deref(), Some(text));
        }
        assert_eq!(btoa("\u{100}".into()), None);
        assert_eq!(atob(" Z g = = \n".into()).as_deref(), Some("f"));
        for bad in ["A", "Zg=", "=", "Z===", "Zm9v=", "Zm9v\u{100}"] {
            assert_eq!(atob(bad.into()), None, "{bad}");
        }
    }

    #[test]
    fn forms_decode_to_text() {
        assert_eq!(form_decode("a+b%20c%2".into()), "a b c%2");
        assert_eq!(form_decode("%F0%9F%98%80%ff".into()), "😀\u{fffd}");
    }

    #[test]
    fn chunks_may_split_characters() {
        let mut decoder = Decoder::new("utf-16le", true, false).expect("known");
        assert_eq!(decoder.feed(&[0xff, 0xfe, 0x3d], false).as_deref(), Some(""));
        assert_eq!(decoder.feed(&[0xd8, 0x00, 0xde], true).as_deref(), Some("😀"));
        assert!(Decoder::new("nonsense", false, false).is_err());
    }
}
