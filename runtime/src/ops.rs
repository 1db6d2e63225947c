//! What JavaScript can call: one file an area, each registering its functions. Nothing here names v8.

use crate::op::Registry;

mod encoding;
mod web;

/// Registers every op. The order is part of the snapshot.
pub fn register(ops: &mut Registry) {
    web::register(ops);
}
