//! The listening sockets. The supervisor makes them, keeps them across restarts and lends them to whatever process asks
//! for their address: connections wait in them while nobody accepts, and none is refused or lost.

use corona_std::handover::{Listen, Place};
use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::collections::HashSet;
use std::io;
use std::net::SocketAddr;
use std::os::fd::{AsFd, BorrowedFd};
use std::path::PathBuf;

const EADDRINUSE: i32 = rustix::io::Errno::ADDRINUSE.raw_os_error();
const ENOENT: i32 = rustix::io::Errno::NOENT.raw_os_error();

/// All of them.
#[derive(Default)]
pub(crate) struct Sockets {
    all: Vec<Entry>,
}

struct Entry {
    place: Place,
    /// Of those whose port the system chose, the how-manieth that a process asks for.
    ordinal: usize,
    socket: Socket,
    /// Whoever started the supervisor has made it, and calls it so: it is kept, whether or not anybody uses it.
    names: Vec<String>,
    /// The processes that have it, and which request of theirs it was.
    users: HashSet<(u64, u32)>,
}

impl Sockets {
    /// With those that were handed to the supervisor itself.
    pub(crate) fn new(inherited: Vec<(Vec<String>, Socket)>) -> Sockets {
        let place = |socket: &Socket| {
            let address = socket.local_addr().ok();
            let tcp = address.as_ref().and_then(SockAddr::as_socket).map(Place::Tcp);
            let path = || address.as_ref().and_then(SockAddr::as_pathname).map(|path| Place::Path(path.to_path_buf()));
            tcp.or_else(path).unwrap_or_else(|| Place::Named(String::new()))
        };
        let all = inherited.into_iter().map(|(names, socket)| Entry {
            place: place(&socket),
            ordinal: 0,
            socket,
            names,
            users: HashSet::new(),
        });
        Sockets { all: all.collect() }
    }

    /// Lends `service` the socket that it asks for; makes it if it is not there. An error is its number.
    pub(crate) fn lend(&mut self, service: u64, wanted: &Listen) -> Result<BorrowedFd<'_>, i32> {
        let chosen = matches!(wanted.place, Place::Tcp(address) if address.port() == 0);
        let is_user = |entry: &Entry| entry.users.iter().any(|(user, _)| *user == service);
        let ordinal = match chosen {
            true => self.all.iter().filter(|it| it.place == wanted.place && is_user(it)).count(),
            false => 0,
        };
        let index = match self.all.iter().position(|it| it.is(&wanted.place) && it.ordinal == ordinal) {
            Some(index) if is_user(&self.all[index]) => return Err(EADDRINUSE),
            Some(index) => index,
            None => {
                let socket = self.make(wanted).map_err(|error| error.raw_os_error().unwrap_or(EADDRINUSE))?;
                let place = wanted.place.clone();
                self.all.push(Entry { place, ordinal, socket, names: Vec::new(), users: HashSet::new() });
                self.all.len() - 1
            }
        };
        let entry = &mut self.all[index];
        entry.users.insert((service, wanted.request));
        Ok(entry.socket.as_fd())
    }

    /// A new one. Where another of ours is in the way, such as one for all interfaces of the same port, it goes if
    /// nobody uses it; else the two share the port for as long as the old one lives.
    fn make(&mut self, wanted: &Listen) -> io::Result<Socket> {
        match &wanted.place {
            Place::Named(_) => Err(io::Error::from_raw_os_error(ENOENT)),
            Place::Path(path) => {
                let socket = Socket::new(Domain::UNIX, Type::STREAM.nonblocking(), None)?;
                socket.bind(&SockAddr::unix(path)?)?;
                socket.listen(wanted.backlog)?;
                Ok(socket)
            }
            Place::Tcp(address) => {
                self.all.retain(|it| !(it.is_free() && it.has_port_of(*address)));
                match listen(*address, wanted, false) {
                    Err(error) if error.raw_os_error() == Some(EADDRINUSE) => self.make_beside(*address, wanted),
                    made => made,
                }
            }
        }
    }

    fn make_beside(&self, address: SocketAddr, wanted: &Listen) -> io::Result<Socket> {
        let in_the_way: Vec<&Entry> = self.all.iter().filter(|it| it.has_port_of(address)).collect();
        if in_the_way.is_empty() {
            return Err(io::Error::from_raw_os_error(EADDRINUSE));
        }
        in_the_way.iter().try_for_each(|it| it.socket.set_reuse_port(true))?;
        let made = listen(address, wanted, true);
        // Nobody else is to get in.
        in_the_way.iter().try_for_each(|it| it.socket.set_reuse_port(false))?;
        let made = made?;
        made.set_reuse_port(false)?;
        Ok(made)
    }

    /// The process has closed what it got for this request: if nobody else has it, nobody listens there any more.
    pub(crate) fn give_back(&mut self, service: u64, request: u32) {
        self.all.retain_mut(|it| !it.users.remove(&(service, request)) || !it.is_free());
    }

    /// The process has ended. What it had is kept for the next one.
    pub(crate) fn left(&mut self, service: u64) {
        self.all.iter_mut().for_each(|it| it.users.retain(|(user, _)| *user != service));
    }

    /// Whether the process listens.
    pub(crate) fn has(&self, service: u64) -> bool {
        self.all.iter().any(|it| it.users.iter().any(|(user, _)| *user == service))
    }

    /// Closes all: the processes that end accept what is waiting, and nobody comes after them.
    pub(crate) fn close(&mut self) {
        self.all.clear();
    }

    /// Closes what nobody uses.
    pub(crate) fn sweep(&mut self) {
        self.all.retain(|it| !it.is_free());
    }
}

