//! HTTP/1.1, server and client: hyper on the reactor's executor. No JavaScript here; see `ops/http.rs`.
//!
//! One *exchange* is a request and its response, known to JavaScript by a number. A server makes one when a request's
//! head is complete and posts an event; a client makes one for each fetch. Connections are tasks of the executor: an
//! idle one holds no coroutine, and after a moment no buffers either.

mod answer;
mod client;
mod connection;
mod exchange;
mod intake;
mod pipe;
mod pool;
mod request;
mod server;
#[cfg(test)]
mod tests;
pub mod websocket;
mod wire;

pub use answer::{Answer, forget_waiter, poll as poll_answer};
pub use client::{Order, Target, cancel, start};
pub use exchange::{Exchange, Head, remove, with};
pub use intake::Intake;
pub use pipe::{OutBody, Pipe};
pub use request::{flat_headers, url};
pub use server::{Server, Settings};

use crate::op::{Class, OpError};
use corona_std::errors;

/// The error of using an exchange that is over.
pub fn closed(what: &'static str) -> OpError {
    OpError::new(Class::Error, errors::CLOSED, what)
}
