//! The shape of source files: opening lines, sizes, markers of unfinished work.

use crate::{rust, tree};

const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;

/// Files and functions that are longer, with the length they must not exceed. This list only shrinks: an entry that is
/// no longer needed, or could be lower, fails the test.
const LONGER: &[(&str, usize)] = &[];

/// Markers, in pieces so that this file does not contain them.
const FORBIDDEN: &[(&str, &str)] = &[("#[ign", "ore"), ("#[should", "_panic"), ("to", "do!("), ("unimpl", "emented!(")];

#[test]
fn every_file_says_what_lives_there() {
    let broken = |extension: &str, start: &[&str]| {
        let files = tree::files(extension).into_iter();
        files
            .filter(|file| !start.iter().any(|start| file.text.starts_with(start)))
            .map(|file| file.path)
            .collect::<Vec<_>>()
    };
    tree::expect_none("these do not open with a `//!` line", &broken("rs", &["//! "]));
    let scripts: Vec<String> =
        broken("js", &["// ", "/**", "#!"]).into_iter().filter(|path| path.starts_with("std/js/")).collect();
    tree::expect_none("these do not open with a comment that says what lives there", &scripts);
}

#[test]
fn files_and_functions_are_short() {
    let mut long = Vec::new();
    for file in tree::files("rs").into_iter().chain(tree::files("js")).chain(tree::files("ts")) {
        let lines = file.text.lines().count();
        if lines > FILE_LINES_MAX {
            long.push((file.path.clone(), lines));
        }
        if file.path.ends_with(".rs") {
            let functions = rust::functions(&rust::code(&file.text)).into_iter();
            let functions = functions.filter(|(.., lines)| *lines > FUNCTION_LINES_MAX);
            long.extend(functions.map(|(name, _, lines)| (format!("{}:{name}", file.path), lines)));
        }
    }
    let limit = |path: &str| LONGER.iter().find(|(known, _)| *known == path).map(|(_, lines)| *lines);
    let broken: Vec<String> = long
        .iter()
        .filter(|(path, lines)| limit(path).is_none_or(|limit| *lines > limit))
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    tree::expect_none("longer than 500 lines a file or 70 a function", &broken);
    let stale: Vec<String> = LONGER
        .iter()
        .filter(|(path, limit)| !long.iter().any(|(found, lines)| found == path && lines == limit))
        .map(|(path, limit)| format!("{path}: {limit}"))
        .collect();
    tree::expect_none("exceptions that can be lowered or removed", &stale);
}

#[test]
fn nothing_is_marked_as_unfinished() {
    let mut broken = Vec::new();
    for file in tree::files("rs") {
        let code = rust::code(&file.text);
        for (number, line) in code.lines().enumerate() {
            let found = FORBIDDEN.iter().map(|(a, b)| format!("{a}{b}")).find(|marker| line.contains(marker));
            broken.extend(found.map(|marker| format!("{}:{}: {marker}", file.path, number + 1)));
        }
    }
    tree::expect_none("assert today's wrong answer with a FIXME instead", &broken);
}
