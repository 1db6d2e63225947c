//! TCP: connecting to the addresses of a host in turn, and listening.

use super::socket::{self, Listener, Stream};
use crate::op::{OpError, OpResult};
use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io;
use std::net::SocketAddr;

/// Connects to the first of `addresses` that answers. The error is that of the last one, with its address.
pub(crate) async fn connect(addresses: &[SocketAddr], local: Option<SocketAddr>) -> OpResult<Stream> {
    let mut failure = OpError::from(io::Error::from_raw_os_error(libc::EADDRNOTAVAIL)).syscall("connect");
    for address in addresses {
        match connect_one(*address, local).await {
            Ok(stream) => return Ok(stream),
            Err(error) => {
                failure = OpError::from(error).syscall("connect").address(address.ip().to_string(), address.port());
            }
        }
    }
    Err(failure)
}

async fn connect_one(address: SocketAddr, local: Option<SocketAddr>) -> io::Result<Stream> {
    let socket = new_socket(address)?;
    if let Some(local) = local {
        socket.bind(&SockAddr::from(local))?;
    }
    socket::connect(socket, &SockAddr::from(address)).await
}

/// How to listen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListenOptions {
    pub(crate) backlog: i32,
    /// Lets the address be taken while old connections to it linger.
    pub(crate) reuse_address: bool,
    /// Lets several processes listen; the kernel spreads connections over them.
    pub(crate) reuse_port: bool,
    /// Keeps an IPv6 listener from serving IPv4 as well.
    pub ipv6_only: bool,
}

impl Default for ListenOptions {
    fn default() -> ListenOptions {
        ListenOptions { backlog: 511, reuse_address: true, reuse_port: false, ipv6_only: false }
    }
}

/// Listens at `address`; port 0 lets the system choose.
pub(crate) fn listen(address: SocketAddr, options: ListenOptions) -> io::Result<Listener> {
    let socket = new_socket(address)?;
    if address.is_ipv6() {
        socket.set_only_v6(options.ipv6_only)?;
    }
    socket.set_reuse_address(options.reuse_address)?;
    if options.reuse_port {
        socket.set_reuse_port(true)?;
    }
    socket.bind(&SockAddr::from(address))?;
    socket.listen(options.backlog)?;
    Listener::new(socket, None)
}

fn new_socket(address: SocketAddr) -> io::Result<Socket> {
    Socket::new(Domain::for_address(address), Type::STREAM.nonblocking(), Some(Protocol::TCP))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactor::{block_on, is_closed, sleep, spawn};
    use std::rc::Rc;
    use std::time::Duration;

    fn local() -> (Listener, SocketAddr) {
        let listener = listen("127.0.0.1:0".parse().unwrap(), ListenOptions::default()).unwrap();
        let address = listener.socket().local_addr().unwrap().as_socket().unwrap();
        (listener, address)
    }

    #[test]
    fn large_transfers_arrive_whole_and_do_not_mix() {
        block_on(async {
            let (listener, address) = local();
            let client = Rc::new(connect(&[address], None).await.unwrap());
            let server = listener.accept().await.unwrap();
            for byte in [1u8, 2] {
                let client = client.clone();
                spawn(async move {
                    client.write_all(&vec![byte; 3_000_000]).await.unwrap();
                });
            }
            let mut received = Vec::new();
            while received.len() < 6_000_000 {
                received.extend(server.read(usize::MAX).await.unwrap());
            }
            assert!(received[..3_000_000].iter().all(|byte| *byte == 1));
            assert!(received[3_000_000..].iter().all(|byte| *byte == 2));
        });
    }

    #[test]
    fn the_next_address_is_tried_when_one_refuses() {
        block_on(async {
            let (refusing, dead) = local();
            drop(refusing);
            let (_listener, address) = local();
            connect(&[dead, address], None).await.unwrap();
            let error = connect(&[dead], None).await.err().unwrap();
            assert_eq!(error.message(), format!("connect ECONNREFUSED {dead}"));
        });
    }

    #[test]
    fn timeouts_and_close_end_a_pending_read() {
        block_on(async {
            let (listener, address) = local();
            let client = Rc::new(connect(&[address], None).await.unwrap());
            let _server = listener.accept().await.unwrap();
            client.set_timeouts(Some(Duration::from_millis(10)), None);
            assert_eq!(client.read(1).await.unwrap_err().kind(), io::ErrorKind::TimedOut);
            client.set_timeouts(None, None);
            let closing = client.clone();
            spawn(async move {
                sleep(Duration::from_millis(5)).await;
                closing.close();
            });
            assert!(is_closed(&client.read(1).await.unwrap_err()));
            assert!(is_closed(&client.write_all(b"x").await.unwrap_err()));
        });
    }

    #[test]
    fn a_reset_peer_is_an_error() {
        block_on(async {
            let (listener, address) = local();
            let client = connect(&[address], None).await.unwrap();
            let server = listener.accept().await.unwrap();
            server.socket().set_linger(Some(Duration::ZERO)).unwrap();
            drop(server);
            assert_eq!(client.read(1).await.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
        });
    }
}
