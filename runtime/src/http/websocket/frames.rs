//! The protocol's side of a socket: a message that goes out frame by frame, the close frame behind it, and what came.

use super::socket::{Limits, Outcome, Role};
use super::tap::Tap;
use bytes::Bytes;
use std::io;
use tungstenite::error::{CapacityError, Error, ProtocolError};
use tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tungstenite::protocol::frame::{CloseFrame, Frame};
use tungstenite::protocol::{self, WebSocket, WebSocketConfig};

pub(super) use tungstenite::Message;

/// A longer message goes out in several frames: no buffer grows with it, and pings get in between.
const FRAME_MAX: usize = 64 * 1024;
/// What may wait to be written: a frame, and answers to pings of somebody who does not read them.
const OUT_MAX: usize = 2 * FRAME_MAX;
/// The buffer that each connection has.
const IN_BUFFER: usize = 4096;
/// The reason of a close frame has room for so many bytes.
const REASON_MAX: usize = 123;

/// The other side broke the protocol.
const PROTOCOL_ERROR: u16 = 1002;
/// A text that is not UTF-8.
const NOT_UTF8: u16 = 1007;
const TOO_BIG: u16 = 1009;
/// Stands for a close frame without a code.
const NO_CODE: u16 = 1005;

/// A message on its way out.
pub(super) struct Outgoing {
    opcode: Data,
    rest: Bytes,
}

impl Outgoing {
    pub(super) fn new(is_text: bool, payload: Bytes) -> Outgoing {
        Outgoing { opcode: if is_text { Data::Text } else { Data::Binary }, rest: payload }
    }
}

/// How the socket is to be closed: code, if there is one to say, and reason.
#[derive(Clone)]
pub(super) struct Farewell {
    code: Option<u16>,
    reason: String,
    /// The program does not want to hear any more.
    pub(super) deaf: bool,
}

impl Farewell {
    pub(super) fn new(code: Option<u16>, mut reason: String, deaf: bool) -> Farewell {
        reason.truncate(reason.floor_char_boundary(REASON_MAX));
        Farewell { code, reason, deaf }
    }
}

/// What a look at the connection comes to.
pub(super) enum Got {
    /// Text or bytes.
    Message(Message),
    /// Something that only shows that the other side lives.
    Sign,
    /// No more for now.
    Nothing,
    /// It is over.
    End(Outcome),
}

/// A socket that is open.
pub(super) struct Open {
    protocol: WebSocket<Tap>,
    outgoing: Option<Outgoing>,
    /// What the other side's close frame said.
    received: Option<Outcome>,
    /// What the other side did wrong: nothing is read any more.
    failure: Option<Outcome>,
    /// Our close frame was handed over.
    parted: bool,
}

impl Open {
    pub(super) fn new(tap: Tap, role: Role, limits: &Limits) -> Open {
        let config = WebSocketConfig::default()
            .read_buffer_size(IN_BUFFER)
            .write_buffer_size(0)
            .max_write_buffer_size(OUT_MAX)
            .max_message_size(Some(limits.message_bytes))
            .max_frame_size(Some(limits.message_bytes));
        let role = match role {
            Role::Server => protocol::Role::Server,
            Role::Client => protocol::Role::Client,
        };
        let protocol = WebSocket::from_raw_socket(tap, role, Some(config));
        Open { protocol, outgoing: None, received: None, failure: None, parted: false }
    }

    pub(super) fn tap(&mut self) -> &mut Tap {
        self.protocol.get_mut()
    }

    /// Whether the end is agreed on or unavoidable, and only time is needed.
    pub(super) fn is_ending(&self) -> bool {
        self.received.is_some() || self.failure.is_some()
    }

    /// Whether another message can be taken: all that was sent is with the kernel. Sends what can be sent.
    pub(super) fn is_clear(&mut self) -> Result<bool, Outcome> {
        self.push(None)
    }

    pub(super) fn send(&mut self, message: Outgoing) {
        self.outgoing = Some(message);
    }

