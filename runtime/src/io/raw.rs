//! System calls that the standard library does not have: reading and writing a descriptor that others share without
//! ever waiting, pipes, modes. Each is one call; nothing here keeps anything.

use crate::io::child::Status;
use std::ffi::CString;
use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// The result of a system call that reports failure by -1.
pub(crate) fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

fn check_size(result: isize) -> io::Result<usize> {
    usize::try_from(result).map_err(|_| io::Error::last_os_error())
}

/// A pipe, closed on exec: reading end, writing end.
pub(crate) fn pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let mut ends = [0; 2];
    // SAFETY: invariant 30 (`ends` has room for two descriptors).
    check(unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) })?;
    // SAFETY: invariant 31 (just made by the kernel, owned by nobody).
    Ok(unsafe { (OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1])) })
}

/// Sets `O_NONBLOCK` on a description that is ours alone.
pub(crate) fn set_nonblocking(fd: &impl AsRawFd) -> io::Result<()> {
    // SAFETY: invariant 30 (no pointers).
    let flags = check(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_GETFL) })?;
    // SAFETY: invariant 30 (no pointers).
    check(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_SETFL, flags | libc::O_NONBLOCK) })?;
    Ok(())
}

/// One of the three descriptors that a process is born with. It must never be closed.
pub(crate) fn standard(number: libc::c_int) -> OwnedFd {
    // SAFETY: invariant 31 (open since before main, see the start-up of Rust's library; `io::stdio` alone owns it).
    unsafe { OwnedFd::from_raw_fd(number) }
}

/// A descriptor that was handed to this process, closed on exec from now on.
pub(crate) fn inherited(number: libc::c_int) -> io::Result<OwnedFd> {
    // SAFETY: invariant 30 (no pointers).
    let flags = check(unsafe { libc::fcntl(number, libc::F_GETFD) })?;
    // SAFETY: invariant 30 (no pointers).
    check(unsafe { libc::fcntl(number, libc::F_SETFD, flags | libc::FD_CLOEXEC) })?;
    // SAFETY: invariant 31 (open, and by the protocol of LISTEN_FDS meant for this process alone; taken once, at start).
    Ok(unsafe { OwnedFd::from_raw_fd(number) })
}

/// A copy of the descriptor, numbered `at_least` or above, closed on exec.
pub(crate) fn duplicate(fd: libc::c_int, at_least: libc::c_int) -> io::Result<OwnedFd> {
    // SAFETY: invariant 30 (no pointers).
    let copy = check(unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, at_least) })?;
    // SAFETY: invariant 31 (just made by the kernel, owned by nobody).
    Ok(unsafe { OwnedFd::from_raw_fd(copy) })
}

/// Marks every descriptor above the standard ones as closed on exec. Old kernels cannot; then only those that came with
/// the process without the mark reach its children.
pub(crate) fn close_all_on_exec() {
    // SAFETY: invariant 30 (no pointers; nothing is closed in this process).
    unsafe { libc::syscall(libc::SYS_close_range, 3, libc::c_uint::MAX, libc::CLOSE_RANGE_CLOEXEC) };
}

/// What poll(2) says about the descriptor right now.
pub(crate) fn poll_now(fd: &impl AsRawFd, events: libc::c_short) -> libc::c_short {
    poll(fd, events, 0).unwrap_or(0)
}

/// Waits with poll(2), for the end of the process only: everything else waits in the reactor.
pub(crate) fn poll(fd: &impl AsRawFd, events: libc::c_short, timeout_ms: i32) -> io::Result<libc::c_short> {
    let mut entry = libc::pollfd { fd: fd.as_raw_fd(), events, revents: 0 };
    // SAFETY: invariant 30 (one entry, and its number says so).
    check(unsafe { libc::poll(&mut entry, 1, timeout_ms) })?;
    Ok(entry.revents)
}

/// Whether a FIFO that reads as empty had a writer, which has gone. Before the first writer came it reads as empty too.
pub(crate) fn writer_has_left(file: &File) -> bool {
    poll_now(file, libc::POLLIN) & (libc::POLLHUP | libc::POLLERR) != 0
}

/// recv(2) that never waits.
pub(crate) fn receive_now(file: &File, buffer: &mut [u8]) -> io::Result<usize> {
    let flags = libc::MSG_DONTWAIT;
    // SAFETY: invariant 30 (the buffer and its length).
    check_size(unsafe { libc::recv(file.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len(), flags) })
}

