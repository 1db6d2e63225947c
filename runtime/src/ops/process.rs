//! The process itself for `corona:process`: environment, directory, identity, clock, signals.

use super::stdio::system;
use crate::io::{environment, raw, signal};
use crate::op::{OpError, OpResult, Registry};
use crate::program::{self, Atomic};
use crate::supervised;
use std::io;
use std::sync::OnceLock;
use std::time::Instant;

pub(super) fn register(ops: &mut Registry) {
    ops.sync("env_get", env_get);
    ops.sync("env_set", environment::set);
    ops.sync("env_delete", env_delete);
    ops.sync("env_names", environment::names);
    ops.sync("process_cwd", cwd);
    ops.sync("process_chdir", chdir);
    ops.sync("process_start", start);
    ops.sync("process_identity", identity);
    ops.sync("process_hostname", hostname);
    ops.sync("process_resident_bytes", resident_bytes);
    ops.sync("process_clock", clock);
    ops.sync("process_kill", kill);
    ops.sync("signal_listen", listen);
    ops.sync("signal_ignore", signal::ignore);
    ops.sync("signal_end", signal::end_by);
    ops.sync("atomic_mode", atomic_mode);
    ops.sync("atomic_report", atomic_report);
    ops.sync("signal_end_in_order", end_in_order);
    ops.sync("process_begin_end", begin_end);
}

fn env_get(name: String) -> Option<String> {
    environment::get(&name)
}

fn env_delete(name: String) {
    environment::remove(&name);
}

fn cwd() -> OpResult<String> {
    let folder = std::env::current_dir().map_err(|error| system(error, "uv_cwd"))?;
    Ok(folder.to_string_lossy().into_owned())
}

fn chdir(folder: String) -> OpResult<()> {
    std::env::set_current_dir(&folder).map_err(|error| system(error, "chdir").path(folder))
}

/// What a program may know at once: path of the runtime; path of the program and its arguments; version of the runtime,
/// operating system, processor.
fn start() -> (String, Vec<String>, String, String, String) {
    clock();
    let path = std::env::current_exe().unwrap_or_default().to_string_lossy().into_owned();
    let options = program::options();
    let entry = std::path::absolute(&options.entry).unwrap_or_default().to_string_lossy().into_owned();
    let arguments = std::iter::once(entry).chain(options.arguments.iter().cloned()).collect();
    let (platform, arch) = platform();
    (path, arguments, env!("CARGO_PKG_VERSION").to_owned(), platform, arch)
}

/// Process id, parent's id, user, group.
fn identity() -> (u32, u32, u32, u32) {
    let [user, group] = raw::user_and_group();
    (std::process::id(), std::os::unix::process::parent_id(), user, group)
}

fn hostname() -> OpResult<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").map_err(OpError::from)?;
    Ok(name.trim_end().to_owned())
}

/// Operating system and processor, as Node names them.
fn platform() -> (String, String) {
    let platform = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let arch = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        "x86" => "ia32",
        other => other,
    };
    (platform.to_owned(), arch.to_owned())
}

fn resident_bytes() -> OpResult<f64> {
    let pages = std::fs::read_to_string("/proc/self/statm").map_err(OpError::from)?;
    let pages: f64 = pages.split(' ').nth(1).and_then(|text| text.parse().ok()).unwrap_or(0.0);
    Ok(pages * raw::page_bytes() as f64)
}

/// Seconds and nanoseconds of a clock that only goes forward, from the first call on.
fn clock() -> (u32, u32) {
    static START: OnceLock<Instant> = OnceLock::new();
    let elapsed = START.get_or_init(Instant::now).elapsed();
    (elapsed.as_secs() as u32, elapsed.subsec_nanos())
}

fn kill(pid: i32, signal: i32) -> OpResult<()> {
    raw::kill(pid, signal).map_err(|error| system(error, "kill"))
}

/// What becomes of a call that may block in an atomic section: 0 it throws, 1 it is reported, 2 it is so in a file.
fn atomic_mode() -> u32 {
    match program::options().atomic {
        Atomic::Throw => 0,
        Atomic::Report => 1,
        Atomic::ReportTo(_) => 2,
    }
}

/// Writes the report to its file.
fn atomic_report(text: String) -> OpResult<()> {
    match &program::options().atomic {
        Atomic::ReportTo(path) => {
            std::fs::write(path, text).map_err(|error| system(error, "open").path(path.to_string_lossy()))
        }
        Atomic::Throw | Atomic::Report => Ok(()),
    }
}

fn listen(number: i32) -> OpResult<()> {
    signal::listen(number).map_err(|error: io::Error| system(error, "uv_signal_start"))
}

fn end_in_order(number: i32, wanted: bool) -> OpResult<()> {
    signal::end_in_order(number, wanted).map_err(|error: io::Error| system(error, "uv_signal_start"))
}

/// The service is asked to end: how many milliseconds it has.
fn begin_end() -> f64 {
    supervised::keep_sockets();
    program::options().grace.as_secs_f64() * 1000.0
}
