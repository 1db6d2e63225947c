//! The spec runner: every folder of `tests/specs/<area>/<case>/` is a program, run by the real binary, with its expected
//! output beside it. `tests/specs/README.md` says how a case is written. Discovery, scheduling and the report are here;
//! reading a case, running it and comparing are below.

mod case;
mod diff;
mod execute;
mod pattern;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::pool;
use case::{Case, Run};

/// What the command line of `cargo test … -- ARGS` asked for. Options of libtest that mean nothing here are accepted,
/// because `cargo test --workspace -- ARGS` gives all test programs the same ones.
#[derive(Default)]
struct Selection {
    filters: Vec<String>,
    skip: Vec<String>,
    exact: bool,
    list: bool,
    threads: Option<usize>,
}

/// Runs the cases that the arguments select and exits: 0 when all pass, 101 otherwise, as libtest does.
pub fn main(binary: &Path) -> ! {
    let selection = parse(std::env::args().skip(1));
    let bless = std::env::var_os("BLESS").is_some_and(|value| value != "0" && !value.is_empty());
    let folder = crate::root().join("tests/specs");
    let failed = run(binary, &folder, &selection, bless);
    std::process::exit(if failed == 0 { 0 } else { 101 });
}

fn parse(args: impl Iterator<Item = String>) -> Selection {
    let mut selection = Selection::default();
    let mut args = args.peekable();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--exact" => selection.exact = true,
            "--list" => selection.list = true,
            "--skip" => selection.skip.extend(args.next()),
            "--test-threads" => selection.threads = args.next().and_then(|text| text.parse().ok()),
            "--format" | "--color" | "--logfile" | "-Z" => drop(args.next()),
            _ if arg.starts_with("--test-threads=") => {
                selection.threads = arg.split_once('=').and_then(|(_, text)| text.parse().ok());
            }
            _ if arg.starts_with('-') => {}
            _ => selection.filters.push(arg),
        }
    }
    selection
}

impl Selection {
    fn takes(&self, name: &str) -> bool {
        let fits = |filter: &String| if self.exact { name == filter } else { name.contains(filter.as_str()) };
        (self.filters.is_empty() || self.filters.iter().any(fits)) && !self.skip.iter().any(fits)
    }
}

/// Runs what is selected and prints the report; the number of failures.
fn run(binary: &Path, folder: &Path, selection: &Selection, bless: bool) -> usize {
    let (runs, broken) = collect(folder);
    let total = runs.len();
    if total == 0 {
        eprintln!("there are no cases in {}", folder.display());
        return 1;
    }
    let runs: Vec<Run> = runs.into_iter().filter(|run| selection.takes(&run.name)).collect();
    if selection.list {
        runs.iter().for_each(|run| println!("{}: test", run.name));
        return 0;
    }
    let start = Instant::now();
    println!("\nrunning {} tests", runs.len());
    let mut failures = broken;
    failures.extend(run_all(binary, &runs, selection.threads, bless));
    failures.sort();
    if !failures.is_empty() {
        println!("\nfailures:\n");
        failures.iter().for_each(|(name, report)| println!("---- {name} ----\n{report}\n"));
        println!("failures:");
        failures.iter().for_each(|(name, _)| println!("    {name}"));
        println!("\nIf the new output is right: BLESS=1 cargo test --package corona --test specs");
    }
    println!(
        "\ntest result: {}. {} passed; {} failed; 0 ignored; 0 measured; {} filtered out; finished in {:.2}s\n",
        if failures.is_empty() { "ok" } else { "FAILED" },
        runs.len().saturating_sub(failures.len()),
        failures.len(),
        total - runs.len(),
        start.elapsed().as_secs_f64(),
    );
    failures.len()
}

/// Runs in parallel, a few at a time; gives back the failures with their reports.
fn run_all(binary: &Path, runs: &[Run], threads: Option<usize>, bless: bool) -> Vec<(String, String)> {
    let threads = threads.unwrap_or_else(|| pool::threads().min(4));
    let outcomes = pool::map(runs, threads, |run| {
        let outcome = execute::check(binary, run, bless);
        println!("test {} ... {}", run.name, if outcome.is_ok() { "ok" } else { "FAILED" });
        outcome
    });
    runs.iter().zip(outcomes).filter_map(|(run, outcome)| Some((run.name.clone(), outcome.err()?))).collect()
}

/// Every run of every case, in order of names; and the cases that cannot be read.
fn collect(folder: &Path) -> (Vec<Run>, Vec<(String, String)>) {
    let mut runs = Vec::new();
    let mut broken = Vec::new();
    for path in case_folders(folder) {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        match Case::read(&path) {
            Ok(case) => runs.extend(case.runs(&name)),
            Err(report) => broken.push((name, report)),
        }
    }
    (runs, broken)
}

/// The folders that are cases: those with a `main.*` or a `case.json`. What lies inside a case is its own affair.
fn case_folders(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    let folders: BTreeSet<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
    for path in folders {
        if case::main_file(&path).is_some() || path.join("case.json").exists() {
            found.push(path);
        } else {
            found.extend(case_folders(&path));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TempDir;
    use std::fs::write;

    /// A stand-in for the binary: runs the case's main file with the shell.
    fn fake(dir: &Path) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let path = dir.join("fake");
        write(&path, "#!/bin/sh\nfor last; do :; done\nexec sh \"$last\"\n").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    #[test]
    fn output_exit_code_and_timeout_are_compared_and_blessed() {
        let dir = TempDir::new("runner");
        let binary = fake(dir.path());
        let specs = dir.path().join("specs");
        let case = |name: &str, main: &str, config: &str| {
            let path = specs.join("area").join(name);
            std::fs::create_dir_all(&path).unwrap();
            write(path.join("main.js"), main).unwrap();
            write(path.join("case.json"), config).unwrap();
            path
        };
        let good = case("good", "pwd; exit 3\n", "{}");
        case("slow", "sleep 60 & sleep 60\n", r#"{"timeoutSeconds": 1}"#);
        let all = Selection::default();
        assert_eq!(run(&binary, &specs, &all, false), 2);
        let only_good = parse(["good".to_owned()].into_iter());
        assert_eq!(run(&binary, &specs, &only_good, true), 0);
        assert_eq!(std::fs::read_to_string(good.join("stdout")).unwrap(), "[CASE]\n");
        assert_eq!(std::fs::read_to_string(good.join("exit")).unwrap(), "3\n");
        assert!(!good.join("stderr").exists());
        assert_eq!(run(&binary, &specs, &only_good, false), 0);
        write(good.join("stdout"), "something else\n").unwrap();
        assert_eq!(run(&binary, &specs, &only_good, false), 1);
    }
}
