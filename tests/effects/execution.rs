//! A run of a program under `--atomic=report`, and its report beside the labels.

use crate::program::{Kind, Line, Program};
use serde_json::Value;
use std::collections::BTreeSet;

/// What the report says, and the labels do not; or the other way round.
pub(crate) fn compare(corona: &str, program: &Program) -> Vec<String> {
    let args = ["run", "--atomic=report", "--atomic-report=report.json", &program.entry];
    let ended = corona_tests::program::Program::start(corona, &program.folder, &args).finish();
    if ended.code != Some(0) {
        return vec![format!("{}: it fails: {}", program.name, ended.stderr)];
    }
    let text = std::fs::read_to_string(program.folder.join("report.json")).expect("the run has left its report");
    let report: Value = serde_json::from_str(&text).expect("the report is JSON");
    let mut wrong = Vec::new();
    let mut reached = BTreeSet::new();
    for site in report["sites"].as_array().expect("the report has a list of sites") {
        let effect = &site["effect"];
        let lines = lines(program, site);
        // Frames go from the innermost to the outermost, and the section is nearest to the latter.
        match lines.iter().rev().find(|line| program.labels.contains_key(*line)) {
            None => wrong.push(format!("{}: {effect} was reached from no labelled line: {lines:?}", program.name)),
            Some(line) => drop(reached.insert(line.clone())),
        }
    }
    for (line, label) in &program.labels {
        let should = match label.kind {
            Kind::Blocks => true,
            Kind::BlocksUnreached | Kind::Safe => false,
            Kind::Undecidable => continue,
        };
        if reached.contains(line) != should {
            let happened = if should { "was not reached" } else { "was reached" };
            let (file, number) = line;
            wrong.push(format!("{}: {file}:{number} ({}) {happened}", program.name, label.kind.name()));
        }
    }
    wrong
}

fn lines(program: &Program, site: &Value) -> Vec<Line> {
    let frames = site["stack"].as_array().expect("a site has a stack").iter();
    let places = frames.filter_map(|frame| Some((frame["file"].as_str()?, frame["line"].as_u64()?)));
    let below = |file: &str| {
        let path = std::path::Path::new(file).strip_prefix(&program.folder).ok()?;
        Some(path.display().to_string())
    };
    places.filter_map(|(file, line)| Some((below(file)?, line))).collect()
}
