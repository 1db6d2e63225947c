//! Readiness: sources of the operating system, watched edge by edge. The rule is *try first, ask later*: an operation
//! is attempted at once, and only when the kernel says "would block" does its waker wait for the next edge.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io;
use std::ops::Deref;
use std::os::fd::{AsFd, AsRawFd};
use std::rc::Rc;
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

const INTERRUPT: mio::Token = mio::Token(usize::MAX);
const EVENTS_A_POLL: usize = 512;

thread_local! {
    static POLLER: Poller = Poller::new();
}

struct Poller {
    poll: RefCell<(mio::Poll, mio::Events)>,
    registry: mio::Registry,
    sources: RefCell<slab::Slab<Rc<Readiness>>>,
    generation: Cell<u32>,
}

impl Poller {
    fn new() -> Poller {
        let poll = mio::Poll::new().expect("the operating system gives no event queue");
        let registry = poll.registry().try_clone().expect("the event queue can be cloned");
        let events = mio::Events::with_capacity(EVENTS_A_POLL);
        Poller { poll: RefCell::new((poll, events)), registry, sources: RefCell::default(), generation: Cell::new(0) }
    }
}

/// Waits for events and wakes who waited for them. `None`: without limit.
pub(super) fn wait_for_events(max_wait: Option<Duration>) {
    POLLER.with(|poller| {
        let (poll, events) = &mut *poller.poll.borrow_mut();
        match poll.poll(events, max_wait) {
            Ok(()) => {}
            // A signal: whoever handles it has been told by other means.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return,
            Err(error) => panic!("waiting for events failed: {error}"),
        }
        for event in events.iter().filter(|event| event.token() != INTERRUPT) {
            let (index, generation) = (event.token().0 as u32, (event.token().0 >> 32) as u32);
            let source = poller.sources.borrow().get(index as usize).cloned();
            if let Some(source) = source.filter(|source| source.generation == generation) {
                source.on_event(event);
            }
        }
    });
}

/// Makes a poll return early, from any thread.
pub(super) struct Interrupt(mio::Waker);

impl Interrupt {
    pub(super) fn new() -> Interrupt {
        POLLER.with(|poller| Interrupt(mio::Waker::new(&poller.registry, INTERRUPT).expect("a waker can be made")))
    }

    pub(super) fn interrupt(&self) {
        // Fails only when the counter is full, and then the poll is interrupted already.
        let _ = self.0.wake();
    }
}

/// A direction of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interest {
    Read,
    Write,
}

#[derive(Default)]
struct Direction {
    /// False after "would block", until the next edge.
    ready: Cell<bool>,
    /// The other side has gone: no further edge is promised, so the direction stays ready.
    ended: Cell<bool>,
    /// Usually one; more when several coroutines use one source.
    wakers: RefCell<(Option<Waker>, Vec<Waker>)>,
}

impl Direction {
    fn set_ready(&self) {
        self.ready.set(true);
        let (first, others) = std::mem::take(&mut *self.wakers.borrow_mut());
        first.into_iter().chain(others).for_each(Waker::wake);
    }

    fn add_waker(&self, waker: &Waker) {
        let (first, others) = &mut *self.wakers.borrow_mut();
        match first {
            None => *first = Some(waker.clone()),
            Some(first) if first.will_wake(waker) => {}
            Some(_) if others.iter().any(|other| other.will_wake(waker)) => {}
            Some(_) => others.push(waker.clone()),
        }
    }
}

struct Readiness {
    generation: u32,
    read: Direction,
    write: Direction,
    closed: Cell<bool>,
}

impl Readiness {
    fn direction(&self, interest: Interest) -> &Direction {
        match interest {
            Interest::Read => &self.read,
            Interest::Write => &self.write,
        }
    }

    fn on_event(&self, event: &mio::event::Event) {
        if event.is_read_closed() || event.is_error() {
            self.read.ended.set(true);
        }
        if event.is_write_closed() || event.is_error() {
            self.write.ended.set(true);
        }
        if event.is_readable() || self.read.ended.get() {
            self.read.set_ready();
        }
        if event.is_writable() || self.write.ended.get() {
            self.write.set_ready();
        }
    }
}

