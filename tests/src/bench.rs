//! `cargo x bench`: Corona beside its peers, in one session. The rows and their targets are here; installing the peers,
//! measuring and printing are below. Times are printed, never asserted: machines differ, only ratios within a session count.

mod bundlers;
mod check;
mod editor;
mod measure;
mod peers;
mod table;
mod watch;

use bundlers::Bundle;
use check::Check;
use editor::Editor;
use measure::Measure;
use peers::Peer;
use table::Target;
use watch::Watch;

/// What each peer reached, Corona first.
type Values = Vec<(Peer, Option<f64>)>;

/// One line of the table.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) unit: &'static str,
    /// Whose programs lie in `tests/bench/<folder>`.
    folder: &'static str,
    measure: Measure,
    peers: &'static [Peer],
    rounds: usize,
    pub(crate) target: Target,
}

const WEB: &[Peer] = &[Peer::Node, Peer::Deno, Peer::Bun];
const SERVERS: &[Peer] = &[Peer::Node, Peer::Deno, Peer::Bun, Peer::Go];

const BUNDLERS: &[Peer] = &[Peer::Esbuild, Peer::Rolldown, Peer::Bun];

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row { name: "switch", what: "yield to another coroutine", unit: "ns", folder: "switch", measure: Measure::Printed,
          peers: &[Peer::Fibers, Peer::Go], rounds: 5, target: Target::AtMost(Peer::Fibers, 0.20, 0.10) },
    Row { name: "self", what: "yield and come back to oneself; peers: await", unit: "ns", folder: "self", measure: Measure::Printed,
          peers: WEB, rounds: 5, target: Target::AtMost(Peer::Node, 1.8, 1.0) },
    Row { name: "spawn", what: "spawn, run, finish", unit: "ns", folder: "spawn", measure: Measure::Printed,
          peers: &[Peer::Go], rounds: 5, target: Target::AtMost(Peer::Go, 2.0, 1.0) },
    Row { name: "parked", what: "a parked coroutine of 100,000; peers: an async function", unit: "bytes", folder: "parked",
          measure: Measure::Parked(100_000), peers: SERVERS, rounds: 1, target: Target::Below(14.0 * 1024.0, 14.0 * 1024.0) },
    Row { name: "million", what: "the same with 1,000,000", unit: "bytes", folder: "parked",
          measure: Measure::Parked(1_000_000), peers: &[Peer::Go], rounds: 1, target: Target::Below(f64::MAX, 14.0 * 1024.0) },
    Row { name: "hello", what: "HTTP hello, 64 keep-alive connections", unit: "req/s", folder: "hello",
          measure: Measure::Load { connections: 64 }, peers: SERVERS, rounds: 3, target: Target::AtLeast(Peer::Deno, 1.0, 1.3) },
    Row { name: "backend", what: "three backend requests in a row, 256 connections", unit: "req/s", folder: "backend",
          measure: Measure::Backend { connections: 256 }, peers: &[Peer::Node, Peer::NodeAgent, Peer::Deno, Peer::Bun, Peer::Go],
          rounds: 3, target: Target::AtLeastBest(1.0, 1.3) },
    Row { name: "idle", what: "an idle keep-alive connection of 10,000", unit: "bytes", folder: "hello",
          measure: Measure::Idle(10_000), peers: SERVERS, rounds: 1, target: Target::Below(4096.0, 1229.0) },
    Row { name: "start", what: "run hello.js", unit: "ms", folder: "start", measure: Measure::Start("result"),
          peers: WEB, rounds: 21, target: Target::StartUp { then_of_bun: 0.9 } },
    Row { name: "memory", what: "run hello.js: peak memory", unit: "MiB", folder: "start", measure: Measure::Start("memory"),
          peers: WEB, rounds: 5, target: Target::StartUp { then_of_bun: 0.9 } },
    Row { name: "tail", what: "p99 with 10,000 parked; beside it: none", unit: "ms", folder: "tail",
          measure: Measure::Tail { connections: 32 }, peers: &[Peer::CoronaAlone], rounds: 3,
          target: Target::AtMost(Peer::CoronaAlone, 2.0, 1.3) },
    Row { name: "watch", what: "run --watch: save to first answer, 200 modules", unit: "ms", folder: "hello",
          measure: Measure::Watch(Watch::Save), peers: &[], rounds: 3, target: Target::Below(150.0, 100.0) },
    Row { name: "watch-memory", what: "growth of the supervisor, 10th to 1000th restart", unit: "KiB", folder: "hello",
          measure: Measure::Watch(Watch::Growth), peers: &[], rounds: 1, target: Target::Below(1024.0, 256.0) },
    Row { name: "check", what: "check 10,000 modules, cold", unit: "ms", folder: "hello",
          measure: Measure::Check(Check::Time), peers: &[], rounds: 3, target: Target::Below(3000.0, 1500.0) },
    Row { name: "check-memory", what: "the same: peak memory", unit: "MiB", folder: "hello",
          measure: Measure::Check(Check::Memory), peers: &[], rounds: 1, target: Target::Below(1536.0, 800.0) },
    Row { name: "check-edit", what: "check --watch: an edit in 10,000 modules", unit: "ms", folder: "hello",
          measure: Measure::Check(Check::Edit), peers: &[], rounds: 1, target: Target::Below(30.0, 15.0) },
    Row { name: "lsp-start", what: "lsp: start to first diagnostics, 10,000 modules", unit: "ms", folder: "hello",
          measure: Measure::Editor(Editor::Start), peers: &[], rounds: 1, target: Target::Below(2000.0, 1000.0) },
    Row { name: "lsp-p50", what: "lsp: edit to diagnostics, median", unit: "ms", folder: "hello",
          measure: Measure::Editor(Editor::Edit(50)), peers: &[], rounds: 1, target: Target::Below(20.0, 10.0) },
    Row { name: "lsp-p99", what: "lsp: edit to diagnostics, 99th percentile", unit: "ms", folder: "hello",
          measure: Measure::Editor(Editor::Edit(99)), peers: &[], rounds: 1, target: Target::Below(80.0, 40.0) },
    Row { name: "lsp-memory", what: "lsp: peak memory", unit: "MiB", folder: "hello",
          measure: Measure::Editor(Editor::Memory), peers: &[], rounds: 1, target: Target::Below(600.0, 400.0) },
    Row { name: "build", what: "bundle three.js ten times, with source map", unit: "ms", folder: "build",
          measure: Measure::Bundle(Bundle::Time { minify: false }), peers: BUNDLERS, rounds: 7,
          target: Target::AtMost(Peer::Esbuild, 0.5, 0.4) },
    Row { name: "build-minified", what: "the same, minified", unit: "ms", folder: "build",
          measure: Measure::Bundle(Bundle::Time { minify: true }), peers: BUNDLERS, rounds: 5,
          target: Target::AtMost(Peer::Esbuild, 1.0, 0.8) },
    Row { name: "build-memory", what: "the same, not minified: peak memory", unit: "MiB", folder: "build",
          measure: Measure::Bundle(Bundle::Memory { minify: false }), peers: BUNDLERS, rounds: 3,
          target: Target::AtMost(Peer::Esbuild, 1.0, 0.8) },
    Row { name: "build-memory-minified", what: "the same, minified: peak memory", unit: "MiB", folder: "build",
          measure: Measure::Bundle(Bundle::Memory { minify: true }), peers: BUNDLERS, rounds: 3,
          target: Target::AtMost(Peer::Esbuild, 1.0, 0.8) },
    Row { name: "build-size", what: "size of the minified output", unit: "bytes", folder: "build",
          measure: Measure::Bundle(Bundle::Size), peers: BUNDLERS, rounds: 1,
          target: Target::AtMost(Peer::Esbuild, 1.0, 0.98) },
    Row { name: "build-packages", what: "tests/packages, minified and gzipped, together", unit: "bytes", folder: "build",
          measure: Measure::Bundle(Bundle::Packages), peers: BUNDLERS, rounds: 1,
          target: Target::AtMost(Peer::Esbuild, 1.01, 0.98) },
];

