//! Every use of `unsafe` says which numbered invariant makes it sound, and the invariant exists.

use crate::{rust, tree};
use std::collections::BTreeSet;

const INVARIANTS: &str = "runtime/INVARIANTS.md";
/// How far above its `unsafe` a comment may start.
const COMMENT_LINES_MAX: usize = 8;

#[test]
fn every_unsafe_cites_an_invariant() {
    let known = numbers_of_invariants();
    let mut broken = Vec::new();
    for file in tree::files("rs") {
        let code = rust::code(&file.text);
        let lines: Vec<&str> = file.text.lines().collect();
        for (index, line) in code.lines().enumerate().filter(|(_, line)| needs_comment(line)) {
            let place = format!("{}:{}: {}", file.path, index + 1, line.trim());
            match cited(&lines, index) {
                None => broken.push(format!("{place}: no `SAFETY: invariant N`")),
                Some(numbers) => broken.extend(
                    numbers.difference(&known).map(|number| format!("{place}: {INVARIANTS} has no invariant {number}")),
                ),
            }
        }
    }
    tree::expect_none("unsafe code without a sound reason", &broken);
}

/// Blocks, implementations and attributes; not the declarations of unsafe functions and of function types.
fn needs_comment(line: &str) -> bool {
    let mut pairs = rust::words(line).filter(|(word, _)| *word == "unsafe");
    pairs.any(|(_, rest)| {
        let rest = rest.trim_start();
        rest.starts_with('{') || rest.starts_with("impl") || rest.starts_with('(')
    })
}

/// The invariants that the comment at or above a line names; several lines of `unsafe` may share one comment when
/// nothing but the same statement stands between.
fn cited(lines: &[&str], index: usize) -> Option<BTreeSet<u32>> {
    let first = index.saturating_sub(COMMENT_LINES_MAX);
    let start = (first..=index).rev().find(|&line| lines[line].contains("SAFETY:"))?;
    let comment = lines[start..=index].join(" ");
    let numbers: BTreeSet<u32> = comment
        .split("nvariant")
        .skip(1)
        .flat_map(|rest| {
            let list =
                rest.trim_start_matches('s').split(|c: char| !(c.is_ascii_digit() || " ,and".contains(c))).next();
            list.unwrap_or_default()
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|text| text.parse().ok())
                .collect::<Vec<u32>>()
        })
        .collect();
    (!numbers.is_empty()).then_some(numbers)
}

/// The numbers that stand at the start of a line of the document: `## 7.`, `7. …`, `**7.`, `| 7 |`.
fn numbers_of_invariants() -> BTreeSet<u32> {
    let mut known = BTreeSet::new();
    let text = tree::read(INVARIANTS);
    let number = |line: &str| {
        let line = line.trim_start_matches(['#', '*', '|', ' ']).trim_start_matches("Invariant ");
        let digits: String = line.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    for number in text.lines().filter_map(number) {
        assert!(known.insert(number), "{INVARIANTS} has two invariants {number}");
    }
    known
}
