//! Where a listening socket comes from: handed over by whoever started the process, or made here.

use super::socket::Listener;
use super::tcp::{self, ListenOptions};
use super::{dns, inherited, unix};
use crate::op::{Class, OpError, OpResult};
use crate::supervised;
use corona_std::errors;
use corona_std::handover::Place;
use socket2::SockAddr;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

/// Listens at the first address of `host`; without a host on every interface.
pub(crate) async fn at_host(host: Option<&str>, port: u16, options: ListenOptions) -> OpResult<Listener> {
    let addresses: Vec<SocketAddr> = match host {
        Some(host) => dns::lookup(host, port, dns::Family::Any).await?,
        None => vec![(Ipv6Addr::UNSPECIFIED, port).into(), (Ipv4Addr::UNSPECIFIED, port).into()],
    };
    // What was handed over may be any of them.
    if let Some(socket) = addresses.iter().find_map(|address| inherited::at(&SockAddr::from(*address))) {
        return adopt(socket);
    }
    let mut failure = OpError::from(io::Error::from_raw_os_error(libc::EADDRNOTAVAIL)).syscall("listen");
    for address in addresses {
        let supervised = supervised::listen(Place::Tcp(address), options).await;
        match supervised.unwrap_or_else(|| tcp::listen(address, options)) {
            Ok(listener) => return Ok(listener),
            Err(error) => {
                // A system without IPv6 may still have the next address; an address in use is the answer.
                let other = matches!(error.raw_os_error(), Some(libc::EAFNOSUPPORT | libc::EADDRNOTAVAIL));
                failure = OpError::from(error).syscall("listen").address(address.ip().to_string(), port);
                if !other {
                    break;
                }
            }
        }
    }
    Err(failure)
}

/// Listens at a path of the file system.
pub(crate) async fn at_path(path: &str, backlog: i32) -> OpResult<Listener> {
    let failed = |error: io::Error| OpError::from(error).syscall("listen").path(path);
    let address = SockAddr::unix(path).map_err(failed)?;
    if let Some(socket) = inherited::at(&address) {
        return adopt(socket);
    }
    // The supervisor has a working directory of its own.
    let place = Place::Path(std::path::absolute(path).map_err(failed)?);
    let supervised = supervised::listen(place, ListenOptions { backlog, ..ListenOptions::default() }).await;
    supervised.unwrap_or_else(|| unix::listen(Path::new(path), backlog)).map_err(failed)
}

/// Listens on the socket that was handed over under a name, or as a descriptor of that number.
pub(crate) async fn inherited(name: &str) -> OpResult<Listener> {
    if let Some(socket) = inherited::called(name) {
        return adopt(socket);
    }
    let place = Place::Named(name.to_owned());
    if let Some(Ok(listener)) = supervised::listen(place, ListenOptions::default()).await {
        return Ok(listener);
    }
    let others = match inherited::names() {
        names if names.is_empty() => "none was handed over, or all are in use".to_owned(),
        names => format!("there are: {}", names.join(", ")),
    };
    let message = format!("no listening socket is called \"{name}\" (LISTEN_FDS); {others}");
    Err(OpError::new(Class::Error, errors::NOT_INHERITED, message))
}

fn adopt(socket: socket2::Socket) -> OpResult<Listener> {
    Ok(Listener::adopt(socket)?)
}
