//! A stream as hyper sees it, that notes what the time limits need to know.

use crate::io::socket::Stream;
use crate::reactor;
use bytes::Bytes;
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

/// Pieces that together are no longer than this are sent as one: copying them costs less than a vector of them.
const JOIN_MAX: usize = 4096;

/// How long, and for how much, a connection that ends with unread input goes on reading: closed at once, the kernel
/// would answer with a reset that can overtake the response.
const LINGER: Duration = Duration::from_millis(500);
const LINGER_BYTES: usize = 1 << 20;

thread_local! {
    static JOINED: RefCell<Vec<u8>> = RefCell::new(Vec::with_capacity(JOIN_MAX));
}

/// The stream of a connection and when it last moved.
pub(super) struct Wire {
    pub(super) stream: Stream,
    /// When the first bytes came since [`Wire::forget`].
    pub(super) heard: Cell<Option<Instant>>,
    /// Since when the other side takes nothing of what we send.
    pub(super) stuck: Cell<Option<Instant>>,
}

impl Wire {
    pub(super) fn new(stream: Stream) -> Rc<Wire> {
        Rc::new(Wire { stream, heard: Cell::new(None), stuck: Cell::new(None) })
    }

    /// Nothing was heard from here on.
    pub(super) fn forget(&self) {
        self.heard.set(None);
    }

    pub(super) fn note_write(&self, outcome: &Poll<io::Result<usize>>) {
        match outcome {
            Poll::Ready(_) if self.stuck.get().is_some() => self.stuck.set(None),
            Poll::Pending if self.stuck.get().is_none() => self.stuck.set(Some(reactor::now())),
            _ => {}
        }
    }
}

/// What hyper reads from and writes to.
pub(super) struct Io {
    pub(super) wire: Rc<Wire>,
    /// Read before, by a connection that was parked.
    pub(super) before: Bytes,
}

impl hyper::rt::Read for Io {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buffer: hyper::rt::ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.before.is_empty() {
            let count = self.before.len().min(buffer.remaining());
            buffer.put_slice(&self.before.split_to(count));
            return Poll::Ready(Ok(()));
        }
        let wire = &self.wire;
        // SAFETY: invariant 21 (`recv` only writes, so what was initialised stays so).
        let space = unsafe { buffer.as_mut() };
        let count = ready!(wire.stream.poll_read(cx, space))?;
        // SAFETY: invariant 21 (the kernel has written that many bytes).
        unsafe { buffer.advance(count) };
        if wire.heard.get().is_none() && count > 0 {
            wire.heard.set(Some(reactor::now()));
        }
        Poll::Ready(Ok(()))
    }
}

impl hyper::rt::Write for Io {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = self.wire.stream.poll_write(cx, bytes);
        self.wire.note_write(&outcome);
        outcome
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let total: usize = pieces.iter().map(|piece| piece.len()).sum();
        let outcome = match pieces {
            [one] => self.wire.stream.poll_write(cx, one),
            _ if total <= JOIN_MAX => JOINED.with_borrow_mut(|joined| {
                joined.clear();
                pieces.iter().for_each(|piece| joined.extend_from_slice(piece));
                self.wire.stream.poll_write(cx, joined)
            }),
            _ => self.wire.stream.poll_write_vectored(cx, pieces),
        };
        self.wire.note_write(&outcome);
        outcome
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.wire.stream.socket().shutdown(std::net::Shutdown::Write) {
            Err(error) if error.kind() == io::ErrorKind::NotConnected => Poll::Ready(Ok(())),
            result => Poll::Ready(result),
        }
    }
}

/// Reads and forgets what still comes, within limits.
pub(super) async fn linger(wire: &Wire) {
    let mut left = LINGER_BYTES;
    let mut sleep = reactor::sleep(LINGER);
    poll_fn(|cx| {
        while left > 0 {
            match wire.stream.poll_read_with(cx, left, <[u8]>::len) {
                Poll::Ready(Ok(count)) if count > 0 => left -= count,
                Poll::Ready(_) => return Poll::Ready(()),
                Poll::Pending => return Pin::new(&mut sleep).poll(cx).map(|_| ()),
            }
        }
        Poll::Ready(())
    })
    .await;
}