/// Something with a non-blocking descriptor, registered with this thread's poll until it is dropped.
pub(crate) struct Source<S: AsFd> {
    io: S,
    readiness: Rc<Readiness>,
    index: usize,
}

impl<S: AsFd> Source<S> {
    /// Registers `io`, which must be in non-blocking mode. Plain files and directories are refused by the kernel
    /// (`EPERM`): they go through [`super::pool`].
    pub(crate) fn new(io: S) -> io::Result<Source<S>> {
        POLLER.with(|poller| {
            let generation = poller.generation.get().wrapping_add(1) & (u32::MAX >> 1);
            poller.generation.set(generation);
            let direction = || Direction { ready: Cell::new(true), ..Direction::default() };
            let readiness =
                Rc::new(Readiness { generation, read: direction(), write: direction(), closed: Cell::new(false) });
            let mut sources = poller.sources.borrow_mut();
            let index = sources.vacant_key();
            let token = mio::Token(index | (generation as usize) << 32);
            let interests = mio::Interest::READABLE | mio::Interest::WRITABLE;
            let fd = io.as_fd().as_raw_fd();
            poller.registry.register(&mut mio::unix::SourceFd(&fd), token, interests)?;
            sources.insert(readiness.clone());
            Ok(Source { io, readiness, index })
        })
    }

    /// Attempts `operation`; on "would block" the task waits for the next edge of `interest`. Interrupted calls are
    /// repeated. Fails with an error that [`is_closed`] knows after [`Source::close`].
    pub(crate) fn poll_io<T>(
        &self,
        cx: &mut Context<'_>,
        interest: Interest,
        mut operation: impl FnMut(&S) -> io::Result<T>,
    ) -> Poll<io::Result<T>> {
        let direction = self.readiness.direction(interest);
        loop {
            ready!(self.poll_ready(cx, interest))?;
            match operation(&self.io) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => direction.ready.set(false),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return Poll::Ready(result),
            }
            if direction.ended.get() && !direction.ready.get() {
                // Ended and yet it would block: a half-closed socket whose buffer is full. Wait for the next edge.
                direction.ended.set(false);
            }
        }
    }

    /// Waits until `interest` was seen ready (at first it is taken for ready).
    pub(crate) fn poll_ready(&self, cx: &mut Context<'_>, interest: Interest) -> Poll<io::Result<()>> {
        if self.readiness.closed.get() {
            return Poll::Ready(Err(closed()));
        }
        let direction = self.readiness.direction(interest);
        if direction.ready.get() {
            return Poll::Ready(Ok(()));
        }
        direction.add_waker(cx.waker());
        Poll::Pending
    }

    /// As [`Source::poll_io`], as a future.
    pub(crate) async fn io<T>(
        &self,
        interest: Interest,
        mut operation: impl FnMut(&S) -> io::Result<T>,
    ) -> io::Result<T> {
        poll_fn(|cx| self.poll_io(cx, interest, &mut operation)).await
    }

    /// Notes that an operation moved less than it was asked for: the kernel has no more for now, so the next attempt
    /// need not be made before the next edge. Saves the system call that would only answer "would block".
    pub(crate) fn exhausted(&self, interest: Interest) {
        let direction = self.readiness.direction(interest);
        if !direction.ended.get() {
            direction.ready.set(false);
        }
    }

    /// Ends every operation on this source, pending or future, with an error that [`is_closed`] knows. The descriptor
    /// itself is closed when the source is dropped.
    pub(crate) fn close(&self) {
        self.readiness.closed.set(true);
        self.readiness.read.set_ready();
        self.readiness.write.set_ready();
    }
}

impl<S: AsFd> Deref for Source<S> {
    type Target = S;
    fn deref(&self) -> &S {
        &self.io
    }
}

