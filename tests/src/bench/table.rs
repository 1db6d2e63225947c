//! The table: values, the ratio that the target is about, and whether it is reached.

use super::peers::Peer;
use super::{Row, Values};

/// What Corona's value is compared with, what is to be reached now, and what later.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    /// Less is better: at most so many times the peer's.
    AtMost(Peer, f64, f64),
    /// More is better: at least so many times the peer's.
    AtLeast(Peer, f64, f64),
    /// More is better: at least so many times the best peer's.
    AtLeastBest(f64, f64),
    /// Less is better, without a peer.
    Below(f64, f64),
    /// At most Deno's; later at most this part of Bun's.
    StartUp { then_of_bun: f64 },
}

/// Prints everything as a Markdown table.
pub(crate) fn print(results: &[(&Row, Values)]) {
    println!("| row | what | unit | corona | peers | ratio | to reach | verdict | later |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for (row, values) in results {
        let peers: Vec<String> =
            values.iter().skip(1).map(|(peer, value)| format!("{} {}", peer.name(), number(*value))).collect();
        let corona = number(values[0].1);
        let (ratio, reach, verdict, later) = judge(row.target, values);
        println!(
            "| {} | {} | {} | {corona} | {} | {ratio} | {reach} | {verdict} | {later} |",
            row.name,
            row.what,
            row.unit,
            peers.join(", ")
        );
    }
}

/// One row in one line, for the log of a running session.
pub(crate) fn line(row: &Row, values: &[(Peer, Option<f64>)]) -> String {
    let values: Vec<String> =
        values.iter().map(|(peer, value)| format!("{} {}", peer.name(), number(*value))).collect();
    format!("{} ({})", values.join(", "), row.unit)
}

fn judge(target: Target, values: &[(Peer, Option<f64>)]) -> (String, String, &'static str, String) {
    let of = |peer: Peer| values.iter().find(|(found, _)| *found == peer).and_then(|(_, value)| *value);
    let best = values.iter().skip(1).filter_map(|(_, value)| *value).reduce(f64::max);
    let verdict = |reached: Option<bool>| match reached {
        Some(true) => "reached",
        Some(false) => "short",
        None => "not measured",
    };
    let Some(corona) = values[0].1 else { return ("–".into(), "–".into(), "not measured", "–".into()) };
    let ratio = |base: Option<f64>| base.map(|base| corona / base);
    let text = |ratio: Option<f64>| ratio.map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
    match target {
        Target::AtMost(peer, reach, then) => {
            let ratio = ratio(of(peer));
            let reached = ratio.map(|ratio| ratio <= reach);
            (text(ratio), format!("<= {reach} of {}", peer.name()), verdict(reached), format!("<= {then}"))
        }
        Target::AtLeast(peer, reach, then) => {
            let ratio = ratio(of(peer));
            let reached = ratio.map(|ratio| ratio >= reach);
            (text(ratio), format!(">= {reach} of {}", peer.name()), verdict(reached), format!(">= {then}"))
        }
        Target::AtLeastBest(reach, then) => {
            let ratio = ratio(best);
            let reached = ratio.map(|ratio| ratio >= reach);
            (text(ratio), format!(">= {reach} of the best"), verdict(reached), format!(">= {then}"))
        }
        Target::Below(reach, then) => {
            let limit = if reach == f64::MAX { "that it works".to_owned() } else { format!("<= {reach:.0}") };
            ("–".to_owned(), limit, verdict(Some(corona <= reach)), format!("<= {then:.0}"))
        }
        Target::StartUp { then_of_bun } => {
            let deno = ratio(of(Peer::Deno));
            let both = format!("{} of deno, {} of bun", text(deno), text(ratio(of(Peer::Bun))));
            let reached = deno.map(|ratio| ratio <= 1.0);
            (both, "<= 1 of deno".to_owned(), verdict(reached), format!("<= {then_of_bun} of bun"))
        }
    }
}

fn number(value: Option<f64>) -> String {
    match value {
        None => "–".to_owned(),
        Some(value) if value >= 1000.0 => format!("{value:.0}"),
        Some(value) if value >= 10.0 => format!("{value:.1}"),
        Some(value) => format!("{value:.2}"),
    }
}
