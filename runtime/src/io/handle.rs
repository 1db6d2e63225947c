//! What can be read and written by descriptor: plain files in the pool, everything that can be polled (pipes, FIFOs,
//! terminals, sockets that were inherited) through the reactor. Nothing here opens anything.

use crate::io::raw;
use crate::io::wait::{Closing, Lock};
use crate::op::{Class, OpError, OpResult};
use crate::reactor::{Interest, Source, pool};
use corona_std::errors;
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{FileExt, FileTypeExt};
use std::sync::Arc;

/// The longest line that [`Handle::read_line`] puts together.
pub(crate) const LINE_BYTES_MAX: usize = 64 << 20;
/// How much is read at once when the reader has not said how much.
pub(crate) const CHUNK_BYTES: usize = 64 << 10;

/// Where reads and writes of a plain file take place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the position that the kernel keeps: inherited files, devices; writes that append.
    Kernel,
    /// At this position.
    At(u64),
}

/// How something that can be polled is read and written without ever blocking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// `O_NONBLOCK` is set on a description that is ours alone.
    Nonblocking,
    /// A FIFO of ours, opened for reading, that no writer may have opened yet.
    FifoReader,
    /// A socket whose description others share: `MSG_DONTWAIT`.
    SharedSocket,
    /// A pipe or terminal whose description others share: `RWF_NOWAIT`, or small steps after a poll.
    SharedPipe,
}

/// A descriptor that jobs in the pool share; it closes with the last of them. `File` is only the standard library's name
/// for something with `read` and `write`.
pub(crate) type Fd = Arc<File>;

enum Way {
    Pool { place: Cell<Place>, appends: bool },
    Poll { source: Source<Fd>, access: Access },
}

/// An open file, pipe or terminal.
pub(crate) struct Handle {
    fd: Fd,
    way: Way,
    /// Read from the file and not asked for yet: what follows a line.
    ahead: RefCell<Vec<u8>>,
    reading: Lock,
    writing: Lock,
    closing: Closing,
}

impl Handle {
    /// A file that this process has opened itself, with `O_NONBLOCK`. Whatever the kernel can poll is polled.
    pub(crate) fn opened(file: File, reads: bool, appends: bool) -> io::Result<Handle> {
        let kind = file.metadata()?.file_type();
        let fd = Arc::new(file);
        if kind.is_file() || kind.is_dir() || kind.is_block_device() {
            return Ok(Handle::plain(fd, Place::At(0), appends));
        }
        let access = if kind.is_fifo() && reads { Access::FifoReader } else { Access::Nonblocking };
        Ok(Handle::polled(fd, access))
    }

    /// A descriptor that came with the process, used in place.
    pub(crate) fn inherited(fd: OwnedFd, access: Option<Access>) -> Handle {
        let fd = Arc::new(File::from(fd));
        match access {
            Some(access) => Handle::polled(fd, access),
            None => Handle::plain(fd, Place::Kernel, false),
        }
    }

    /// Our end of a pipe; `O_NONBLOCK` is set.
    pub(crate) fn pipe(fd: OwnedFd) -> Handle {
        Handle::polled(Arc::new(File::from(fd)), Access::Nonblocking)
    }

    /// Falls back to the pool for what epoll refuses (`/dev/null`, `/dev/zero`): such devices never make one wait.
    fn polled(fd: Fd, access: Access) -> Handle {
        match Source::new(fd.clone()) {
            Ok(source) => Handle::with(fd, Way::Poll { source, access }),
            Err(_) => Handle::plain(fd, Place::Kernel, false),
        }
    }

    fn plain(fd: Fd, place: Place, appends: bool) -> Handle {
        Handle::with(fd, Way::Pool { place: Cell::new(place), appends })
    }

    fn with(fd: Fd, way: Way) -> Handle {
        Handle {
            fd,
            way,
            ahead: RefCell::default(),
            reading: Lock::default(),
            writing: Lock::default(),
            closing: Closing::default(),
        }
    }

    /// Ends what is under way; the descriptor closes with the last owner.
    pub(crate) fn close(&self) {
        self.closing.close();
    }

    /// The descriptor, to hand to a job in the pool or to a child process.
    pub(crate) fn fd(&self) -> Fd {
        self.fd.clone()
    }

    /// At most `max` bytes, at least one; none at the end.
    pub(crate) async fn read(&self, max: usize) -> OpResult<Vec<u8>> {
        let work = async {
            let _turn = self.reading.turn().await;
            if !self.ahead.borrow().is_empty() && max > 0 {
                return Ok(self.take_ahead(max));
            }
            Ok(self.read_raw(max).await?)
        };
        self.closing.guard(work).await
    }

