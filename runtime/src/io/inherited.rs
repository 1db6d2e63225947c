//! Listening sockets that came with the process, as systemd hands them over: `LISTEN_FDS` of them from descriptor 3 on,
//! `LISTEN_FDNAMES` says what they are called. Whoever listens at the address of one gets it.

use super::{environment, raw};
use socket2::{SockAddr, Socket};
use std::cell::RefCell;
use std::io;

/// The first descriptor that is handed over.
const FIRST: i32 = 3;
/// More than anybody hands over: what comes from outside is not believed without limit.
const COUNT_MAX: i32 = 1024;

struct Inherited {
    number: i32,
    name: String,
    socket: Socket,
}

thread_local! {
    static SOCKETS: RefCell<Vec<Inherited>> = const { RefCell::new(Vec::new()) };
}

/// Takes over what was handed to this process. Neither the descriptors nor the variables reach its children.
pub(crate) fn take_over() {
    let meant_for = environment::get("LISTEN_PID");
    let count = environment::get("LISTEN_FDS").and_then(|text| text.parse::<i32>().ok()).unwrap_or(0);
    let names = environment::get("LISTEN_FDNAMES").unwrap_or_default();
    ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"].into_iter().for_each(environment::remove);
    // Variables that were meant for somebody else come along when a program forgets to take them back.
    if meant_for.is_some_and(|pid| pid.parse() != Ok(std::process::id())) {
        return;
    }
    let mut names = names.split(':').map(str::to_owned);
    for number in FIRST..FIRST + count.clamp(0, COUNT_MAX) {
        let name = names.next().unwrap_or_default();
        if let Ok(socket) = raw::inherited(number).map(Socket::from).and_then(listening) {
            SOCKETS.with_borrow_mut(|all| all.push(Inherited { number, name, socket }));
        }
    }
}

/// The socket, if it is one that listens for streams.
fn listening(socket: Socket) -> io::Result<Socket> {
    if socket.r#type()? != socket2::Type::STREAM || !socket.is_listener()? {
        return Err(io::Error::from_raw_os_error(libc::EINVAL));
    }
    socket.set_nonblocking(true)?;
    Ok(socket)
}

/// Takes the socket that listens at exactly this address. A port that the system is to choose fits none.
pub(crate) fn at(address: &SockAddr) -> Option<Socket> {
    if address.as_socket().is_some_and(|address| address.port() == 0) {
        return None;
    }
    take(|inherited| {
        let Ok(bound) = inherited.socket.local_addr() else { return false };
        match (bound.as_socket(), address.as_socket()) {
            (Some(bound), Some(address)) => bound == address,
            (None, None) => bound.as_pathname().is_some_and(|path| Some(path) == address.as_pathname()),
            _ => false,
        }
    })
}

/// Takes the socket of this name, or descriptor number in digits.
pub(crate) fn called(name: &str) -> Option<Socket> {
    let number = name.parse::<i32>().ok();
    take(|inherited| inherited.name == name || Some(inherited.number) == number)
}

fn take(fits: impl Fn(&Inherited) -> bool) -> Option<Socket> {
    SOCKETS.with_borrow_mut(|all| {
        let place = all.iter().position(fits)?;
        Some(all.remove(place).socket)
    })
}

/// Takes all of them, each with what it can be asked for by: its name, if it has one, and its number. For a supervisor,
/// which lends them to others.
pub fn take_all() -> Vec<(Vec<String>, Socket)> {
    take_over();
    let called = |it: &Inherited| Some(it.name.clone()).filter(|name| !name.is_empty());
    let names = |it: &Inherited| called(it).into_iter().chain([it.number.to_string()]).collect();
    SOCKETS.take().into_iter().map(|it| (names(&it), it.socket)).collect()
}

/// What could be asked for by name: for the message when something else is.
pub(crate) fn names() -> Vec<String> {
    let name = |it: &Inherited| if it.name.is_empty() { it.number.to_string() } else { it.name.clone() };
    SOCKETS.with_borrow(|all| all.iter().map(name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::os::fd::OwnedFd;

    #[test]
    fn a_socket_is_found_by_address_name_or_number_and_only_once() {
        let listeners: Vec<TcpListener> = (0..3).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
        let addresses: Vec<SockAddr> = listeners.iter().map(|it| it.local_addr().unwrap().into()).collect();
        let sockets = listeners.into_iter().map(OwnedFd::from).map(Socket::from).zip(["web", "", "admin"]);
        let all = sockets.enumerate().map(|(index, (socket, name))| Inherited {
            number: FIRST + index as i32,
            name: name.to_owned(),
            socket,
        });
        SOCKETS.set(all.collect());
        assert_eq!(names(), ["web", "4", "admin"]);
        assert!(at(&"127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap().into()).is_none());
        assert!(at(&addresses[0]).is_some());
        assert!(at(&addresses[0]).is_none());
        assert!(called("4").is_some());
        assert!(called("admin").is_some() && called("admin").is_none());
    }
}
