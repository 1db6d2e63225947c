//! Sockets, pipes, processes and the rest of the operating system as futures over the reactor. No JavaScript here.

pub mod dns;
pub mod gate;
pub mod socket;
pub mod tcp;
pub mod unix;
