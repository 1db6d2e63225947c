//! The measurements. The measured process runs on core 0, the load (and the backend) on core 1.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::thread;
use std::time::Duration;

use super::bundlers::{self, Bundle};
use super::check::{self, Check};
use super::editor::{self, Editor};
use super::peers::{self, Peer};
use super::watch::{self, Watch};
use corona_tests::program::Program;

/// How a row is measured.
#[derive(Clone, Copy)]
pub(crate) enum Measure {
    /// The program measures itself and prints `result <number>`.
    Printed,
    /// Resident bytes for each of so many parked coroutines.
    Parked(u32),
    /// Requests a second.
    Load { connections: u32 },
    /// The same, with a backend that the program asks.
    Backend { connections: u32 },
    /// Resident bytes for each of so many idle connections.
    Idle(u32),
    /// Wall time (`result`) or peak memory (`memory`) of a whole run.
    Start(&'static str),
    /// The 99th percentile of latency in milliseconds, with 10,000 parked coroutines or with none.
    Tail { connections: u32 },
    /// What a bundler needs, or what it makes.
    Bundle(Bundle),
    /// Restarts after a change.
    Watch(Watch),
    /// `corona check`.
    Check(Check),
    /// The language server.
    Editor(Editor),
}

const SERVER_CORE: &str = "0";
const LOAD_CORE: &str = "1";
const ADDRESS: &str = "127.0.0.1:8377";
const PARKED_IN_TAIL: &str = "10000";
/// How long a program may take until its next line.
const LIMIT: Duration = Duration::from_secs(180);

/// One measurement; nothing when the program fails, with the reason on standard error.
pub(crate) fn once(folder: &str, measure: Measure, peer: Peer) -> Option<f64> {
    // The handle on programs fails by panicking, as tests want it.
    let result = catch_unwind(AssertUnwindSafe(|| match measure {
        Measure::Printed => printed(folder, peer),
        Measure::Parked(count) => parked(folder, peer, count),
        Measure::Load { connections } => {
            let _server = listening(folder, peer, &[])?;
            Ok(load(connections, 4)?.rate)
        }
        Measure::Backend { connections } => {
            let mut backend = start(LOAD_CORE, &[peers::tool("backend")], &[]);
            backend.line_within(LIMIT);
            let _server = listening(folder, peer, &[])?;
            Ok(load(connections, 4)?.rate)
        }
        Measure::Idle(count) => idle(folder, peer, count),
        Measure::Start(name) => start_up(folder, peer, name),
        Measure::Tail { connections } => {
            let _server = listening(folder, peer, &[if peer == Peer::CoronaAlone { "0" } else { PARKED_IN_TAIL }])?;
            Ok(load(connections, 5)?.p99_ms)
        }
        Measure::Bundle(what) => bundlers::measure(what, peer),
        Measure::Watch(what) => watch::measure(what, peer),
        Measure::Check(what) => check::measure(what, peer),
        Measure::Editor(what) => editor::measure(what, peer),
    }));
    match result {
        Ok(Ok(value)) => Some(value),
        Ok(Err(error)) => {
            eprintln!("{folder}, {}: {error}", peer.name());
            None
        }
        Err(_) => None,
    }
}

fn printed(folder: &str, peer: Peer) -> Result<f64, String> {
    let mut program = start(SERVER_CORE, &peer.command(folder)?, &peer.environment());
    number(&program.line_within(LIMIT), "result")
}

fn parked(folder: &str, peer: Peer, count: u32) -> Result<f64, String> {
    let mut command = peer.command(folder)?;
    command.push(count.to_string());
    let mut program = start(SERVER_CORE, &command, &peer.environment());
    program.line_within(LIMIT);
    let before = program.resident_bytes();
    let line = program.line_within(LIMIT);
    if line != "parked" {
        return Err(format!("printed {line:?}"));
    }
    Ok(program.resident_bytes().saturating_sub(before) as f64 / f64::from(count))
}

fn idle(folder: &str, peer: Peer, count: u32) -> Result<f64, String> {
    let server = listening(folder, peer, &[])?;
    // Whatever a server allocates once is not the price of a connection.
    load(64, 2)?;
    thread::sleep(Duration::from_secs(1));
    let before = server.resident_bytes();
    let mut client = start(LOAD_CORE, &[peers::tool("idle"), ADDRESS.into(), count.to_string()], &[]);
    if client.line_within(LIMIT) != "open" {
        return Err("the connections could not be opened".into());
    }
    thread::sleep(Duration::from_secs(1));
    Ok(server.resident_bytes().saturating_sub(before) as f64 / f64::from(count))
}

fn start_up(folder: &str, peer: Peer, name: &str) -> Result<f64, String> {
    let mut command = Command::new(peers::tool("start"));
    command.args(peer.command(folder)?).envs(peer.environment());
    whole_run(command, name)
}

/// What the tool `start` says about a run: its `result` or its `memory`.
pub(super) fn whole_run(command: Command, name: &str) -> Result<f64, String> {
    let ended = Program::spawn(command).finish();
    let line = ended.stdout.lines().find(|line| line.starts_with(name));
    number(line.unwrap_or(&ended.stderr), name)
}

/// Starts a server and waits until it listens.
fn listening(folder: &str, peer: Peer, args: &[&str]) -> Result<Program, String> {
    let mut command = peer.command(folder)?;
    command.extend(args.iter().map(|&arg| arg.to_owned()));
    let mut server = start(SERVER_CORE, &command, &peer.environment());
    match server.line_within(LIMIT).as_str() {
        "listening" => Ok(server),
        line => Err(format!("printed {line:?}")),
    }
}

struct Load {
    rate: f64,
    p99_ms: f64,
}

/// Runs wrk, after a second of warming up.
fn load(connections: u32, seconds: u32) -> Result<Load, String> {
    wrk(connections, 1)?;
    let text = wrk(connections, seconds)?;
    for line in text.lines().filter(|line| line.contains("Non-2xx") || line.contains("Socket errors")) {
        eprintln!("wrk: {}", line.trim());
    }
    let after = |start: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(start));
        line.map(str::trim).ok_or_else(|| format!("wrk printed no {start}\n{text}"))
    };
    let rate = after("Requests/sec:")?.parse().map_err(|error| format!("{error}\n{text}"))?;
    Ok(Load { rate, p99_ms: milliseconds(after("99%")?)? })
}

