//! Sockets, pipes, processes and the rest of the operating system as futures over the reactor. No JavaScript here.

pub(crate) mod child;
pub mod dns;
pub(crate) mod environment;
pub(crate) mod fs;
pub mod gate;
pub(crate) mod handle;
pub(crate) mod inherited;
pub(crate) mod listen;
pub(crate) mod raw;
pub(crate) mod signal;
pub mod socket;
pub(crate) mod stdio;
pub mod tcp;
#[cfg(test)]
mod tests;
pub mod unix;
pub(crate) mod wait;

pub(crate) use stdio::flush_at_exit;
