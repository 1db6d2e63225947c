//! Bodies that the other side sends: read piece by piece or collected, within a limit.

use super::connection::Peer;
use crate::op::{Class, OpError, OpResult};
use crate::reactor;
use bytes::Bytes;
use corona_std::errors;
use http_body::Body;
use hyper::body::Incoming;
use std::io;
use std::pin::Pin;
use std::rc::Weak;
use std::task::{Context, Poll, Waker, ready};

/// A body on its way in.
#[derive(Default)]
pub struct Intake {
    /// What has come already and nobody has read.
    first: Option<Bytes>,
    body: Option<Incoming>,
    /// Who waits for the next piece: told when the body is given up.
    waiter: Option<Waker>,
    /// What the body ended with instead of its end.
    failure: Option<Box<OpError>>,
    limit: u64,
    received: u64,
    /// Where the time limit of a server's connection is noted.
    peer: Weak<Peer>,
}

impl Intake {
    fn new(body: Option<Incoming>, limit: u64, peer: Weak<Peer>, failure: Option<OpError>) -> Intake {
        let failure = failure.map(Box::new);
        Intake { first: None, body, waiter: None, failure, limit, received: 0, peer }
    }

    /// The body of a response.
    pub(super) fn partial(body: Incoming) -> Intake {
        Intake::new(Some(body), u64::MAX, Weak::new(), None)
    }

    /// A body that nobody wants any more.
    pub fn given_up() -> Intake {
        Intake::new(None, 0, Weak::new(), Some(super::closed("the body was given up")))
    }

    /// Takes in what is there. True: no more will come, or enough is here.
    pub(super) fn gather(&mut self, cx: &mut Context<'_>, enough: usize) -> bool {
        let mut gathered = self.first.take().unwrap_or_default();
        let done = loop {
            match self.poll_chunk(cx) {
                Poll::Ready(Ok(Some(bytes))) if gathered.is_empty() => gathered = bytes,
                Poll::Ready(Ok(Some(bytes))) => gathered = [&gathered[..], &bytes].concat().into(),
                Poll::Ready(Ok(None)) => break true,
                Poll::Ready(Err(error)) => {
                    self.failure = Some(Box::new(error));
                    break true;
                }
                Poll::Pending => break false,
            }
            if gathered.len() > enough {
                break true;
            }
        };
        self.first = Some(gathered);
        done
    }

    /// The body of a request, at most `limit` bytes long.
    pub(super) fn limited(body: Incoming, limit: u64, peer: Weak<Peer>) -> Intake {
        if body.is_end_stream() {
            return Intake::default();
        }
        Intake::new(Some(body), limit, peer, None)
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.first.as_ref().is_none_or(Bytes::is_empty) && self.whole()
    }

    /// The rest of the body, if all of it has come.
    pub fn take_if_whole(&mut self, cx: &mut Context<'_>) -> Option<Bytes> {
        let done = self.gather(cx, usize::MAX);
        (done && self.whole()).then(|| self.take_first())
    }

    /// Whether all that is left to read is here.
    pub(super) fn whole(&self) -> bool {
        self.body.is_none() && self.failure.is_none()
    }

    pub(super) fn take_first(&mut self) -> Bytes {
        self.first.take().unwrap_or_default()
    }

    /// The length that the other side announced for what has not been read.
    pub fn announced(&self) -> usize {
        let first = self.first.as_ref().map_or(0, Bytes::len);
        let rest = self.body.as_ref().and_then(|body| body.size_hint().exact()).unwrap_or(0);
        first + rest.min(1 << 20) as usize
    }

    /// The next piece; `None` at the end.
    pub fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<OpResult<Option<Bytes>>> {
        if let Some(first) = self.first.take().filter(|first| !first.is_empty()) {
            return Poll::Ready(Ok(Some(first)));
        }
        loop {
            let Some(body) = &mut self.body else {
                return Poll::Ready(self.failure.take().map_or(Ok(None), |error| Err(*error)));
            };
            let polled = Pin::new(body).poll_frame(cx);
            if let Some(peer) = self.peer.upgrade() {
                if polled.is_pending() && peer.body_late() {
                    self.body = None;
                    peer.left_unread();
                    return Poll::Ready(Err(late()));
                }
                peer.note_body(polled.is_pending().then(|| (reactor::now(), cx.waker().clone())));
            }
            self.waiter = polled.is_pending().then(|| cx.waker().clone());
            match ready!(polled) {
                None => self.body = None,
                Some(Err(error)) => {
                    self.body = None;
                    return Poll::Ready(Err(broken(&error)));
                }
                Some(Ok(frame)) => {
                    let Ok(bytes) = frame.into_data() else { continue };
                    self.received += bytes.len() as u64;
                    if self.received > self.limit {
                        self.body = None;
                        self.peer.upgrade().iter().for_each(|peer| peer.left_unread());
                        return Poll::Ready(Err(too_large(self.limit)));
                    }
                    if !bytes.is_empty() {
                        return Poll::Ready(Ok(Some(bytes)));
                    }
                }
            }
        }
    }
}

impl Drop for Intake {
    fn drop(&mut self) {
        if let Some(waiter) = self.waiter.take() {
            waiter.wake();
        }
    }
}

fn late() -> OpError {
    OpError::new(Class::Error, errors::TIMEOUT, "the rest of the request's body did not come in time")
}

fn too_large(limit: u64) -> OpError {
    OpError::new(Class::Error, errors::TOO_LARGE, format!("the body is larger than {limit} bytes"))
}

/// The error of a body that ended too early or is not valid.
fn broken(error: &hyper::Error) -> OpError {
    if error.is_parse() || error.is_user() {
        return OpError::new(Class::Error, errors::PROTOCOL, format!("the body is not valid: {error}"));
    }
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if let Some(io) = inner.downcast_ref::<io::Error>()
            && matches!(io.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData)
        {
            return OpError::new(Class::Error, errors::PROTOCOL, format!("the body is not valid: {io}"));
        }
        source = inner.source();
    }
    OpError::new(Class::Error, "ECONNRESET", "the connection ended before the body was complete")
}