fn wrk(connections: u32, seconds: u32) -> Result<String, String> {
    let mut command = Command::new("taskset");
    command.args(["-c", LOAD_CORE, "wrk", "--latency", "-t1"]);
    command.args([format!("-c{connections}"), format!("-d{seconds}s"), format!("http://{ADDRESS}/")]);
    let output = command.output().map_err(|error| format!("wrk: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// `1.5us`, `2.25ms`, `1.00s`.
fn milliseconds(text: &str) -> Result<f64, String> {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1000.0)];
    let parsed = units.iter().find_map(|(unit, factor)| Some(text.strip_suffix(unit)?.parse::<f64>().ok()? * factor));
    parsed.ok_or_else(|| format!("no duration: {text}"))
}

fn number(line: &str, name: &str) -> Result<f64, String> {
    let text = line.strip_prefix(name).ok_or_else(|| format!("printed {line:?}"))?;
    text.trim().parse().map_err(|error| format!("{line:?}: {error}"))
}

/// Starts a command on one core, with as many descriptors as the system grants.
fn start(core: &str, command: &[String], environment: &[(&str, String)]) -> Program {
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -n $(ulimit -Hn); exec taskset -c \"$@\"", "sh", core]).args(command);
    shell.envs(environment.iter().map(|(name, value)| (*name, value)));
    Program::spawn(shell)
}
