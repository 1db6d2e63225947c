//! What the suites of other people share (`cargo x packages`, `cargo x test262`): the binary under test, the committed
//! totals with every failure under its reason, and the comparison with them.
//!
//! `known.txt` is written by hand, one reason a line: `<mode> <pattern> <reason>`. A mode or pattern may contain `*`; a
//! pattern `feature:<name>` fits the tests that carry that mark. `totals.txt` is written by `--bless` and never by hand.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the command line of a suite says.
pub(crate) struct Options {
    /// Parts of names; none means all.
    pub(crate) filters: Vec<String>,
    pub(crate) bless: bool,
    /// The program under test.
    pub(crate) binary: PathBuf,
}

/// How one test went in one mode.
pub(crate) struct Outcome {
    pub(crate) mode: &'static str,
    pub(crate) name: String,
    pub(crate) features: Vec<String>,
    pub(crate) result: Result<(), String>,
}

/// Reads the options that all suites have and builds the binary: `--release`, `--no-build`, `--bless`.
pub(crate) fn options(args: &[String]) -> Result<Options, String> {
    let (flags, filters): (Vec<&String>, Vec<&String>) = args.iter().partition(|arg| arg.starts_with("--"));
    let has = |flag: &str| flags.iter().any(|found| *found == flag);
    if let Some(unknown) = flags.iter().find(|flag| !["--release", "--no-build", "--bless"].contains(&flag.as_str())) {
        return Err(format!("no option `{unknown}`; there are --bless, --release and --no-build"));
    }
    let profile = if has("--release") { "release" } else { "debug" };
    let built = if has("--no-build") { true } else { build(has("--release")) };
    if !built {
        return Err("the build failed".to_owned());
    }
    let binary = target().join(profile).join("corona");
    Ok(Options { filters: filters.into_iter().cloned().collect(), bless: has("--bless"), binary })
}

fn build(release: bool) -> bool {
    let mut args = vec!["build", "--package", "corona"];
    args.extend(release.then_some("--release"));
    crate::cargo(&args, &[])
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| corona_tests::root().join("target"), PathBuf::from)
}

impl Options {
    /// Whether the command line asks for this test.
    pub(crate) fn takes(&self, name: &str) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|filter| name.contains(filter.as_str()))
    }
}

/// Prints totals and unexplained failures, and compares with (or rewrites) what is committed in `folder`. A run of a
/// part only prints. Whether all is as committed.
pub(crate) fn conclude(folder: &Path, options: &Options, outcomes: &[Outcome]) -> Result<bool, String> {
    let known_path = folder.join("known.txt");
    let known = std::fs::read_to_string(&known_path).map_err(|error| format!("{}: {error}", known_path.display()))?;
    let mut known = parse(&known)?;
    let text = report(outcomes, &mut known);
    print!("{}", text.split("\n\n").next().unwrap_or_default());
    println!();
    let mut good = true;
    for outcome in outcomes {
        let Err(error) = &outcome.result else { continue };
        if reason(outcome, &mut known).is_none() {
            println!("\n{} {}: {}", outcome.mode, outcome.name, error.trim_end());
            good = false;
        }
    }
    if !options.filters.is_empty() {
        return Ok(good);
    }
    for rule in known.iter().filter(|rule| !rule.used) {
        println!("{}: nothing fails for `{} {}` any more", known_path.display(), rule.mode, rule.pattern);
        good = false;
    }
    let path = folder.join("totals.txt");
    if options.bless {
        std::fs::write(&path, &text).map_err(|error| format!("{}: {error}", path.display()))?;
    } else if std::fs::read_to_string(&path).unwrap_or_default() != text {
        println!("{} is no longer right; see the difference with --bless and git diff", path.display());
        good = false;
    }
    Ok(good)
}

struct Rule {
    mode: String,
    pattern: String,
    reason: String,
    used: bool,
}

fn parse(text: &str) -> Result<Vec<Rule>, String> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let rules = lines.map(|line| {
        let mut words = line.splitn(3, ' ').map(str::trim);
        match (words.next(), words.next(), words.next()) {
            (Some(mode), Some(pattern), Some(reason)) if !reason.is_empty() => {
                Ok(Rule { mode: mode.to_owned(), pattern: pattern.to_owned(), reason: reason.to_owned(), used: false })
            }
            _ => Err(format!("known.txt: not `<mode> <pattern> <reason>`: {line}")),
        }
    });
    rules.collect()
}

/// The reason of the first rule that fits.
fn reason<'a>(outcome: &Outcome, known: &'a mut [Rule]) -> Option<&'a str> {
    let fits = |rule: &Rule| {
        glob(&rule.mode, outcome.mode)
            && match rule.pattern.strip_prefix("feature:") {
                Some(feature) => outcome.features.iter().any(|found| found == feature),
                None => glob(&rule.pattern, &outcome.name),
            }
    };
    let rule = known.iter_mut().find(|rule| fits(rule))?;
    rule.used = true;
    Some(&rule.reason)
}

/// Totals first, then each reason with the tests that fail for it.
fn report(outcomes: &[Outcome], known: &mut [Rule]) -> String {
    let mut totals: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut failures: BTreeMap<(&str, String), Vec<&str>> = BTreeMap::new();
    for outcome in outcomes {
        let (passed, all) = totals.entry(outcome.mode).or_default();
        *all += 1;
        match &outcome.result {
            Ok(()) => *passed += 1,
            Err(_) => {
                let reason = reason(outcome, known).unwrap_or("unexplained").to_owned();
                failures.entry((outcome.mode, reason)).or_default().push(&outcome.name);
            }
        }
    }
    let mut text = String::new();
    for (mode, (passed, all)) in totals {
        let _ = writeln!(text, "{mode}: {passed} of {all} passed");
    }
    for ((mode, reason), mut names) in failures {
        names.sort_unstable();
        let _ = writeln!(text, "\n# {mode}: {reason} ({})\n{}", names.len(), names.join("\n"));
    }
    text
}

/// `*` stands for anything.
fn glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.any(|at| glob(rest, &text[at..]))
        }),
    }
}

/// A command with the same environment on every machine.
pub(crate) fn command(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs([("NO_COLOR", "1"), ("LANG", "C.UTF-8"), ("TZ", "UTC"), ("HOME", "/nonexistent")]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(mode: &'static str, name: &str, feature: &str, passed: bool) -> Outcome {
        let result = if passed { Ok(()) } else { Err("no".to_owned()) };
        Outcome { mode, name: name.to_owned(), features: vec![feature.to_owned()], result }
    }

    #[test]
    fn failures_stand_under_their_reasons() {
        let outcomes = [
            outcome("run", "a/one", "x", false),
            outcome("run", "a/two", "y", false),
            outcome("run", "b/three", "y", false),
            outcome("run", "b/four", "y", true),
            outcome("build", "a/one", "y", true),
        ];
        let mut known = parse("# comment\n\nrun feature:x no x yet\n* a/* is a\n").unwrap();
        assert_eq!(
            report(&outcomes, &mut known),
            "build: 1 of 1 passed\nrun: 1 of 4 passed\n\n# run: is a (1)\na/two\n\n# run: no x yet (1)\na/one\n\n\
             # run: unexplained (1)\nb/three\n"
        );
        assert!(known.iter().all(|rule| rule.used));
        assert!(parse("run a/one\n").is_err());
    }

    #[test]
    fn stars_stand_for_anything() {
        assert!(glob("a/*-b*", "a/x-b") && glob("*", "") && glob("a*c", "abcbc"));
        assert!(!glob("a/*-b", "a/x-bc") && !glob("a", "ab") && !glob("a*c", "acb"));
    }
}
