//! Errors of ops, and how those of the operating system become what Node's users know.

use std::borrow::Cow;
use std::io;

pub(crate) type OpResult<T> = Result<T, OpError>;

/// Which JavaScript constructor makes the error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Error,
    TypeError,
    RangeError,
    SyntaxError,
}

/// An error on its way to JavaScript.
#[derive(Debug, Clone)]
pub(crate) struct OpError {
    pub(crate) class: Class,
    /// `CORONA1007`, `ECONNREFUSED`; the error's `code`.
    pub(crate) code: Cow<'static, str>,
    /// For errors of the operating system only the description; see [`OpError::message`].
    description: Cow<'static, str>,
    pub(crate) errno: Option<i32>,
    pub(crate) syscall: Option<&'static str>,
    pub(crate) path: Option<Box<str>>,
    /// Second path, of operations on two.
    pub(crate) dest: Option<Box<str>>,
    /// Host or address, and port.
    pub(crate) address: Option<Box<(String, u16)>>,
}

impl OpError {
    pub(crate) fn new(class: Class, code: &'static str, message: impl Into<Cow<'static, str>>) -> OpError {
        OpError {
            class,
            code: code.into(),
            description: message.into(),
            errno: None,
            syscall: None,
            path: None,
            dest: None,
            address: None,
        }
    }

    /// Names the system call that failed.
    pub(crate) fn syscall(mut self, name: &'static str) -> OpError {
        self.syscall = Some(name);
        self
    }

    pub(crate) fn path(mut self, path: impl Into<String>) -> OpError {
        self.path = Some(path.into().into_boxed_str());
        self
    }

    pub(crate) fn dest(mut self, path: impl Into<String>) -> OpError {
        self.dest = Some(path.into().into_boxed_str());
        self
    }

    pub(crate) fn address(mut self, host: impl Into<String>, port: u16) -> OpError {
        self.address = Some(Box::new((host.into(), port)));
        self
    }

    /// The end of a connection that could not be made: host and port, or the path of a Unix-domain socket.
    fn endpoint(&self) -> Option<String> {
        match (self.address.as_deref(), &self.path, self.syscall) {
            (Some((host, port)), ..) => Some(format!("{host}:{port}")),
            (None, Some(path), Some("connect" | "listen" | "bind")) => Some(path.to_string()),
            _ => None,
        }
    }

    /// The whole message: for system errors `CODE: description, syscall 'path'`, as Node writes it.
    pub(crate) fn message(&self) -> String {
        if self.errno.is_none() {
            return self.description.to_string();
        }
        if let Some(place) = self.endpoint() {
            let syscall = self.syscall.unwrap_or("connect");
            return match syscall {
                "listen" | "bind" => format!("{syscall} {}: {} {place}", self.code, self.description),
                _ => format!("{syscall} {} {place}", self.code),
            };
        }
        if let (Some("spawn"), Some(file)) = (self.syscall, &self.path) {
            return format!("spawn {file} {}", self.code);
        }
        if let (Some(syscall), None, "ECONNRESET" | "EPIPE" | "ETIMEDOUT") = (self.syscall, &self.path, &*self.code) {
            return format!("{syscall} {}", self.code); // a stream's other end is gone
        }
        let mut message = format!("{}: {}", self.code, self.description);
        if let Some(syscall) = self.syscall {
            message.push_str(&format!(", {syscall}"));
        }
        if let Some(path) = &self.path {
            message.push_str(&format!(" '{path}'"));
        }
        if let Some(dest) = &self.dest {
            message.push_str(&format!(" -> '{dest}'"));
        }
        message
    }
}

impl From<io::Error> for OpError {
    fn from(error: io::Error) -> OpError {
        match error.raw_os_error() {
            Some(errno) => {
                let (code, description) = errno_name(errno);
                OpError { errno: Some(errno), ..OpError::new(Class::Error, code, description) }
            }
            None => OpError::new(Class::Error, kind_code(error.kind()), error.to_string()),
        }
    }
}

