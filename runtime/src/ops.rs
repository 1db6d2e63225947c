//! What JavaScript can call: one file an area, each registering its functions. Nothing here names v8.

mod encoding;
mod net;
mod time;
mod web;

use crate::op::Registry;

/// Registers every op. The order is part of the snapshot.
pub fn register(ops: &mut Registry) {
    net::register(ops);
    time::register(ops);
    web::register(ops);
}
