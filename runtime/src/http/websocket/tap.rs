//! A connection as tungstenite sees it: reading and writing that would block says so, and wakes the socket's task later.

use crate::http::wire::Wire;
use bytes::Bytes;
use std::io::{self, Read, Write};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

pub(super) struct Tap {
    wire: Rc<Wire>,
    /// Read already, and not taken yet.
    before: Bytes,
    waker: Waker,
}

impl Tap {
    pub(super) fn new(wire: Rc<Wire>, before: Bytes) -> Tap {
        Tap { wire, before, waker: Waker::noop().clone() }
    }

    /// Wakes this task from now on.
    pub(super) fn wake_with(&mut self, waker: &Waker) {
        if !self.waker.will_wake(waker) {
            self.waker = waker.clone();
        }
    }
}

impl Read for Tap {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.before.is_empty() {
            // More than the small buffers of many connections hold: what does not fit is taken next time.
            let mut cx = Context::from_waker(&self.waker);
            let before = &mut self.before;
            let read = self.wire.stream.poll_read_with(&mut cx, usize::MAX, |bytes| {
                let count = bytes.len().min(buffer.len());
                buffer[..count].copy_from_slice(&bytes[..count]);
                if count < bytes.len() {
                    *before = Bytes::copy_from_slice(&bytes[count..]);
                }
                count
            });
            return or_would_block(read);
        }
        let count = self.before.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.before.split_to(count));
        if self.before.is_empty() {
            self.before = Bytes::new(); // an empty piece would keep the whole alive
        }
        Ok(count)
    }
}

impl Write for Tap {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let outcome = self.wire.stream.poll_write(&mut Context::from_waker(&self.waker), bytes);
        self.wire.note_write(&outcome);
        or_would_block(outcome)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn or_would_block(outcome: Poll<io::Result<usize>>) -> io::Result<usize> {
    match outcome {
        Poll::Ready(result) => result,
        Poll::Pending => Err(io::ErrorKind::WouldBlock.into()),
    }
}