fn kind_code(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => "ECONNRESET",
        io::ErrorKind::BrokenPipe => "EPIPE",
        io::ErrorKind::TimedOut => corona_std::errors::TIMEOUT,
        io::ErrorKind::InvalidInput => corona_std::errors::INVALID_ARGUMENT,
        io::ErrorKind::InvalidData => corona_std::errors::PROTOCOL,
        _ => "EIO",
    }
}

macro_rules! errnos {
    ($errno:expr, $($name:ident $text:literal)*) => {
        match $errno {
            $(libc::$name => (stringify!($name), $text),)*
            _ => ("EUNKNOWN", "unknown error"),
        }
    };
}

/// Name and description of an error number, in the words of libuv.
fn errno_name(errno: i32) -> (&'static str, &'static str) {
    errnos!(errno,
        E2BIG "argument list too long" EOVERFLOW "value too large for defined data type"
        EACCES "permission denied" EADDRINUSE "address already in use" EADDRNOTAVAIL "address not available"
        EAFNOSUPPORT "address family not supported" EAGAIN "resource temporarily unavailable"
        EALREADY "connection already in progress" EBADF "bad file descriptor" EBUSY "resource busy or locked"
        ECANCELED "operation canceled" ECHILD "no child processes" ECONNABORTED "software caused connection abort"
        ECONNREFUSED "connection refused" ECONNRESET "connection reset by peer"
        EDESTADDRREQ "destination address required" EEXIST "file already exists" EFAULT "bad address in system call argument"
        EFBIG "file too large" EHOSTUNREACH "host is unreachable" EINTR "interrupted system call"
        EINVAL "invalid argument" EIO "i/o error" EISCONN "socket is already connected"
        EISDIR "illegal operation on a directory" ELOOP "too many symbolic links encountered"
        EMFILE "too many open files" EMLINK "too many links" EMSGSIZE "message too long" ENAMETOOLONG "name too long"
        ENETDOWN "network is down" ENETUNREACH "network is unreachable" ENFILE "file table overflow"
        ENOBUFS "no buffer space available" ENODEV "no such device" ENOENT "no such file or directory"
        ENOEXEC "exec format error" ENOMEM "not enough memory" ENOPROTOOPT "protocol not available"
        ENOSPC "no space left on device" ENOSYS "function not implemented" ENOTCONN "socket is not connected"
        ENOTDIR "not a directory" ENOTEMPTY "directory not empty" ENOTSOCK "socket operation on non-socket"
        ENOTSUP "operation not supported on socket" ENXIO "no such device or address" EPERM "operation not permitted"
        EPIPE "broken pipe" EPROTO "protocol error" EPROTONOSUPPORT "protocol not supported"
        EPROTOTYPE "protocol wrong type for socket" ERANGE "result too large" EROFS "read-only file system"
        ESHUTDOWN "cannot send after transport endpoint shutdown" ESPIPE "invalid seek" ESRCH "no such process"
        ETIMEDOUT "connection timed out" ETXTBSY "text file is busy" EXDEV "cross-device link not permitted"
        ENOTTY "inappropriate ioctl for device" EDQUOT "disk quota exceeded")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_those_that_node_users_know() {
        let open = OpError::from(io::Error::from_raw_os_error(libc::ENOENT)).syscall("open").path("/x");
        assert_eq!(open.message(), "ENOENT: no such file or directory, open '/x'");
        let connect = OpError::from(io::Error::from_raw_os_error(libc::ECONNREFUSED)).address("127.0.0.1", 9);
        assert_eq!(connect.message(), "connect ECONNREFUSED 127.0.0.1:9");
        let listen = OpError::from(io::Error::from_raw_os_error(libc::EADDRINUSE)).syscall("listen").path("/s");
        let write = OpError::from(io::Error::from_raw_os_error(libc::EPIPE)).syscall("write");
        assert_eq!(write.message(), "write EPIPE");
        assert_eq!(listen.message(), "listen EADDRINUSE: address already in use /s");
        let spawn = OpError::from(io::Error::from_raw_os_error(libc::ENOENT)).syscall("spawn").path("foo");
        assert_eq!(spawn.message(), "spawn foo ENOENT");
    }
}
