//! The labelled programs beside this file, against what happens when they run and against what `corona check` says.
//! `README.md` tells what a label means; reading programs, running them and counting verdicts are below.

mod analysis;
mod execution;
mod program;
mod totals;

use corona_tests::{TempDir, pool};

const CORONA: &str = env!("CARGO_BIN_EXE_corona");

#[test]
fn labels_say_what_happens_when_a_program_runs() {
    let temp = TempDir::new("effects-run");
    let programs = program::all(temp.path());
    assert!(programs.len() >= 300, "there are only {} programs", programs.len());
    let wrong: Vec<String> =
        pool::map(&programs, pool::threads(), |program| execution::compare(CORONA, program)).concat();
    assert!(wrong.is_empty(), "{} labels are not what happens:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn verdicts_are_those_of_the_committed_totals() {
    let temp = TempDir::new("effects-check");
    let programs = program::all(temp.path());
    let judged = pool::map(&programs, pool::threads(), |program| analysis::judge(CORONA, program));
    totals::compare(&programs, &judged.concat());
}
