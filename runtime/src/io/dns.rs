//! Names to addresses: the system's resolver in the thread pool. Addresses in numbers need no resolver and no waiting.

use crate::op::{Class, OpError, OpResult};
use crate::reactor::pool;
use socket2::SockAddr;
use std::ffi::{CStr, CString};
use std::io;
use std::net::{IpAddr, SocketAddr};

/// Which addresses are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Any,
    V4,
    V6,
}

/// The addresses of `host`, in the order in which they should be tried, with `port`. At least one.
pub(crate) async fn lookup(host: &str, port: u16, family: Family) -> OpResult<Vec<SocketAddr>> {
    if let Some(ip) = numeric(host) {
        let wanted = match family {
            Family::Any => true,
            Family::V4 => ip.is_ipv4(),
            Family::V6 => ip.is_ipv6(),
        };
        return if wanted { Ok(vec![SocketAddr::new(ip, port)]) } else { Err(failed(host, libc::EAI_NONAME)) };
    }
    let name = host.to_owned();
    pool::run(move || resolve(&name, port, family)).await
}

/// `host` as an address, if it is one: `127.0.0.1`, `::1`, `[::1]`.
pub(crate) fn numeric(host: &str) -> Option<IpAddr> {
    host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host).parse().ok()
}

/// Asks the system's resolver. Blocks: for the pool's threads.
fn resolve(host: &str, port: u16, family: Family) -> OpResult<Vec<SocketAddr>> {
    let Ok(name) = CString::new(host) else { return Err(failed(host, libc::EAI_NONAME)) };
    // SAFETY: invariant 22 (all zeroes is how the C interface says "no hints").
    let mut hints: libc::addrinfo = unsafe { std::mem::zeroed() };
    hints.ai_socktype = libc::SOCK_STREAM;
    hints.ai_family = match family {
        Family::Any => libc::AF_UNSPEC,
        Family::V4 => libc::AF_INET,
        Family::V6 => libc::AF_INET6,
    };
    let mut list: *mut libc::addrinfo = std::ptr::null_mut();
    // SAFETY: invariant 22 (a C string, hints and a place for the result, all alive during the call).
    let code = unsafe { libc::getaddrinfo(name.as_ptr(), std::ptr::null(), &hints, &mut list) };
    if code == libc::EAI_SYSTEM {
        return Err(OpError::from(io::Error::last_os_error()).syscall("getaddrinfo").path(host));
    }
    if code != 0 {
        return Err(failed(host, code));
    }
    let mut addresses = Vec::new();
    let mut next = list;
    while !next.is_null() {
        // SAFETY: invariant 22 (a node of the list that getaddrinfo made; freed only below).
        let node = unsafe { &*next };
        // SAFETY: invariant 22 (the node's address and its length belong together).
        let copied = unsafe {
            SockAddr::try_init(|storage, length| {
                std::ptr::copy_nonoverlapping(node.ai_addr.cast::<u8>(), storage.cast(), node.ai_addrlen as usize);
                *length = node.ai_addrlen;
                Ok(())
            })
        };
        let address = copied.ok().and_then(|((), address)| address.as_socket());
        addresses.extend(address.map(|mut address| {
            address.set_port(port);
            address
        }));
        next = node.ai_next;
    }
    // SAFETY: invariant 22 (the list that getaddrinfo made, once; nothing refers to it any more).
    unsafe { libc::freeaddrinfo(list) };
    addresses.dedup();
    if addresses.is_empty() { Err(failed(host, libc::EAI_NONAME)) } else { Ok(addresses) }
}

/// The error that Node gives for a failure of the resolver.
fn failed(host: &str, code: i32) -> OpError {
    let name = match code {
        libc::EAI_NONAME => "ENOTFOUND",
        libc::EAI_AGAIN => "EAI_AGAIN",
        libc::EAI_MEMORY => "EAI_MEMORY",
        libc::EAI_FAMILY => "EAI_FAMILY",
        libc::EAI_FAIL => "EAI_FAIL",
        _ if is_no_data(code) => "ENOTFOUND",
        _ => "EAI_FAIL",
    };
    if name == "ENOTFOUND" || name == "EAI_AGAIN" {
        return OpError::new(Class::Error, name, format!("getaddrinfo {name} {host}")).syscall("getaddrinfo");
    }
    // SAFETY: invariant 22 (gai_strerror returns a static C string for any number).
    let reason = unsafe { CStr::from_ptr(libc::gai_strerror(code)) }.to_string_lossy().into_owned();
    OpError::new(Class::Error, name, format!("getaddrinfo {name} {host}: {reason}")).syscall("getaddrinfo")
}

/// "The name exists but has no address": not a constant of every C library.
fn is_no_data(code: i32) -> bool {
    const GLIBC_EAI_NODATA: i32 = -5;
    const GLIBC_EAI_ADDRFAMILY: i32 = -9;
    cfg!(target_os = "linux") && (code == GLIBC_EAI_NODATA || code == GLIBC_EAI_ADDRFAMILY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactor::block_on;

    #[test]
    fn numbers_and_names_resolve_and_unknown_names_fail_as_in_node() {
        let numeric = block_on(lookup("[::1]", 80, Family::Any)).unwrap();
        assert_eq!(numeric, ["[::1]:80".parse().unwrap()]);
        let named = block_on(lookup("localhost", 81, Family::V4)).unwrap();
        assert_eq!(named, ["127.0.0.1:81".parse().unwrap()]);
        let error = block_on(lookup("no-such-host.invalid", 1, Family::Any)).unwrap_err();
        assert!(error.code == "ENOTFOUND" || error.code == "EAI_AGAIN", "{error:?}");
        assert_eq!(error.message(), format!("getaddrinfo {} no-such-host.invalid", error.code));
        assert!(block_on(lookup("a\0b", 1, Family::Any)).is_err());
    }
}
