//! What TCP and Unix-domain sockets share: streams, listeners, and waiting for a connection to be made. How they are
//! addressed is in `tcp.rs` and `unix.rs`.

use super::gate::Gate;
use super::raw;
use crate::reactor::{self, Interest, Sleep, Source};
use crate::supervised::Lease;
use socket2::{SockAddr, Socket};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io;
use std::mem::MaybeUninit;
use std::net::Shutdown;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The size of the buffer that reads without a buffer of their own go through.
const SCRATCH: usize = 64 * 1024;
/// How long a listener rests when the process or the system is out of descriptors.
const BACK_OFF: Duration = Duration::from_millis(50);

thread_local! {
    static SCRATCH_BUFFER: RefCell<Box<[MaybeUninit<u8>]>> = RefCell::new(Box::new_uninit_slice(SCRATCH));
}

/// A connected socket. Shared by reference: one task may read while another writes.
pub(crate) struct Stream {
    source: Source<Socket>,
    writing: Gate,
    read_timeout: Cell<Option<Duration>>,
    write_timeout: Cell<Option<Duration>>,
}

impl Stream {
    /// Takes over a connected socket in non-blocking mode.
    pub(crate) fn new(socket: Socket) -> io::Result<Stream> {
        Ok(Stream {
            source: Source::new(socket)?,
            writing: Gate::default(),
            read_timeout: Cell::new(None),
            write_timeout: Cell::new(None),
        })
    }

    /// The socket itself: options and addresses.
    pub(crate) fn socket(&self) -> &Socket {
        &self.source
    }

    /// Limits how long [`Stream::read`] and [`Stream::write_all`] wait for the other side to do anything.
    pub(crate) fn set_timeouts(&self, read: Option<Duration>, write: Option<Duration>) {
        self.read_timeout.set(read);
        self.write_timeout.set(write);
    }

    /// Reads what is there into `buffer`; 0 is the end.
    pub(crate) fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [MaybeUninit<u8>]) -> Poll<io::Result<usize>> {
        let count = ready!(self.source.poll_io(cx, Interest::Read, |socket| socket.recv(buffer)))?;
        if count < buffer.len() {
            self.source.exhausted(Interest::Read);
        }
        Poll::Ready(Ok(count))
    }

    /// Waits until there is something to read and says how much of it fits a byte: 0 is the end. Reads nothing.
    pub(crate) fn poll_peek(&self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        self.source.poll_io(cx, Interest::Read, |socket| socket.peek(&mut [MaybeUninit::uninit()]))
    }

    /// Reads at most `max` bytes and hands them to `take`, on the spot.
    pub(crate) fn poll_read_with<T>(
        &self,
        cx: &mut Context<'_>,
        max: usize,
        take: impl FnOnce(&[u8]) -> T,
    ) -> Poll<io::Result<T>> {
        SCRATCH_BUFFER.with_borrow_mut(|scratch| {
            let buffer = &mut scratch[..max.min(SCRATCH)];
            let count = ready!(self.poll_read(cx, buffer))?;
            // SAFETY: invariant 21 (the kernel has written the first `count` bytes, as `recv` says).
            let bytes = unsafe { buffer[..count].assume_init_ref() };
            Poll::Ready(Ok(take(bytes)))
        })
    }

    /// Writes as much of `bytes` as the kernel takes.
    pub(crate) fn poll_write(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let send = |socket: &Socket| socket.send_with_flags(bytes, libc::MSG_NOSIGNAL);
        let count = ready!(self.source.poll_io(cx, Interest::Write, send))?;
        if count < bytes.len() {
            self.source.exhausted(Interest::Write);
        }
        Poll::Ready(Ok(count))
    }

    /// Writes as much of `pieces` as the kernel takes, in one call.
    pub(crate) fn poll_write_vectored(
        &self,
        cx: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let send = |socket: &Socket| socket.send_vectored_with_flags(pieces, libc::MSG_NOSIGNAL);
        let count = ready!(self.source.poll_io(cx, Interest::Write, send))?;
        if count < pieces.iter().map(|piece| piece.len()).sum() {
            self.source.exhausted(Interest::Write);
        }
        Poll::Ready(Ok(count))
    }

    /// Waits for data and hands at most `max` bytes of it to `take`; an empty slice is the end.
    pub(crate) async fn read_with<T>(&self, max: usize, take: impl FnOnce(&[u8]) -> T) -> io::Result<T> {
        let mut take = Some(take);
        let read = poll_fn(|cx| {
            let mut taken = None;
            let outcome = self.poll_read_with(cx, max, |bytes| taken = take.take().map(|take| take(bytes)));
            outcome.map(|outcome| outcome.map(|()| taken.expect("a read hands its bytes over once")))
        });
        within(self.read_timeout.get(), "read", read).await
    }

    /// Reads at most `max` bytes; empty at the end.
    pub(crate) async fn read(&self, max: usize) -> io::Result<Vec<u8>> {
        self.read_with(max, <[u8]>::to_vec).await
    }

    /// Writes everything. Writes of several tasks do not mix.
    pub(crate) async fn write_all(&self, mut bytes: &[u8]) -> io::Result<()> {
        let _pass = self.writing.enter().await;
        while !bytes.is_empty() {
            let write = poll_fn(|cx| self.poll_write(cx, bytes));
            let count = within(self.write_timeout.get(), "write", write).await?;
            bytes = &bytes[count..];
        }
        Ok(())
    }

    /// Ends the writing side once pending writes are done; reading goes on.
    pub(crate) async fn end(&self) -> io::Result<()> {
        let _pass = self.writing.enter().await;
        match self.source.shutdown(Shutdown::Write) {
            Err(error) if error.kind() == io::ErrorKind::NotConnected => Ok(()), // the other side was faster
            result => result,
        }
    }

    /// Ends every operation on this stream, pending or future. The descriptor goes with the last reference.
    pub(crate) fn close(&self) {
        // Tells the other side now, even where a pending operation still holds a reference.
        let _ = self.source.shutdown(Shutdown::Both);
        self.source.close();
    }
}

