//! The labelled programs beside this file, against what happens when they run and against what `corona check` says.
//! `README.md` tells what a label means; reading programs, running them and counting verdicts are below.

mod analysis;
mod execution;
mod program;
mod totals;

use corona_tests::TempDir;
use program::Program;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

const CORONA: &str = env!("CARGO_BIN_EXE_corona");

#[test]
fn labels_say_what_happens_when_a_program_runs() {
    let temp = TempDir::new("effects-run");
    let programs = program::all(temp.path());
    assert!(programs.len() >= 300, "there are only {} programs", programs.len());
    let wrong: Vec<String> = each(&programs, |program| execution::compare(CORONA, program)).concat();
    assert!(wrong.is_empty(), "{} labels are not what happens:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn verdicts_are_those_of_the_committed_totals() {
    let temp = TempDir::new("effects-check");
    let programs = program::all(temp.path());
    let judged = each(&programs, |program| analysis::judge(CORONA, program));
    totals::compare(&programs, &judged.concat());
}

/// What `work` gives for each program, in their order; a few at a time.
fn each<T: Send>(programs: &[Program], work: impl Fn(&Program) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(program) = programs.get(index) else { break };
                    let result = work(program);
                    done.lock().expect("nobody panics while holding it").push((index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("nobody panics while holding it");
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}