    /// As [`Handle::read`], from a position and without moving the one of the file.
    pub(crate) async fn read_at(&self, max: usize, position: u64) -> OpResult<Vec<u8>> {
        let fd = self.fd();
        let work = async { Ok(pool::run(move || read_plain(&fd, max, Place::At(position))).await?) };
        self.closing.guard(work).await
    }

    /// The next line without its end (`\n` or `\r\n`); `None` at the end of the file.
    pub(crate) async fn read_line(&self) -> OpResult<Option<Vec<u8>>> {
        let work = async {
            let _turn = self.reading.turn().await;
            let mut searched = 0;
            loop {
                if let Some(line) = self.take_line(searched) {
                    return Ok(Some(line));
                }
                searched = self.ahead.borrow().len();
                if searched > LINE_BYTES_MAX {
                    let message = format!("a line is longer than the limit of {LINE_BYTES_MAX} bytes");
                    return Err(OpError::new(Class::RangeError, errors::TOO_LARGE, message));
                }
                let more = self.read_raw(CHUNK_BYTES).await?;
                if more.is_empty() {
                    return Ok((searched > 0).then(|| self.ahead.take()));
                }
                self.ahead.borrow_mut().extend_from_slice(&more);
            }
        };
        self.closing.guard(work).await
    }

    /// Everything up to the end, as long as it is no more than `max` bytes.
    pub(crate) async fn read_all(&self, max: usize) -> OpResult<Vec<u8>> {
        let work = async {
            let _turn = self.reading.turn().await;
            let mut all = self.ahead.take();
            let mut chunk_bytes = CHUNK_BYTES;
            loop {
                let more = self.read_raw(chunk_bytes).await?;
                if more.is_empty() {
                    return Ok(all);
                }
                if all.len() + more.len() > max {
                    let message = format!("there are more than {max} bytes to read, the most that fit; read in pieces");
                    return Err(OpError::new(Class::RangeError, errors::TOO_LARGE, message));
                }
                if more.len() == chunk_bytes {
                    chunk_bytes = (chunk_bytes * 2).min(8 << 20);
                }
                all.extend_from_slice(&more);
            }
        };
        self.closing.guard(work).await
    }

    /// Writes everything, in turn with other writers.
    pub(crate) async fn write_all(&self, bytes: Vec<u8>) -> OpResult<()> {
        let work = async {
            let _turn = self.writing.turn().await;
            match &self.way {
                Way::Pool { place, appends } => {
                    // Reads and writes share the position, except that appending has its own.
                    let _reading = self.reading.turn().await;
                    let at = if *appends { Place::Kernel } else { self.forget_ahead(place) };
                    let fd = self.fd();
                    let after = pool::run(move || write_plain(&fd, &bytes, at)).await?;
                    if !*appends {
                        place.set(after);
                    }
                }
                Way::Poll { source, access } => {
                    let mut done = 0;
                    while done < bytes.len() {
                        let rest = &bytes[done..];
                        done += source.io(Interest::Write, |fd| write_ready(fd, *access, rest)).await?;
                    }
                }
            }
            Ok(())
        };
        self.closing.guard(work).await
    }

    /// As [`Handle::write_all`], at a position and without moving the one of the file.
    pub(crate) async fn write_all_at(&self, bytes: Vec<u8>, position: u64) -> OpResult<()> {
        let fd = self.fd();
        let work = async { Ok(pool::run(move || fd.write_all_at(&bytes, position)).await?) };
        self.closing.guard(work).await
    }

    /// Moves the position and returns it. Only plain files have one.
    pub(crate) async fn seek(&self, target: SeekFrom) -> OpResult<u64> {
        let Way::Pool { place, .. } = &self.way else {
            return Err(io::Error::from_raw_os_error(libc::ESPIPE).into());
        };
        let work = async {
            let _turn = self.reading.turn().await;
            let at = self.forget_ahead(place);
            let fd = self.fd();
            let position = pool::run(move || seek_plain(&fd, at, target)).await?;
            if at != Place::Kernel {
                place.set(Place::At(position));
            }
            Ok(position)
        };
        self.closing.guard(work).await
    }