/// Limits how long `future` may take.
async fn within<T>(
    limit: Option<Duration>,
    what: &'static str,
    future: impl Future<Output = io::Result<T>>,
) -> io::Result<T> {
    let Some(limit) = limit else { return future.await };
    let mut future = std::pin::pin!(future);
    let mut sleep: Option<Sleep> = None;
    poll_fn(|cx| {
        if let Poll::Ready(result) = future.as_mut().poll(cx) {
            return Poll::Ready(result);
        }
        let sleep = sleep.get_or_insert_with(|| reactor::sleep(limit));
        ready!(Pin::new(sleep).poll(cx));
        let message = format!("{what} timed out after {} ms", limit.as_millis());
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, message)))
    })
    .await
}

impl hyper::rt::Read for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buffer: hyper::rt::ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        // SAFETY: invariant 21 (`recv` only writes, so what was initialised stays so).
        let space = unsafe { buffer.as_mut() };
        let count = ready!(Stream::poll_read(&self, cx, space))?;
        // SAFETY: invariant 21 (the kernel has written that many bytes).
        unsafe { buffer.advance(count) };
        Poll::Ready(Ok(()))
    }
}

impl hyper::rt::Write for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Stream::poll_write(&self, cx, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Stream::poll_write_vectored(&self, cx, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.source.shutdown(Shutdown::Write) {
            Err(error) if error.kind() == io::ErrorKind::NotConnected => Poll::Ready(Ok(())),
            result => Poll::Ready(result),
        }
    }
}

/// A listening socket.
pub(crate) struct Listener {
    source: Source<Socket>,
    /// The file of a Unix-domain socket, removed when it is closed.
    path: RefCell<Option<PathBuf>>,
    /// Other processes may listen on the same socket: closing this one must not end theirs.
    shared: Cell<bool>,
    /// The supervisor that the socket came from is to know when it is closed.
    lease: Option<Lease>,
}

impl Listener {
    /// Takes over a listening socket in non-blocking mode; `path` is removed when the listener is closed
    /// or dropped.
    pub(crate) fn new(socket: Socket, path: Option<PathBuf>) -> io::Result<Listener> {
        Ok(Listener { source: Source::new(socket)?, path: RefCell::new(path), shared: Cell::new(false), lease: None })
    }

