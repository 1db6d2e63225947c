//! Connections of the client that wait for their next request.

use super::pipe::OutBody;
use super::wire::{Io, Wire};
use crate::reactor;
use hyper::client::conn::http1::{Connection, SendRequest};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// An unused connection is closed after this long: shorter than servers commonly wait, so that they rarely close one
/// that is about to be used.
const IDLE_MAX: Duration = Duration::from_secs(4);
/// Unused connections that are kept, for one origin and altogether.
const KEPT_A_KEY: usize = 512;
const KEPT: usize = 1024;

/// A connection and hyper's two halves of it.
pub(super) struct Link {
    pub(super) key: String,
    pub(super) wire: Rc<Wire>,
    pub(super) sender: SendRequest<OutBody>,
    pub(super) connection: Pin<Box<Connection<Io, OutBody>>>,
    /// When it was last used.
    pub(super) since: Instant,
}

#[derive(Default)]
struct Pool {
    links: HashMap<String, Vec<Link>>,
    count: usize,
}

thread_local! {
    static POOL: RefCell<Pool> = RefCell::default();
    static SWEEPING: Cell<bool> = const { Cell::new(false) };
}

/// The connection for `key` that was used last, if one is left that stands.
pub(super) fn take(key: &str) -> Option<Link> {
    loop {
        let mut link = POOL.with_borrow_mut(|pool| {
            let link = pool.links.get_mut(key)?.pop()?;
            pool.count -= 1;
            Some(link)
        })?;
        let mut cx = Context::from_waker(Waker::noop());
        let stands = link.connection.as_mut().poll(&mut cx).is_pending() && link.sender.is_ready();
        if stands {
            return Some(link);
        }
    }
}

/// Keeps the connection for the next request, now or when the current response is complete.
pub(super) fn give_back(mut link: Link) {
    let mut cx = Context::from_waker(Waker::noop());
    match link.connection.as_mut().poll(&mut cx) {
        Poll::Ready(_) => {}
        Poll::Pending if link.sender.is_ready() => keep(link),
        Poll::Pending => {
            reactor::spawn(async move {
                if poll_fn(|cx| poll_free(&mut link, cx)).await {
                    keep(link);
                }
            });
        }
    }
}

/// Drives the connection until it is free (true) or has ended.
fn poll_free(link: &mut Link, cx: &mut Context<'_>) -> Poll<bool> {
    if link.connection.as_mut().poll(cx).is_ready() {
        return Poll::Ready(false);
    }
    match link.sender.poll_ready(cx) {
        Poll::Ready(result) => Poll::Ready(result.is_ok()),
        Poll::Pending => Poll::Pending,
    }
}

fn keep(mut link: Link) {
    link.since = reactor::now();
    let refused = POOL.with_borrow_mut(|pool| {
        if pool.count >= KEPT {
            return Some(link);
        }
        let links = match pool.links.get_mut(&link.key) {
            Some(links) => links,
            None => pool.links.entry(link.key.clone()).or_default(),
        };
        if links.len() >= KEPT_A_KEY {
            return Some(link);
        }
        links.push(link);
        pool.count += 1;
        None
    });
    drop(refused); // outside the borrow
    if !SWEEPING.replace(true) {
        reactor::spawn(sweep());
    }
}

/// Closes connections that nobody used for a while, until none is left.
async fn sweep() {
    loop {
        reactor::sleep(IDLE_MAX / 4).await;
        let now = Instant::now();
        let mut cx = Context::from_waker(Waker::noop());
        let (old, left) = POOL.with_borrow_mut(|pool| {
            let mut old = Vec::new();
            pool.links.retain(|_, links| {
                let kept = std::mem::take(links);
                for mut link in kept {
                    let stale = now.saturating_duration_since(link.since) >= IDLE_MAX;
                    if stale || link.connection.as_mut().poll(&mut cx).is_ready() {
                        old.push(link);
                    } else {
                        links.push(link);
                    }
                }
                !links.is_empty()
            });
            pool.count -= old.len();
            (old, pool.count)
        });
        drop(old); // outside the borrow
        if left == 0 {
            SWEEPING.set(false);
            return;
        }
    }
}

#[cfg(test)]
pub(super) fn kept() -> usize {
    POOL.with_borrow(|pool| pool.count)
}
