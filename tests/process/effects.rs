//! The effect table against the running program: exactly what it says may block throws inside atomic, and nothing that
//! programs can import is missing from it.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::Program;

/// Calls every row; the table is put in front of it.
const CHECKER: &str = include_str!("effects/check.js");

#[test]
fn exactly_what_the_table_says_may_block_throws_inside_atomic() {
    let table = std::fs::read_to_string(corona_tests::root().join("std/effects.txt")).expect("there is a table");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().split_whitespace().collect::<Vec<_>>())
        .filter(|words| words.len() >= 3)
        .collect();
    assert!(rows.len() > 50, "the table has {} rows only", rows.len());
    let temp = TempDir::new("effects");
    let rows = serde_json::to_string(&rows).expect("strings become JSON");
    let source = CHECKER.replace("const ROWS = [];", &format!("const ROWS = {rows};"));
    std::fs::write(temp.path().join("main.mjs"), source).expect("the temporary folder can be written");
    let ended = Program::start(CORONA, temp.path(), &["run", "main.mjs"]).finish();
    let complaints: Vec<&str> = ended.stdout.lines().filter_map(|line| line.trim().strip_prefix("effects: ")).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(ended.stdout.contains("checked "), "it did not get to its end: {} {}", ended.stdout, ended.stderr);
}