/// send(2) that never waits.
pub(crate) fn send_now(file: &File, bytes: &[u8]) -> io::Result<usize> {
    let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
    // SAFETY: invariant 30 (the buffer and its length).
    check_size(unsafe { libc::send(file.as_raw_fd(), bytes.as_ptr().cast(), bytes.len(), flags) })
}

/// recvmsg(2) that never waits: how many bytes came, and the descriptor that came with them.
pub(crate) fn receive_descriptor(socket: &impl AsRawFd, buffer: &mut [u8]) -> io::Result<(usize, Option<OwnedFd>)> {
    let mut part = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    // Room for one descriptor, aligned as its header.
    let mut control = [0u64; 8];
    // SAFETY: invariant 30 (zero is a value of this structure).
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = &mut part;
    message.msg_iovlen = 1;
    message.msg_control = control.as_mut_ptr().cast();
    message.msg_controllen = std::mem::size_of_val(&control);
    let flags = libc::MSG_DONTWAIT | libc::MSG_CMSG_CLOEXEC;
    // SAFETY: invariant 30 (one part and a control buffer, with their lengths).
    let count = check_size(unsafe { libc::recvmsg(socket.as_raw_fd(), &mut message, flags) })?;
    // SAFETY: invariant 22 (the kernel has filled the control buffer as far as the message says), and invariant 31 for
    // the descriptor, which it has just made for us.
    let descriptor = unsafe {
        let header = libc::CMSG_FIRSTHDR(&message);
        let is_descriptor = !header.is_null()
            && (*header).cmsg_level == libc::SOL_SOCKET
            && (*header).cmsg_type == libc::SCM_RIGHTS
            && (*header).cmsg_len >= libc::CMSG_LEN(4) as _;
        is_descriptor.then(|| OwnedFd::from_raw_fd(libc::CMSG_DATA(header).cast::<i32>().read_unaligned()))
    };
    Ok((count, descriptor))
}

/// read(2) that does not wait although the description lacks `O_NONBLOCK`. Where the kernel cannot promise it (old
/// kernels, terminals), a poll comes first: only another reader at the same moment could make this wait.
pub(crate) fn read_now(file: &File, buffer: &mut [u8]) -> io::Result<usize> {
    let part = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    // SAFETY: invariant 30 (one part: the buffer and its length).
    match check_size(unsafe { libc::preadv2(file.as_raw_fd(), &part, 1, -1, libc::RWF_NOWAIT) }) {
        Err(error) if is_unsupported(&error) => {}
        read => return read,
    }
    if poll_now(file, libc::POLLIN) == 0 {
        return Err(io::ErrorKind::WouldBlock.into());
    }
    io::Read::read(&mut &*file, buffer)
}

/// write(2) that does not wait, as [`read_now`]. After a poll a pipe has room for `PIPE_BUF` bytes.
pub(crate) fn write_now(file: &File, bytes: &[u8]) -> io::Result<usize> {
    let part = libc::iovec { iov_base: bytes.as_ptr().cast_mut().cast(), iov_len: bytes.len() };
    // SAFETY: invariant 30 (one part, which the kernel only reads: the buffer and its length).
    match check_size(unsafe { libc::pwritev2(file.as_raw_fd(), &part, 1, -1, libc::RWF_NOWAIT) }) {
        Err(error) if is_unsupported(&error) => {}
        written => return written,
    }
    let events = poll_now(file, libc::POLLOUT);
    if events & (libc::POLLOUT | libc::POLLERR | libc::POLLHUP) == 0 {
        return Err(io::ErrorKind::WouldBlock.into());
    }
    io::Write::write(&mut &*file, &bytes[..bytes.len().min(libc::PIPE_BUF)])
}

/// pread(2) of what the kernel has in memory. `WouldBlock`: it would have to ask the disk, or cannot tell.
pub(crate) fn read_cached(file: &File, buffer: &mut [u8], position: u64) -> io::Result<usize> {
    let part = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    let position = libc::off_t::try_from(position).map_err(|_| io::Error::from_raw_os_error(libc::EINVAL))?;
    // SAFETY: invariant 30 (one part: the buffer and its length).
    match check_size(unsafe { libc::preadv2(file.as_raw_fd(), &part, 1, position, libc::RWF_NOWAIT) }) {
        Err(error) if is_unsupported(&error) => Err(io::ErrorKind::WouldBlock.into()),
        read => read,
    }
}

fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::EOPNOTSUPP | libc::ENOSYS | libc::EINVAL | libc::ESPIPE))
}

