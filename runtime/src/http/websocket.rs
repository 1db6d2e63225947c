//! WebSockets (RFC 6455), of servers and clients: tungstenite over a connection that HTTP has let go of. The handshake's
//! headers are made in `ops/websocket.rs`.

mod client;
mod frames;
mod socket;
mod tap;

pub use client::connect;
pub(super) use socket::{Clock, part};
pub use socket::{Limits, Role, Socket};

use crate::resources;

/// What a socket is told when the process, or the server, ends: somebody else will be there, or nobody.
pub const SERVICE_RESTART: u16 = 1012;
pub const GOING_AWAY: u16 = 1001;

/// The process ends now: sockets that are open hear it, if they can be told at once.
pub(crate) fn dismiss_all() {
    resources::all::<Socket>().iter().for_each(|socket| socket.dismiss(GOING_AWAY));
}
