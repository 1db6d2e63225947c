//! Standard input, output and error, and what terminals can do.

use super::fs;
use crate::io::stdio::{self, tty};
use crate::op::{Bytes, OpError, OpResult, Registry};
use crate::resources;
use std::io;

pub(super) fn register(ops: &mut Registry) {
    ops.sync("stdio_print", print);
    ops.sync("stdio_input", input);
    ops.blocking("stdio_write", write);
    ops.sync("stdio_decode", decode);
    ops.sync("tty_is", is_terminal);
    ops.sync("tty_size", size);
    ops.sync("tty_set_raw", set_raw);
}

pub(super) fn system(error: io::Error, syscall: &'static str) -> OpError {
    OpError::from(error).syscall(syscall)
}

/// For the console: never waits, never fails.
fn print(fd: u32, text: String) {
    stdio::print(fd, text.as_bytes());
}

/// Standard input as a handle; the same one in every program, so it is asked for once.
fn input() -> OpResult<u32> {
    Ok(resources::insert(stdio::input().map_err(|error| system(error, "open"))?))
}

/// Waits until the other side has taken it.
async fn write(fd: u32, bytes: Option<Bytes>, text: Option<String>) -> OpResult<()> {
    let output = stdio::output(fd).map_err(|error| system(error, "write"))?;
    output.write(fs::content(bytes, text)).await.map_err(|error| system(error, "write"))
}

/// UTF-8 as text.
fn decode(bytes: Bytes) -> OpResult<String> {
    fs::text(bytes.0)
}

fn is_terminal(fd: u32) -> bool {
    tty::is_terminal(fd as i32)
}

/// Columns and rows; null for what is no terminal.
fn size(fd: u32) -> Option<(u32, u32)> {
    tty::size(fd as i32)
}

fn set_raw(fd: u32, raw: bool) -> OpResult<()> {
    tty::set_raw(fd as i32, raw).map_err(|error| system(error, "setRawMode"))
}
