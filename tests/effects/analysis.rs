//! What `corona check --strict` says of each labelled line of a program.

use crate::program::{Kind, Line, Program};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// The lint whose findings are verdicts.
const LINT: &str = "blocking-in-atomic";

/// A small program is judged at once, even on a machine that does other things.
const LIMIT: Duration = Duration::from_secs(20);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    Proven,
    Possible,
    Unknown,
    /// Nothing was said: the site is taken for safe.
    Silent,
}

impl Verdict {
    pub(crate) const ALL: [Verdict; 4] = [Verdict::Proven, Verdict::Possible, Verdict::Unknown, Verdict::Silent];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Verdict::Proven => "proven",
            Verdict::Possible => "possible",
            Verdict::Unknown => "unknown",
            Verdict::Silent => "silent",
        }
    }
}

/// A line with its label and its verdict.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    /// `construct/name.ts main.ts:3`.
    pub(crate) place: String,
    /// `Safe` for a line without a label: a program's author has labelled whatever is not.
    pub(crate) kind: Kind,
    pub(crate) reason: String,
    pub(crate) verdict: Verdict,
    /// The finding's headline.
    pub(crate) message: String,
}

/// Every labelled line of the program, and every line that something was found in.
pub(crate) fn judge(corona: &str, program: &Program) -> Vec<Judged> {
    let args = ["check", "--strict", "--quiet", "--format=json", "."];
    let started = corona_tests::program::Program::start(corona, &program.folder, &args);
    let Some(ended) = started.finish_within(LIMIT) else {
        panic!("{}: check does not end", program.name);
    };
    assert!(ended.code <= Some(1), "{}: check could not run: {}", program.name, ended.stderr);
    let report: Value = serde_json::from_str(&ended.stdout).expect("check writes JSON");
    let mut found = findings(&report);
    let mut judged = Vec::new();
    for (line, label) in &program.labels {
        let (verdict, message) = found.remove(line).unwrap_or((Verdict::Silent, String::new()));
        let (kind, reason) = (label.kind, label.reason.clone());
        judged.push(Judged { place: place(program, line), kind, reason, verdict, message });
    }
    for (line, (verdict, message)) in found {
        let reason = "no label".to_owned();
        judged.push(Judged { place: place(program, &line), kind: Kind::Safe, reason, verdict, message });
    }
    judged
}

fn place(program: &Program, (file, line): &Line) -> String {
    format!("{} {file}:{line}", program.name)
}

/// By line, the strongest.
fn findings(report: &Value) -> BTreeMap<Line, (Verdict, String)> {
    let mut found: BTreeMap<Line, (Verdict, String)> = BTreeMap::new();
    for finding in report["findings"].as_array().expect("a list of findings") {
        if finding["lint"] != LINT {
            continue;
        }
        let verdict = match finding["severity"].as_str() {
            Some("error") => Verdict::Proven,
            Some("warning") => Verdict::Possible,
            _ => Verdict::Unknown,
        };
        let place = &finding["place"];
        let file = place["file"].as_str().expect("a finding has a file").to_owned();
        let line = (file, place["line"].as_u64().expect("a place has a line"));
        let message = finding["message"].as_str().unwrap_or_default().to_owned();
        let entry = found.entry(line).or_insert((verdict, message.clone()));
        if verdict < entry.0 {
            *entry = (verdict, message);
        }
    }
    found
}