    /// Takes over a listening socket in non-blocking mode that belongs to others too.
    pub(crate) fn adopt(socket: Socket) -> io::Result<Listener> {
        Ok(Listener { source: Source::new(socket)?, path: RefCell::default(), shared: Cell::new(true), lease: None })
    }

    /// Takes over a listening socket of the supervisor's.
    pub(crate) fn lease(socket: Socket, lease: Lease) -> io::Result<Listener> {
        let mut listener = Listener::adopt(socket)?;
        listener.lease = Some(lease);
        Ok(listener)
    }

    /// The socket itself: options and the address.
    pub(crate) fn socket(&self) -> &Socket {
        &self.source
    }

    /// A copy of the socket for another process. From now on closing this one leaves the address, and the file of a
    /// Unix-domain socket, to the other.
    pub(crate) fn share(&self) -> io::Result<OwnedFd> {
        let copy = raw::duplicate(self.source.as_raw_fd(), 0)?;
        self.shared.set(true);
        self.path.take();
        Ok(copy)
    }

    /// The next connection. Connections that failed before they were accepted are passed over; when descriptors or
    /// memory are short, it rests a moment and tries again.
    pub(crate) async fn accept(&self) -> io::Result<Stream> {
        loop {
            match self.source.io(Interest::Read, accept).await.and_then(Stream::new) {
                Err(error) => match error.raw_os_error() {
                    Some(libc::ECONNABORTED | libc::EPROTO | libc::EPERM) => {}
                    Some(libc::EMFILE | libc::ENFILE | libc::ENOBUFS | libc::ENOMEM) => reactor::sleep(BACK_OFF).await,
                    _ => return Err(error),
                },
                accepted => return accepted,
            }
        }
    }

    /// A connection that is there already; how the last ones are found before the listener is closed.
    pub(crate) fn accept_now(&self) -> Option<Stream> {
        accept(&self.source).and_then(Stream::new).ok()
    }

    /// Ends every pending and future `accept`. Unless the socket is shared, nobody can connect any more, and the
    /// address is free.
    pub(crate) fn close(&self) {
        self.remove_path();
        if let Some(lease) = &self.lease {
            lease.give_back();
        }
        if self.shared.get() {
            return self.source.close();
        }
        // Linux stops listening at once, even where a pending `accept` still holds a reference; elsewhere this fails.
        let _ = self.source.shutdown(Shutdown::Both);
        self.source.close();
    }

    fn remove_path(&self) {
        if let Some(path) = self.path.take() {
            let _ = std::fs::remove_file(path); // somebody else may have removed it
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.remove_path();
    }
}

/// Accepts one connection as a non-blocking socket that child processes do not inherit.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
fn accept(listener: &Socket) -> io::Result<Socket> {
    let flags = libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
    let (address, length) = (std::ptr::null_mut(), std::ptr::null_mut());
    // SAFETY: invariant 22 (a live descriptor; null pointers say that no address is wanted).
    let fd = unsafe { libc::accept4(listener.as_raw_fd(), address, length, flags) };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: invariant 22 (the kernel has just given us this descriptor; nobody else owns it).
    Ok(unsafe { Socket::from_raw_fd(fd) })
}

/// As above where the kernel sets no flags on the way.
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
fn accept(listener: &Socket) -> io::Result<Socket> {
    let (socket, _) = listener.accept()?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

/// Connects a fresh non-blocking socket and waits until the connection stands.
pub(super) async fn connect(socket: Socket, address: &SockAddr) -> io::Result<Stream> {
    match socket.connect(address) {
        Ok(()) => return Stream::new(socket),
        Err(error) if error.raw_os_error() == Some(libc::EINPROGRESS) => {}
        Err(error) => return Err(error),
    }
    let stream = Stream::new(socket)?;
    stream.source.exhausted(Interest::Write);
    poll_fn(|cx| stream.source.poll_ready(cx, Interest::Write)).await?;
    match stream.source.take_error()? {
        Some(error) => Err(error),
        None => Ok(stream),
    }
}
