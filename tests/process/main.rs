//! Tests that talk to a running program: one module for each area.

mod build;
mod check;
mod counts;
mod deep;
mod effects;
mod end;
mod examples;
mod init;
mod listeners;
mod lsp;
mod matchers;
mod net;
mod readme;
mod shutdown;
mod signals;
mod stdio;
mod terminal;
mod watch;
mod websocket;

/// The binary under test.
const CORONA: &str = env!("CARGO_BIN_EXE_corona");
