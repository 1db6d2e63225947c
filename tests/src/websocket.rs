//! A WebSocket client of frames: what it sends is whatever a test wants to see sent, also what no client may send.

use crate::program::{connect, read_until};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

pub const CONTINUATION: u8 = 0;
pub const TEXT: u8 = 1;
pub const BINARY: u8 = 2;
pub const CLOSE: u8 = 8;
pub const PING: u8 = 9;
pub const PONG: u8 = 10;

/// The bit of a frame's first byte that says that its message ends here.
const LAST: u8 = 0x80;
const MASKED: u8 = 0x80;
const MASK: [u8; 4] = [1, 2, 3, 4];

/// A handshake that is as it must be, except for the empty line at its end.
pub const HANDSHAKE: &str = "GET / HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\
    sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// A connection whose handshake is done.
pub struct WebSocket {
    pub stream: TcpStream,
    /// What the server answered to the handshake.
    pub answer: String,
}

/// A frame: opcode and payload. `last`: the message ends with it.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame {
    pub opcode: u8,
    pub last: bool,
    pub payload: Vec<u8>,
}

impl WebSocket {
    pub fn connect(port: u16) -> WebSocket {
        WebSocket::connect_with(port, "")
    }

    /// `headers`: further lines of the handshake.
    pub fn connect_with(port: u16, headers: &str) -> WebSocket {
        WebSocket::answered(WebSocket::ask(port, headers))
    }

    /// Begins the handshake.
    pub fn ask(port: u16, headers: &str) -> TcpStream {
        let mut stream = connect(port);
        stream.write_all(format!("{HANDSHAKE}{headers}\r\n").as_bytes()).expect("the server reads");
        stream
    }

    /// Ends a handshake that was begun.
    pub fn answered(mut stream: TcpStream) -> WebSocket {
        let answer = read_until(&mut stream, "\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 101 "), "{answer}");
        assert!(answer.contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), "{answer}");
        WebSocket { stream, answer }
    }

    pub fn send(&mut self, opcode: u8, payload: &[u8]) {
        self.send_frame(LAST | opcode, payload);
    }

    /// A frame with this first byte.
    pub fn send_frame(&mut self, first: u8, payload: &[u8]) {
        let mut frame = vec![first];
        match payload.len() {
            length @ ..126 => frame.push(MASKED | length as u8),
            length @ ..0x1_0000 => {
                frame.push(MASKED | 126);
                frame.extend((length as u16).to_be_bytes());
            }
            length => {
                frame.push(MASKED | 127);
                frame.extend((length as u64).to_be_bytes());
            }
        }
        frame.extend(MASK);
        frame.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        let _ = self.stream.write_all(&frame); // the server may have closed it: what it said before is what counts
    }

    pub fn say(&mut self, text: &str) {
        self.send(TEXT, text.as_bytes());
    }

    /// The next frame; none when the connection has ended.
    pub fn frame(&mut self) -> Option<Frame> {
        let mut head = [0; 2];
        self.stream.read_exact(&mut head).ok()?;
        assert_eq!(head[1] & MASKED, 0, "a server masks nothing");
        let length = match head[1] {
            126 => self.number::<2>(),
            127 => self.number::<8>(),
            length => u64::from(length),
        };
        let mut payload = vec![0; usize::try_from(length).expect("a length that fits")];
        self.stream.read_exact(&mut payload).expect("the rest of the frame");
        Some(Frame { opcode: head[0] & 0xf, last: head[0] & LAST != 0, payload })
    }

    fn number<const N: usize>(&mut self) -> u64 {
        let mut bytes = [0; N];
        self.stream.read_exact(&mut bytes).expect("the rest of the frame");
        bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    /// The next message as text: opcode 1, in as many frames as it comes.
    pub fn hear(&mut self) -> String {
        let mut text = Vec::new();
        loop {
            let frame = self.frame().expect("a message");
            assert_eq!(frame.opcode, if text.is_empty() { TEXT } else { CONTINUATION }, "{frame:?}");
            text.extend(frame.payload);
            if frame.last {
                return String::from_utf8(text).expect("UTF-8");
            }
        }
    }

    /// Reads to the close frame, and answers it: code and reason.
    pub fn closed(&mut self) -> (u16, String) {
        loop {
            let frame = self.frame().expect("a close frame");
            if frame.opcode == CLOSE {
                self.send(CLOSE, &frame.payload);
                assert_eq!(self.frame(), None, "nothing follows");
                let code = frame.payload.get(..2).map_or(1005, |code| u16::from_be_bytes([code[0], code[1]]));
                let reason = frame.payload.get(2..).unwrap_or_default();
                return (code, String::from_utf8_lossy(reason).into_owned());
            }
        }
    }

    /// Says goodbye: the code that the server answers with.
    pub fn close(&mut self, code: u16, reason: &str) -> (u16, String) {
        self.send(CLOSE, &[&code.to_be_bytes()[..], reason.as_bytes()].concat());
        let answer = self.closed();
        let _ = self.stream.shutdown(Shutdown::Both); // it may be closed already
        answer
    }
}
