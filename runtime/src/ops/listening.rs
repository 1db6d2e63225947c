//! What `serve` and `listen` have in common for other areas: a listening socket by number.

use super::{http, net};
use crate::op::OpResult;
use std::os::fd::OwnedFd;

/// A copy of the socket of the server or listener `id`, for another process. `None`: it is closed.
pub(super) fn share(id: u32) -> Option<OpResult<OwnedFd>> {
    http::share(id).or_else(|| net::share(id))
}
