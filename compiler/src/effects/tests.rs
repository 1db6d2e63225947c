//! Effects on one-string fixtures. Under a line stands what is found in it: `//  ^^^ proven: text`, where the text stands
//! somewhere in the path; no annotation means safe. Verdicts of the kind unknown are only compared where one is written.

mod basics;
mod certainty;
mod constructs;
mod edits;
mod limits;
mod promises;
mod waiting;

use super::{Basis, Effects, ModuleIx, Site, Target, Unit, Verdict};
use crate::MemoryFiles;
use crate::facts::ModuleFacts;
use crate::resolve::{Resolver, Settings, standard};
use crate::source::{self, Format};
use crate::syntax;
use corona_std::bundle::How;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files of a fixture, split at `//- /path`; without such a line it is one file.
fn split(fixture: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in fixture.lines() {
        if let Some(path) = line.trim_start().strip_prefix("//- ") {
            files.push((path.trim().to_owned(), String::new()));
            continue;
        }
        if files.is_empty() && line.trim().is_empty() {
            continue;
        }
        if files.is_empty() {
            files.push(("/main.js".to_owned(), String::new()));
        }
        let (_, text) = files.last_mut().expect("one was pushed");
        text.push_str(line);
        text.push('\n');
    }
    files
}

/// The program that the files are.
pub(super) fn program(files: &[(String, String)]) -> Vec<Unit> {
    let mut memory = MemoryFiles::default();
    files.iter().for_each(|(path, text)| memory.add(path, text.as_str()));
    let memory = Arc::new(memory);
    let resolver = Resolver::new(Arc::clone(&memory) as _);
    let number = |path: &Path| files.iter().position(|(known, _)| Path::new(known) == path);
    let unit = |(path, _): &(String, String)| {
        let path = PathBuf::from(path);
        let source = source::read(&*memory, &path, None).unwrap_or_else(|error| panic!("{error:?}"));
        let Format::Script(language) = source.format else {
            return Unit { facts: Arc::new(ModuleFacts::default()), targets: Vec::new() };
        };
        let syntax::Survey { facts, requests, diagnostics, .. } = syntax::survey(&source, language, &Settings::default);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let targets = requests.iter().map(|request| {
            let how = if request.form == syntax::Form::Require { How::Require } else { How::Import };
            if let Some(name) = standard(&request.specifier) {
                return Target::Std(name);
            }
            let found = resolver.resolve(&path, &request.specifier, how).ok();
            let found = found.and_then(|found| number(&found.path));
            found.map_or(Target::Unknown, |index| Target::Module(ModuleIx(index as u32)))
        });
        let targets = targets.collect();
        Unit { facts: Arc::new(facts), targets }
    };
    files.iter().map(unit).collect()
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Proven => "proven",
        Verdict::Possible => "possible",
        Verdict::Unknown => "unknown",
    }
}

struct Expected {
    file: String,
    line: usize,
    column: usize,
    verdict: String,
    text: String,
}

/// Annotations, and the files without them.
fn annotations(files: &[(String, String)]) -> (Vec<Expected>, Vec<(String, String)>) {
    let mut expected = Vec::new();
    let mut bare = Vec::new();
    for (path, text) in files {
        let mut kept = String::new();
        for line in text.lines() {
            let note = line.trim_start().strip_prefix("//").map(str::trim_start).filter(|it| it.starts_with('^'));
            let Some(note) = note else {
                kept.push_str(line);
                kept.push('\n');
                continue;
            };
            let column = line.chars().count() - note.chars().count() + 1;
            let note = note.trim_start_matches('^').trim();
            let (verdict, text) = note.split_once(':').unwrap_or((note, ""));
            expected.push(Expected {
                file: path.clone(),
                line: kept.lines().count(),
                column,
                verdict: verdict.trim().to_owned(),
                text: text.trim().to_owned(),
            });
        }
        bare.push((path.clone(), kept));
    }
    (expected, bare)
}

fn place(text: &str, offset: u32) -> (usize, usize) {
    let before = &text[..(offset as usize).min(text.len())];
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before.chars().rev().take_while(|it| *it != '\n').count() + 1)
}

fn told(site: &Site, files: &[(String, String)]) -> String {
    let (file, text) = &files[site.module.index()];
    let (line, column) = place(text, site.span.start);
    let path: Vec<&str> = site.path.iter().map(|hop| hop.text.as_str()).collect();
    format!("{file}:{line}:{column} {}: {}", word(site.verdict), path.join(" → "))
}

/// Those of all modules.
fn sites(effects: &mut Effects) -> Vec<Site> {
    let modules: Vec<ModuleIx> = (0..effects.units.len() as u32).map(ModuleIx).collect();
    effects.sites(2, &modules).into_iter().flat_map(|(sites, _)| sites).collect()
}

/// Compares what is found in a fixture with what it says.
#[track_caller]
fn check(fixture: &str) {
    let (expected, files) = annotations(&split(fixture));
    let mut effects = Effects::new(program(&files));
    let wants_unknown = expected.iter().any(|it| it.verdict == "unknown");
    let sites = sites(&mut effects).into_iter().filter(|site| site.verdict != Verdict::Unknown || wants_unknown);
    let found: Vec<String> = sites.map(|site| told(&site, &files)).collect();
    let wanted = |line: &String, it: &Expected| {
        line.starts_with(&format!("{}:{}:{} {}", it.file, it.line, it.column, it.verdict)) && line.contains(&it.text)
    };
    let missing: Vec<String> = expected
        .iter()
        .filter(|it| !found.iter().any(|line| wanted(line, it)))
        .map(|it| format!("{}:{}:{} {}: {}", it.file, it.line, it.column, it.verdict, it.text))
        .collect();
    let extra: Vec<&String> = found.iter().filter(|line| !expected.iter().any(|it| wanted(line, it))).collect();
    assert!(missing.is_empty() && extra.is_empty(), "missing {missing:#?}\nnot expected {extra:#?}\n{fixture}");
}
