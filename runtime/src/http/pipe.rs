//! Bodies that we send: all at once, or piece by piece with backpressure.

use super::connection::Peer;
use bytes::{Buf, Bytes};
use http_body::{Body, Frame, SizeHint};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// Bytes that wait in a pipe before its writer has to.
const PENDING_MAX: usize = 64 * 1024;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Ended,
    /// The writer failed: the message must not look complete.
    Aborted,
}

/// A body in the making: written by a coroutine, read by a connection.
pub struct Pipe {
    chunks: RefCell<VecDeque<Bytes>>,
    pending: Cell<usize>,
    state: Cell<State>,
    /// The connection has let go of it.
    closed: Cell<bool>,
    /// Bytes still to come, where the length was announced.
    remaining: Cell<Option<u64>>,
    reader: RefCell<Option<Waker>>,
    writer: RefCell<Option<Waker>>,
}

/// Nobody will read what is written.
#[derive(Debug)]
pub struct Closed;

impl Pipe {
    pub fn new(length: Option<u64>) -> Rc<Pipe> {
        Rc::new(Pipe {
            chunks: RefCell::default(),
            pending: Cell::new(0),
            state: Cell::new(State::Open),
            closed: Cell::new(false),
            remaining: Cell::new(length),
            reader: RefCell::default(),
            writer: RefCell::default(),
        })
    }

    /// Hands `bytes` over; waits while enough others are pending.
    pub async fn write(&self, bytes: Bytes) -> Result<(), Closed> {
        poll_fn(|cx| {
            if self.closed.get() || self.state.get() != State::Open || self.pending.get() < PENDING_MAX {
                return Poll::Ready(());
            }
            *self.writer.borrow_mut() = Some(cx.waker().clone());
            Poll::Pending
        })
        .await;
        if self.closed.get() || self.state.get() != State::Open {
            return Err(Closed);
        }
        if !bytes.is_empty() {
            self.pending.set(self.pending.get() + bytes.len());
            self.chunks.borrow_mut().push_back(bytes);
            wake(&self.reader);
        }
        Ok(())
    }

    /// The body is complete.
    pub fn end(&self) {
        self.finish(State::Ended);
    }

    /// The body will never be complete: the connection breaks off.
    pub fn abort(&self) {
        self.finish(State::Aborted);
    }

    fn finish(&self, state: State) {
        if self.state.get() == State::Open {
            self.state.set(state);
            wake(&self.reader);
            wake(&self.writer);
        }
    }

    fn take(&self) -> Option<Bytes> {
        let chunk = self.chunks.borrow_mut().pop_front()?;
        self.pending.set(self.pending.get() - chunk.len());
        if let Some(remaining) = self.remaining.get() {
            self.remaining.set(Some(remaining.saturating_sub(chunk.len() as u64)));
        }
        wake(&self.writer);
        Some(chunk)
    }

    fn close(&self) -> bool {
        self.closed.set(true);
        self.chunks.take();
        wake(&self.writer);
        self.state.get() == State::Open
    }
}

fn wake(place: &RefCell<Option<Waker>>) {
    let waker = place.borrow_mut().take();
    waker.into_iter().for_each(Waker::wake);
}

/// What hyper sends.
pub struct OutBody {
    content: Content,
    /// The connection that becomes idle when the body is sent.
    pub(super) peer: Option<Rc<Peer>>,
}

enum Content {
    Empty,
    Full(Bytes),
    Piped(Rc<Pipe>),
}

impl OutBody {
    pub fn empty() -> OutBody {
        OutBody { content: Content::Empty, peer: None }
    }

    pub fn full(bytes: Bytes) -> OutBody {
        let content = if bytes.has_remaining() { Content::Full(bytes) } else { Content::Empty };
        OutBody { content, peer: None }
    }

    pub fn piped(pipe: Rc<Pipe>) -> OutBody {
        OutBody { content: Content::Piped(pipe), peer: None }
    }

    pub(super) fn is_piped(&self) -> bool {
        matches!(self.content, Content::Piped(_))
    }
}

/// The writer of a body gave up.
#[derive(Debug)]
pub struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body was broken off by its writer")
    }
}

impl std::error::Error for Broken {}

impl From<Infallible> for Broken {
    fn from(never: Infallible) -> Broken {
        match never {}
    }
}

impl Body for OutBody {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        let pipe = match &mut self.content {
            Content::Empty => return Poll::Ready(None),
            Content::Full(bytes) => {
                let bytes = std::mem::take(bytes);
                self.content = Content::Empty;
                return Poll::Ready(Some(Ok(Frame::data(bytes))));
            }
            Content::Piped(pipe) => pipe,
        };
        if let Some(chunk) = pipe.take() {
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        match pipe.state.get() {
            State::Ended => Poll::Ready(None),
            State::Aborted => Poll::Ready(Some(Err(Broken))),
            State::Open => {
                *pipe.reader.borrow_mut() = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.content {
            Content::Empty => true,
            Content::Full(_) => false,
            Content::Piped(pipe) => pipe.state.get() == State::Ended && pipe.chunks.borrow().is_empty(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Empty => SizeHint::with_exact(0),
            Content::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Piped(pipe) => pipe.remaining.get().map_or_else(SizeHint::default, SizeHint::with_exact),
        }
    }
}

impl Drop for OutBody {
    fn drop(&mut self) {
        let unfinished = match &self.content {
            Content::Piped(pipe) => pipe.close(),
            _ => false,
        };
        if let Some(peer) = self.peer.take() {
            peer.body_sent(unfinished);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactor::{block_on, sleep, spawn};
    use http_body_util::BodyExt;
    use std::time::Duration;

    #[test]
    fn a_full_pipe_makes_its_writer_wait_and_ends_in_order() {
        block_on(async {
            let pipe = Pipe::new(None);
            let body = OutBody::piped(pipe.clone());
            let written = Rc::new(Cell::new(0));
            let (writer, count) = (pipe.clone(), written.clone());
            spawn(async move {
                for _ in 0..10 {
                    writer.write(vec![7; 32 * 1024].into()).await.unwrap();
                    count.set(count.get() + 1);
                }
                writer.end();
            });
            sleep(Duration::from_millis(5)).await;
            assert_eq!(written.get(), 2);
            assert_eq!(body.collect().await.unwrap().to_bytes().len(), 320 * 1024);
        });
    }

    #[test]
    fn a_writer_learns_that_the_connection_is_gone() {
        block_on(async {
            let pipe = Pipe::new(None);
            drop(OutBody::piped(pipe.clone()));
            assert!(pipe.write(Bytes::from_static(b"x")).await.is_err());
        });
    }

    #[test]
    fn an_aborted_body_is_an_error_not_an_end() {
        block_on(async {
            let pipe = Pipe::new(None);
            let body = OutBody::piped(pipe.clone());
            pipe.write(Bytes::from_static(b"x")).await.unwrap();
            pipe.abort();
            assert!(body.collect().await.is_err());
        });
    }
}
