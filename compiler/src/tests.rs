//! Tests of the whole compiler on one-string fixtures: many files in one text, complaints written under the line that
//! they are about.

mod bundle;
mod check;
mod commonjs;
mod config;
mod early;
mod errors;
mod ide;
mod lints;
mod lowering;
pub(crate) mod random;
mod resolution;
mod unreadable;

use crate::{Compiler, Diagnostic, MemoryFiles};
use corona_std::bundle::{Graph, How, Module};
use std::sync::Arc;

/// Splits a fixture at its `//- /path` lines. The first file is the entry.
fn files(fixture: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in fixture.lines() {
        match (line.trim_start().strip_prefix("//- "), files.last_mut()) {
            (Some(path), _) => files.push((path.trim().to_owned(), String::new())),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => assert!(line.trim().is_empty(), "a fixture starts with a line `//- /path`"),
        }
    }
    files
}

fn compiler(files: &[(String, String)]) -> Compiler {
    let mut memory = MemoryFiles::default();
    for (path, text) in files {
        memory.add(path, text.as_str());
    }
    Compiler::with_files(Arc::new(memory))
}

fn graph(fixture: &str) -> Result<Graph, Vec<Diagnostic>> {
    let files = files(fixture);
    compiler(&files).graph(&files[0].0, "file:///", How::Import)
}

/// The entry of a fixture that loads.
fn entry(fixture: &str) -> Module {
    let graph = graph(fixture).unwrap_or_else(|complaints| panic!("{complaints:#?}"));
    graph.modules.into_iter().find(|module| module.id == graph.root).expect("the root is in the graph")
}

/// What the entry, a file of that name, is lowered to.
fn lower(name: &str, text: &str) -> String {
    entry(&format!("//- /{name}\n{text}")).code.to_string()
}

/// Ids of all modules of a fixture that loads, without `file://`.
fn ids(fixture: &str) -> Vec<String> {
    let graph = graph(fixture).unwrap_or_else(|complaints| panic!("{complaints:#?}"));
    graph.modules.iter().map(|module| module.id.trim_start_matches("file://").to_owned()).collect()
}

/// Compares the complaints about a fixture with the annotations in it: `//  ^^^ message` under the line at fault.
#[track_caller]
fn check_errors(fixture: &str) {
    let mut expected = Vec::new();
    for (path, text) in files(fixture) {
        let mut number = 0;
        for line in text.lines() {
            match line.trim_start().strip_prefix("//").map(str::trim_start).filter(|it| it.starts_with('^')) {
                Some(note) => {
                    let column = line.chars().count() - note.chars().count() + 1;
                    expected.push(format!("{path}:{number}:{column} {}", note.trim_start_matches('^').trim()));
                }
                None => number += 1,
            }
        }
    }
    let without_notes: Vec<String> = fixture
        .lines()
        .filter(|line| !line.trim_start().strip_prefix("//").is_some_and(|it| it.trim_start().starts_with('^')))
        .map(str::to_owned)
        .collect();
    let found = graph(&without_notes.join("\n")).err().unwrap_or_default();
    let found: Vec<String> = found
        .iter()
        .map(|it| {
            let place = it.place.as_ref().expect("the complaint has a place");
            let position = place.position();
            format!("{}:{}:{} {}", place.file, position.line, position.column, it.message)
        })
        .collect();
    assert_eq!(found, expected);
}