impl<S: AsFd> Drop for Source<S> {
    fn drop(&mut self) {
        // While the thread ends the poll may be gone, and with it the registration.
        let _ = POLLER.try_with(|poller| {
            let fd = self.io.as_fd().as_raw_fd();
            let _ = poller.registry.deregister(&mut mio::unix::SourceFd(&fd));
            poller.sources.borrow_mut().try_remove(self.index);
        });
    }
}

#[derive(Debug)]
struct Closed;

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("it is closed")
    }
}

impl std::error::Error for Closed {}

fn closed() -> io::Error {
    io::Error::new(io::ErrorKind::NotConnected, Closed)
}

/// Whether `error` says that the source was closed by this process while or before it was used.
pub(crate) fn is_closed(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Closed>())
}

#[cfg(test)]
mod tests {
    use super::super::{Sleep, block_on, sleep, spawn};
    use super::*;
    use std::io::{Read, Write};
    use std::os::unix::net::UnixStream;

    fn pair() -> (Source<UnixStream>, Source<UnixStream>) {
        let (a, b) = UnixStream::pair().unwrap();
        a.set_nonblocking(true).unwrap();
        b.set_nonblocking(true).unwrap();
        (Source::new(a).unwrap(), Source::new(b).unwrap())
    }

    async fn read(source: &Source<UnixStream>) -> io::Result<Vec<u8>> {
        let mut buffer = [0; 64];
        let count = source.io(Interest::Read, |mut io| io.read(&mut buffer)).await?;
        Ok(buffer[..count].to_vec())
    }

    fn short() -> Sleep {
        sleep(Duration::from_millis(5))
    }

    #[test]
    fn a_reader_is_woken_by_a_writer_and_by_the_end() {
        block_on(async {
            let (a, b) = pair();
            spawn(async move {
                short().await;
                b.io(Interest::Write, |mut io| io.write(b"ping")).await.unwrap();
                short().await;
                drop(b);
            });
            assert_eq!(read(&a).await.unwrap(), b"ping");
            a.exhausted(Interest::Read);
            assert_eq!(read(&a).await.unwrap(), b"");
            a.exhausted(Interest::Read);
            assert_eq!(read(&a).await.unwrap(), b"", "the end stays the end");
        });
    }

    #[test]
    fn data_and_end_that_came_together_are_both_seen() {
        block_on(async {
            let (a, b) = pair();
            b.io(Interest::Write, |mut io| io.write(b"bye")).await.unwrap();
            drop(b);
            assert_eq!(read(&a).await.unwrap(), b"bye");
            a.exhausted(Interest::Read);
            assert_eq!(read(&a).await.unwrap(), b"");
        });
    }

    #[test]
    fn a_writer_waits_for_room_and_hears_of_a_peer_that_left() {
        block_on(async {
            let (a, b) = pair();
            spawn(async move {
                short().await;
                let mut sink = vec![0; 1 << 20];
                b.io(Interest::Read, |mut io| io.read(&mut sink)).await.unwrap();
                short().await;
                drop(b);
            });
            let chunk = vec![1; 1 << 16];
            let error = loop {
                if let Err(error) = a.io(Interest::Write, |mut io| io.write(&chunk)).await {
                    break error;
                }
            };
            assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        });
    }

    #[test]
    fn close_ends_a_pending_read_of_another_task() {
        block_on(async {
            let (a, _b) = pair();
            let a = Rc::new(a);
            let closer = a.clone();
            spawn(async move {
                short().await;
                closer.close();
            });
            assert!(is_closed(&read(&a).await.unwrap_err()));
        });
    }

    #[test]
    fn several_tasks_can_wait_for_one_source() {
        block_on(async {
            let (a, b) = pair();
            let a = Rc::new(a);
            let total = Rc::new(Cell::new(0));
            for _ in 0..3 {
                let (a, total) = (a.clone(), total.clone());
                spawn(async move {
                    let mut byte = [0];
                    a.io(Interest::Read, |mut io| io.read(&mut byte)).await.unwrap();
                    total.set(total.get() + 1);
                });
            }
            short().await;
            b.io(Interest::Write, |mut io| io.write(b"xyz")).await.unwrap();
            short().await;
            assert_eq!(total.get(), 3);
        });
    }
}