/// utimensat(2), with times in milliseconds since 1970.
pub(crate) fn set_times(path: &Path, times_ms: [f64; 2]) -> io::Result<()> {
    let path = c_path(path)?;
    let times = times_ms.map(|ms| {
        let seconds = (ms / 1e3).floor();
        libc::timespec { tv_sec: seconds as i64, tv_nsec: ((ms - seconds * 1e3) * 1e6) as i64 }
    });
    // SAFETY: invariant 30 (a terminated path and two times).
    check(unsafe { libc::utimensat(libc::AT_FDCWD, path.as_ptr(), times.as_ptr(), 0) })?;
    Ok(())
}

/// access(2): whether this process may do what the bits of `mode` say.
pub(crate) fn access(path: &Path, mode: i32) -> io::Result<()> {
    let path = c_path(path)?;
    // SAFETY: invariant 30 (a terminated path).
    check(unsafe { libc::access(path.as_ptr(), mode) })?;
    Ok(())
}

fn c_path(path: &Path) -> io::Result<CString> {
    Ok(CString::new(path.as_os_str().as_bytes())?)
}

/// A descriptor that becomes readable when the process ends.
pub(crate) fn process_descriptor(pid: libc::pid_t) -> io::Result<OwnedFd> {
    // SAFETY: invariant 30 (no pointers).
    let fd = unsafe { libc::syscall(libc::SYS_pidfd_open, pid, libc::PIDFD_NONBLOCK) };
    let fd = check(fd as libc::c_int)?;
    // SAFETY: invariant 31 (just made by the kernel, owned by nobody).
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Children that end wait to be asked how. Whoever started this process may have set it to forget them.
pub(crate) fn keep_ended_children() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        // SAFETY: invariants 30 and 32 (the default action has no handler).
        unsafe {
            let default: libc::sigaction = std::mem::zeroed();
            libc::sigaction(libc::SIGCHLD, &default, std::ptr::null_mut());
        }
    });
}

/// Reaps a child that has ended, or ends now.
pub(crate) fn forget_child(pid: libc::pid_t) {
    // SAFETY: invariant 30 (no status is asked for).
    while unsafe { libc::waitpid(pid, std::ptr::null_mut(), 0) } < 0
        && io::Error::last_os_error().kind() == io::ErrorKind::Interrupted
    {}
}

/// The status of the process if it has ended; it is then reaped.
pub(crate) fn reap(pidfd: &OwnedFd) -> io::Result<Option<Status>> {
    let flags = libc::WEXITED | libc::WNOHANG;
    // SAFETY: invariant 30 (zero is a value of this structure, and the call fills it).
    let (info, pid, status) = unsafe {
        let mut info = std::mem::zeroed::<libc::siginfo_t>();
        check(libc::waitid(libc::P_PIDFD, pidfd.as_raw_fd() as libc::id_t, &mut info, flags))?;
        (info, info.si_pid(), info.si_status())
    };
    Ok(match info.si_code {
        _ if pid == 0 => None,
        libc::CLD_EXITED => Some(Status::Exited(status)),
        _ => Some(Status::Signaled(status)),
    })
}

/// Sends a signal to the process that the descriptor means, never to another of the same number.
pub(crate) fn signal_process(pidfd: &OwnedFd, signal: i32) -> io::Result<()> {
    let none = std::ptr::null::<libc::siginfo_t>();
    // SAFETY: invariant 30 (no information is passed).
    let sent = unsafe { libc::syscall(libc::SYS_pidfd_send_signal, pidfd.as_raw_fd(), signal, none, 0) };
    check(sent as libc::c_int)?;
    Ok(())
}

/// Whether the descriptor is the master of a pseudo-terminal.
pub(crate) fn is_terminal_master(file: &File) -> bool {
    let mut number: libc::c_uint = 0;
    // SAFETY: invariant 30 (room for the number).
    unsafe { libc::ioctl(file.as_raw_fd(), libc::TIOCGPTN, &mut number) == 0 }
}

/// kill(2).
pub(crate) fn kill(pid: i32, signal: i32) -> io::Result<()> {
    // SAFETY: invariant 30 (no pointers).
    check(unsafe { libc::kill(pid, signal) })?;
    Ok(())
}

/// The ids under which this process runs.
pub(crate) fn user_and_group() -> [u32; 2] {
    // SAFETY: invariant 30 (no pointers).
    unsafe { [libc::getuid(), libc::getgid()] }
}

pub(crate) fn page_bytes() -> usize {
    // SAFETY: invariant 30 (no pointers).
    usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).unwrap_or(4096)
}