impl Entry {
    fn is(&self, place: &Place) -> bool {
        self.place == *place || matches!(place, Place::Named(name) if self.names.contains(name))
    }

    fn is_free(&self) -> bool {
        self.users.is_empty() && self.names.is_empty()
    }

    fn has_port_of(&self, address: SocketAddr) -> bool {
        let bound = self.socket.local_addr().ok().and_then(|it| it.as_socket());
        bound.is_some_and(|bound| bound.port() == address.port())
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        if let (Place::Path(path), []) = (&self.place, &self.names[..]) {
            remove(path);
        }
    }
}

fn remove(path: &PathBuf) {
    let _ = std::fs::remove_file(path); // somebody else may have removed it
}

fn listen(address: SocketAddr, wanted: &Listen, reuse_port: bool) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM.nonblocking(), Some(Protocol::TCP))?;
    if address.is_ipv6() {
        socket.set_only_v6(wanted.ipv6_only)?;
    }
    socket.set_reuse_address(true)?;
    socket.set_reuse_port(reuse_port)?;
    socket.bind(&SockAddr::from(address))?;
    socket.listen(wanted.backlog)?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(request: u32, place: Place) -> Listen {
        Listen { request, backlog: 16, ipv6_only: false, place }
    }

    fn tcp(address: &str) -> Place {
        Place::Tcp(address.parse().unwrap())
    }

    fn port(socket: BorrowedFd<'_>) -> u16 {
        let socket = socket2::SockRef::from(&socket);
        socket.local_addr().unwrap().as_socket().unwrap().port()
    }

    #[test]
    fn who_asks_for_the_same_address_gets_the_same_socket() {
        let mut sockets = Sockets::default();
        let first = port(sockets.lend(1, &wanted(1, tcp("127.0.0.1:0"))).unwrap());
        let second = port(sockets.lend(1, &wanted(2, tcp("127.0.0.1:0"))).unwrap());
        assert_ne!(first, second);
        assert_eq!(port(sockets.lend(2, &wanted(1, tcp("127.0.0.1:0"))).unwrap()), first);
        assert_eq!(port(sockets.lend(2, &wanted(2, tcp("127.0.0.1:0"))).unwrap()), second);
        sockets.left(1);
        sockets.left(2);
        assert_eq!(port(sockets.lend(3, &wanted(1, tcp("127.0.0.1:0"))).unwrap()), first);
        assert!(sockets.has(3) && !sockets.has(1));
        sockets.sweep();
        assert_eq!(sockets.all.len(), 1);
        sockets.give_back(3, 1);
        assert!(sockets.all.is_empty());
    }

    #[test]
    fn an_address_is_lent_to_a_process_once() {
        let mut sockets = Sockets::default();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        sockets.lend(1, &wanted(1, Place::Tcp(free))).unwrap();
        assert_eq!(sockets.lend(1, &wanted(2, Place::Tcp(free))).err(), Some(EADDRINUSE));
        assert!(sockets.lend(2, &wanted(1, Place::Tcp(free))).is_ok());
    }

    #[test]
    fn all_interfaces_can_follow_one_and_nobody_else_gets_in() {
        let mut sockets = Sockets::default();
        let one = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let all: SocketAddr = (std::net::Ipv4Addr::UNSPECIFIED, one.port()).into();
        sockets.lend(1, &wanted(1, Place::Tcp(one))).unwrap();
        sockets.lend(2, &wanted(1, Place::Tcp(all))).unwrap();
        let stranger = listen(one, &wanted(1, Place::Tcp(one)), false);
        assert_eq!(stranger.err().and_then(|error| error.raw_os_error()), Some(EADDRINUSE));
        sockets.left(1);
        sockets.sweep();
        assert_eq!(sockets.all.len(), 1);
    }

    #[test]
    fn a_path_is_removed_with_its_socket() {
        let path = std::env::temp_dir().join(format!("corona-sockets-{}.sock", std::process::id()));
        let mut sockets = Sockets::default();
        sockets.lend(1, &wanted(1, Place::Path(path.clone()))).unwrap();
        assert!(path.exists());
        drop(sockets);
        assert!(!path.exists());
    }
}