    /// Runs `job` on the file in the pool.
    pub(crate) async fn in_pool<T: Send + 'static>(
        &self,
        job: impl FnOnce(&File) -> io::Result<T> + Send + 'static,
    ) -> OpResult<T> {
        let fd = self.fd();
        self.closing.guard(async { Ok(pool::run(move || job(&fd)).await?) }).await
    }

    async fn read_raw(&self, max: usize) -> io::Result<Vec<u8>> {
        match &self.way {
            Way::Pool { place, .. } => {
                let (fd, at) = (self.fd(), place.get());
                let bytes = match read_cached(&fd, max, at) {
                    Some(bytes) => bytes,
                    None => pool::run(move || read_plain(&fd, max, at)).await?,
                };
                if let Place::At(position) = at {
                    place.set(Place::At(position + bytes.len() as u64));
                }
                Ok(bytes)
            }
            Way::Poll { source, access } => source.io(Interest::Read, |fd| read_ready(fd, *access, max)).await,
        }
    }

    fn take_ahead(&self, max: usize) -> Vec<u8> {
        let mut ahead = self.ahead.borrow_mut();
        if ahead.len() <= max { std::mem::take(&mut *ahead) } else { ahead.drain(..max).collect() }
    }

    /// The first line of what was read ahead, if all of it is there. No line end is before `searched`.
    fn take_line(&self, searched: usize) -> Option<Vec<u8>> {
        let mut ahead = self.ahead.borrow_mut();
        let end = searched + ahead[searched..].iter().position(|byte| *byte == b'\n')?;
        let mut line: Vec<u8> = ahead.drain(..=end).collect();
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Some(line)
    }

    /// Gives back what was read ahead, so that the position is the one the user knows.
    fn forget_ahead(&self, place: &Cell<Place>) -> Place {
        let ahead = self.ahead.take().len() as u64;
        if let Place::At(position) = place.get() {
            place.set(Place::At(position - ahead));
        }
        place.get()
    }
}

thread_local! {
    static SCRATCH: RefCell<Vec<u8>> = RefCell::new(vec![0; CHUNK_BYTES]);
}

/// A small read that the kernel can answer from memory saves the way to the pool and back. `None`: go there, also to
/// find out what is wrong.
fn read_cached(file: &File, max: usize, place: Place) -> Option<Vec<u8>> {
    let Place::At(position) = place else { return None };
    if max > CHUNK_BYTES {
        return None;
    }
    SCRATCH.with_borrow_mut(|scratch| {
        let count = raw::read_cached(file, &mut scratch[..max], position).ok()?;
        Some(scratch[..count].to_vec())
    })
}

/// The descriptor's own step: whether more is known is for the reactor, which asks again after `WouldBlock`.
fn read_ready(file: &File, access: Access, max: usize) -> io::Result<Vec<u8>> {
    SCRATCH.with_borrow_mut(|scratch| {
        let buffer = &mut scratch[..max.min(CHUNK_BYTES)];
        let count = loop {
            let read = match access {
                Access::Nonblocking => (&*file).read(buffer),
                Access::FifoReader => match (&*file).read(buffer) {
                    Ok(0) if !buffer.is_empty() && !raw::writer_has_left(file) => Err(io::ErrorKind::WouldBlock.into()),
                    read => read,
                },
                Access::SharedSocket => raw::receive_now(file, buffer),
                Access::SharedPipe => raw::read_now(file, buffer),
            };
            match read {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        Ok(buffer[..count].to_vec())
    })
}

/// As [`read_ready`], the other way.
pub(crate) fn write_ready(file: &File, access: Access, bytes: &[u8]) -> io::Result<usize> {
    loop {
        let written = match access {
            Access::Nonblocking | Access::FifoReader => (&*file).write(bytes),
            Access::SharedSocket => raw::send_now(file, bytes),
            Access::SharedPipe => raw::write_now(file, bytes),
        };
        match written {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            written => return written,
        }
    }
}

fn read_plain(file: &File, max: usize, place: Place) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; max];
    let count = loop {
        let read = match place {
            Place::Kernel => (&*file).read(&mut bytes),
            Place::At(position) => file.read_at(&mut bytes, position),
        };
        match read {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => break read?,
        }
    };
    bytes.truncate(count);
    if count < max / 2 {
        bytes.shrink_to_fit();
    }
    Ok(bytes)
}

fn write_plain(file: &File, bytes: &[u8], place: Place) -> io::Result<Place> {
    match place {
        Place::At(position) => {
            file.write_all_at(bytes, position)?;
            Ok(Place::At(position + bytes.len() as u64))
        }
        Place::Kernel => {
            (&*file).write_all(bytes)?;
            Ok(Place::Kernel)
        }
    }
}

fn seek_plain(file: &File, place: Place, target: SeekFrom) -> io::Result<u64> {
    match (place, target) {
        (Place::At(position), SeekFrom::Current(by)) => {
            position.checked_add_signed(by).ok_or_else(|| io::Error::from_raw_os_error(libc::EINVAL))
        }
        _ => (&*file).seek(target),
    }
}