    /// Sends what can be sent now, the close frame last. True: nothing is left.
    pub(super) fn push(&mut self, farewell: Option<&Farewell>) -> Result<bool, Outcome> {
        loop {
            let flushed = self.protocol.flush();
            if !self.done(flushed)? {
                return Ok(false);
            }
            let written = if !self.protocol.can_write() {
                self.outgoing = None; // nobody would look at it
                return Ok(true);
            } else if let Some(frame) = self.next_frame() {
                self.protocol.write(Message::Frame(frame))
            } else if let Some(frame) = self.close_frame(farewell) {
                self.parted = true;
                self.protocol.close(frame)
            } else {
                return Ok(true);
            };
            self.done(written)?;
        }
    }

    fn next_frame(&mut self) -> Option<Frame> {
        let Outgoing { opcode, rest } = self.outgoing.as_mut()?;
        let piece = rest.split_to(rest.len().min(FRAME_MAX));
        let last = rest.is_empty();
        let frame = Frame::message(piece, OpCode::Data(*opcode), last);
        *opcode = Data::Continue;
        if last {
            self.outgoing = None;
        }
        Some(frame)
    }

    /// The close frame, if it is time for one.
    fn close_frame(&self, farewell: Option<&Farewell>) -> Option<Option<CloseFrame>> {
        let farewell = match &self.failure {
            Some(Outcome { code, reason, .. }) => &Farewell::new(Some(*code), reason.clone(), true),
            None => farewell?,
        };
        let frame = |code| CloseFrame { code: CloseCode::from(code), reason: farewell.reason.as_str().into() };
        (!self.parted).then(|| farewell.code.map(frame))
    }

    /// Whether a step was made to its end; if not, it goes on by itself when the connection is ready.
    fn done(&mut self, result: Result<(), Error>) -> Result<bool, Outcome> {
        match result {
            Ok(()) => Ok(true),
            Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => Ok(false),
            Err(_) => Err(self.ended()),
        }
    }

    /// Shows that we are there; asks the other side to do the same.
    pub(super) fn ping(&mut self) {
        // Where there is no room for it, the other side has not read for long, and does not hear this either.
        let _ = self.protocol.write(Message::Ping(Bytes::new()));
    }

    /// The next thing that came. `is_clear`: nothing is left to send.
    pub(super) fn pull(&mut self, is_clear: bool) -> Got {
        if let Some(failure) = &self.failure {
            return if is_clear { Got::End(failure.clone()) } else { Got::Nothing };
        }
        match self.protocol.read() {
            Ok(message @ (Message::Text(_) | Message::Binary(_))) => Got::Message(message),
            Ok(Message::Close(frame)) => {
                let (code, reason) = frame
                    .map_or((NO_CODE, String::new()), |frame| (frame.code.into(), frame.reason.as_str().to_owned()));
                self.received = Some(Outcome { code, reason, clean: true });
                Got::Sign
            }
            Ok(_) => Got::Sign,
            Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => Got::Nothing,
            Err(error) => match blame(&error) {
                Some(code) if self.received.is_none() => {
                    self.outgoing = None;
                    self.failure = Some(Outcome { code, reason: reason_of(&error), clean: false });
                    Got::Sign
                }
                _ => Got::End(self.ended()),
            },
        }
    }

    /// How it ended if it ends now.
    pub(super) fn ended(&mut self) -> Outcome {
        self.received.take().or_else(|| self.failure.take()).unwrap_or_else(Outcome::lost)
    }
}

/// The code for what the other side did, if it did something wrong.
fn blame(error: &Error) -> Option<u16> {
    match error {
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => None,
        Error::Protocol(_) | Error::AttackAttempt => Some(PROTOCOL_ERROR),
        Error::Utf8(_) => Some(NOT_UTF8),
        Error::Capacity(_) => Some(TOO_BIG),
        _ => None,
    }
}

fn reason_of(error: &Error) -> String {
    match error {
        Error::Capacity(CapacityError::MessageTooLong { max_size, .. }) => {
            format!("the message has more than {max_size} bytes")
        }
        Error::Protocol(error) => {
            let mut text = error.to_string();
            text.truncate(text.floor_char_boundary(REASON_MAX));
            text
        }
        Error::Utf8(_) => "the text is not UTF-8".to_owned(),
        _ => String::new(),
    }
}
