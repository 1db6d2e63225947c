//! What JavaScript can call: one file an area, each registering its functions. Nothing here names v8.

mod child;
mod encoding;
mod fs;
mod http;
mod listening;
mod net;
mod process;
mod stdio;
mod time;
mod web;
mod websocket;

use crate::op::Registry;

/// Registers every op. The order is part of the snapshot.
pub fn register(ops: &mut Registry) {
    child::register(ops);
    fs::register(ops);
    http::register(ops);
    net::register(ops);
    process::register(ops);
    stdio::register(ops);
    time::register(ops);
    web::register(ops);
    websocket::register(ops);
}