/// Runs the named rows (all but `million` when none is named) and prints the table. A name stands for itself and what
/// begins with it and a hyphen. Names that begin with `+` are added to the usual ones; `--no-build` takes the release build that is there. Whether everything could be measured.
pub(crate) fn run(args: &[String]) -> bool {
    let (options, names): (Vec<&String>, Vec<&String>) = args.iter().partition(|arg| arg.starts_with("--"));
    let fits = |row: &Row, name: &str| {
        let rest = row.name.strip_prefix(name.trim_start_matches('+'));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    if let Some(unknown) = names.iter().find(|name| !ROWS.iter().any(|row| fits(row, name))) {
        let known: Vec<&str> = ROWS.iter().map(|row| row.name).collect();
        eprintln!("cargo x bench: no row `{unknown}`; there are {}", known.join(", "));
        return false;
    }
    if let Some(unknown) = options.iter().find(|option| **option != "--no-build") {
        eprintln!("cargo x bench: no option `{unknown}`; there is --no-build");
        return false;
    }
    let usual = names.iter().all(|name| name.starts_with('+'));
    let takes = |row: &&Row| names.iter().any(|name| fits(row, name)) || (usual && row.name != "million");
    // A program that fails costs its row, not the session; one line about it is enough.
    std::panic::set_hook(Box::new(|info| eprintln!("{info}")));
    if let Err(error) = peers::prepare(!options.iter().any(|option| *option == "--no-build")) {
        eprintln!("cargo x bench: {error}");
        return false;
    }
    let results: Vec<(&Row, Values)> = ROWS.iter().filter(takes).map(|row| (row, measure_row(row))).collect();
    table::print(&results);
    results.iter().all(|(_, values)| values.iter().all(|(_, value)| value.is_some()))
}

/// The median for each peer, Corona first. Peers take turns, so that a slow minute of the machine hits all of them.
fn measure_row(row: &Row) -> Values {
    let peers: Vec<Peer> = std::iter::once(Peer::Corona).chain(row.peers.iter().copied()).collect();
    let mut values: Vec<Vec<f64>> = vec![Vec::new(); peers.len()];
    for round in 0..row.rounds {
        for (peer, values) in peers.iter().zip(&mut values) {
            // A peer that has failed once is not tried again.
            if values.len() == round {
                values.extend(measure::once(row.folder, row.measure, *peer));
            }
        }
    }
    let medians = values.into_iter().map(|mut values| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    });
    let medians: Vec<_> = peers.into_iter().zip(medians).collect();
    eprintln!("{}: {}", row.name, table::line(row, &medians));
    medians
}
