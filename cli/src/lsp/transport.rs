//! Messages on standard input and output: frames with a header that says how long they are. Nothing that comes in ends
//! the server but the end of the stream.

use lsp_server::{Message, Response};
use serde_json::{Value, json};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// A longer message is skipped: no text that can be checked is that long.
const MESSAGE_BYTES_MAX: usize = 256 << 20;
const HEADER_BYTES_MAX: u64 = 64 << 10;

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    Message(Message),
    /// Something that is no message, and why.
    Malformed {
        code: i32,
        why: String,
    },
    /// There will be no more.
    End,
}

const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;

/// What goes out.
pub(super) enum Outgoing {
    Message(Message),
    /// The answer to what has no id that could be read.
    Refusal {
        code: i32,
        why: String,
    },
}

impl From<Response> for Outgoing {
    fn from(response: Response) -> Outgoing {
        Outgoing::Message(response.into())
    }
}

/// Starts to read; every message goes through `wrap` into the channel.
pub(super) fn read_in_background<T: Send + 'static>(events: Sender<T>, wrap: fn(Incoming) -> T) -> io::Result<()> {
    let read = move || {
        let mut input = BufReader::new(io::stdin());
        loop {
            let incoming = read(&mut input).unwrap_or(Incoming::End);
            let is_end = matches!(incoming, Incoming::End);
            if events.send(wrap(incoming)).is_err() || is_end {
                return;
            }
        }
    };
    thread::Builder::new().name("lsp reader".to_owned()).spawn(read).map(drop)
}

/// Starts to write what is put into the channel. The thread ends when nobody can put anything into it any more.
pub(super) fn write_in_background() -> io::Result<(Sender<Outgoing>, thread::JoinHandle<()>)> {
    let (sender, receiver): (_, Receiver<Outgoing>) = channel();
    let write = move || {
        let mut output = BufWriter::new(io::stdout());
        for outgoing in receiver {
            let written = match outgoing {
                Outgoing::Message(message) => message.write(&mut output),
                Outgoing::Refusal { code, why } => write_value(
                    &mut output,
                    &json!({ "jsonrpc": "2.0", "id": null, "error": { "code": code, "message": why } }),
                ),
            };
            // Whoever does not read is gone, which the reader notices as well.
            if written.and_then(|()| output.flush()).is_err() {
                return;
            }
        }
    };
    let thread = thread::Builder::new().name("lsp writer".to_owned()).spawn(write)?;
    Ok((sender, thread))
}

fn write_value(output: &mut impl Write, value: &Value) -> io::Result<()> {
    let text = value.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())
}

/// One message. An error or the end of the stream is the end.
fn read(input: &mut impl BufRead) -> io::Result<Incoming> {
    let length = match header(input)? {
        Header::End => return Ok(Incoming::End),
        Header::Malformed(why) => return Ok(Incoming::Malformed { code: PARSE_ERROR, why }),
        Header::Length(length) => length,
    };
    if length > MESSAGE_BYTES_MAX as u64 {
        io::copy(&mut input.take(length), &mut io::sink())?;
        return Ok(Incoming::Malformed { code: INVALID_REQUEST, why: format!("a message of {length} bytes") });
    }
    // Grows with what really comes: a length is easily claimed.
    let mut body = Vec::new();
    if input.take(length).read_to_end(&mut body)? < length as usize {
        return Ok(Incoming::End);
    }
    let value: Value = match serde_json::from_slice(&body) {
        Ok(value) => value,
        Err(error) => return Ok(Incoming::Malformed { code: PARSE_ERROR, why: error.to_string() }),
    };
    match serde_json::from_value(value) {
        Ok(message) => Ok(Incoming::Message(message)),
        Err(_) => Ok(Incoming::Malformed {
            code: INVALID_REQUEST,
            why: "neither a request nor a notification nor a response".to_owned(),
        }),
    }
}

enum Header {
    Length(u64),
    Malformed(String),
    End,
}

fn header(input: &mut impl BufRead) -> io::Result<Header> {
    let (mut length, mut wrong) = (None, None);
    loop {
        let mut line = Vec::new();
        if input.take(HEADER_BYTES_MAX).read_until(b'\n', &mut line)? == 0 {
            return Ok(Header::End);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            match (length, wrong) {
                (Some(length), _) => return Ok(Header::Length(length)),
                (None, Some(wrong)) => return Ok(Header::Malformed(wrong)),
                // Empty lines between messages.
                (None, None) => {
                    wrong = None;
                    continue;
                }
            }
        }
        let named = line.split_once(':').filter(|(name, _)| name.trim().eq_ignore_ascii_case("content-length"));
        match named.map(|(_, value)| value.trim().parse::<u64>()) {
            Some(Ok(value)) => length = Some(value),
            Some(Err(_)) => wrong = Some(format!("not a length: {line:?}")),
            None if line.contains(':') => wrong = wrong.or_else(|| Some("a header without a length".to_owned())),
            None => wrong = Some("not a header".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut input: &[u8]) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            match read(&mut input).unwrap_or(Incoming::End) {
                Incoming::End => return seen,
                Incoming::Message(Message::Notification(it)) => seen.push(it.method),
                Incoming::Message(other) => seen.push(format!("{other:?}")),
                Incoming::Malformed { code, .. } => seen.push(code.to_string()),
            }
        }
    }

    const GOOD: &str = "Content-Length: 27\r\n\r\n{\"jsonrpc\":1,\"method\":\"ok\"}";

    #[test]
    fn what_is_malformed_does_not_hide_what_follows() {
        for (bad, code) in [
            ("Content-Length: 1\r\n\r\n{", "-32700"),
            ("Content-Length: x\r\n\r\n", "-32700"),
            ("Content-Type: y\r\n\r\n", "-32700"),
            ("hello\r\n\r\n", "-32700"),
            ("Content-Length: 2\r\n\r\n[]", "-32600"),
            ("Content-Length: 2\r\n\r\n\u{fffd}", "-32700"),
        ] {
            let bad = if bad.contains('\u{fffd}') { bad.replace('\u{fffd}', "{1") } else { bad.to_owned() };
            assert_eq!(all(format!("{bad}{GOOD}").as_bytes()), [code, "ok"], "{bad}");
        }
    }

    #[test]
    fn headers_in_any_case_and_empty_lines_are_read() {
        let text = "\r\ncontent-type: a\r\nCONTENT-LENGTH:27\n\n{\"jsonrpc\":1,\"method\":\"ok\"}";
        assert_eq!(all(text.as_bytes()), ["ok"]);
    }

    #[test]
    fn a_message_that_is_cut_off_is_the_end() {
        assert!(all(b"Content-Length: 27\r\n\r\n{\"json").is_empty());
    }

    #[test]
    fn a_message_beyond_the_limit_is_skipped() {
        let huge = MESSAGE_BYTES_MAX + 1;
        let mut text = format!("Content-Length: {huge}\r\n\r\n").into_bytes();
        text.resize(text.len() + huge, b' ');
        text.extend_from_slice(GOOD.as_bytes());
        assert_eq!(all(&text), ["-32600", "ok"]);
    }
}
