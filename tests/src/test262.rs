//! `cargo x test262 FOLDER`: the parts of the language's own suite that are about modules, run from source and through
//! the bundler. `tests/test262/README.md` says where the suite comes from; it is not part of this repository.

mod case;

use crate::conformance::{self, Options, Outcome};
use case::{Case, Variant};
use corona_tests::{command, pool};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What of the suite runs here.
const PARTS: &[&str] = &["test/language/module-code", "test/language/expressions/dynamic-import"];
/// A test is a matter of milliseconds; one that waits for ever is a failure.
const LIMIT: Duration = Duration::from_secs(20);

/// Runs the tests of a checkout whose names contain a filter, or all.
pub(crate) fn run(args: &[String]) -> bool {
    let Some((suite, rest)) = args.split_first().filter(|(suite, _)| !suite.starts_with("--")) else {
        eprintln!("cargo x test262: where is the suite? `cargo x test262 FOLDER`, after");
        eprintln!("  git clone --depth 1 https://github.com/tc39/test262 FOLDER");
        return false;
    };
    let done = conformance::options(rest).and_then(|options| {
        let work = copy(Path::new(suite))?;
        let cases = case::collect(&work, PARTS)?;
        let variants: Vec<(&Case, Variant)> = cases
            .iter()
            .filter(|case| options.takes(&case.name))
            .flat_map(|case| case.variants().into_iter().map(move |variant| (case, variant)))
            .collect();
        let outcomes = pool::map(&variants, pool::threads(), |(case, variant)| test(&work, case, *variant, &options));
        let outcomes: Vec<Outcome> = outcomes.into_iter().flatten().collect();
        conformance::conclude(&corona_tests::root().join("tests/test262"), &options, &outcomes)
    });
    done.unwrap_or_else(|error| {
        eprintln!("cargo x test262: {error}");
        false
    })
}

/// Copies what runs here into `target/test262`, because entries are written beside the tests.
fn copy(suite: &Path) -> Result<PathBuf, String> {
    let work = conformance::target().join("test262");
    let _ = std::fs::remove_dir_all(&work);
    for part in PARTS.iter().chain(&["harness"]) {
        copy_folder(&suite.join(part), &work.join(part)).map_err(|error| format!("{part} of {suite:?}: {error}"))?;
    }
    // Everything that tests import is a module, whether it imports or exports something or not.
    std::fs::write(work.join("package.json"), r#"{ "type": "module" }"#).map_err(|error| error.to_string())?;
    Ok(work)
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn test(work: &Path, case: &Case, variant: Variant, options: &Options) -> Vec<Outcome> {
    // Some tests leave a rejection unhandled for as long as the disk takes: a second chance keeps the totals steady.
    let twice = |attempt: &dyn Fn() -> Result<(), String>| attempt().or_else(|_| attempt());
    let outcome = |mode, result| Outcome {
        mode,
        name: format!("{}{}", case.name, variant.suffix()),
        features: case.features.clone(),
        result,
    };
    let entry = match case.write_entry(work, variant) {
        Ok(entry) => entry,
        Err(error) => return vec![outcome("source", Err(error))],
    };
    let source = twice(&|| {
        let mut run = conformance::command(&options.binary, work);
        run.arg("run").arg(&entry);
        judge(case, run)
    });
    let mut results = vec![outcome("source", source)];
    if case.has_bundle() {
        results.push(outcome("bundle", twice(&|| bundled(work, case, &entry, options))));
    }
    results
}

/// Bundles the entry and runs the bundle. What is wrong with a test that must not compile is said by the build.
fn bundled(work: &Path, case: &Case, entry: &Path, options: &Options) -> Result<(), String> {
    // Beside the test: what it imports by a name that it computes is found from there.
    let folder = entry.parent().unwrap_or(work);
    let mut build = conformance::command(&options.binary, work);
    build.arg("build").arg(entry).arg(format!("--outdir={}", folder.display()));
    let built = command::run(build, String::new(), LIMIT)?;
    let stderr = String::from_utf8_lossy(&built.stderr).into_owned();
    match built.status.and_then(|status| status.code()) {
        Some(0) => {}
        Some(1) if case.is_compile_error() && stderr.contains("error[CORONA") => return Ok(()),
        _ => return Err(format!("build: {} {}", built.ending(), shortened(&stderr))),
    }
    let name = entry.file_name().unwrap_or_default();
    let mut run: Command = conformance::command(&options.binary, work);
    run.arg("run").arg(folder.join(Path::new(name).with_extension("js")));
    judge(case, run)
}

/// The entry prints `passed`, or what was thrown; the harness prints the end of an asynchronous test.
fn judge(case: &Case, command: Command) -> Result<(), String> {
    let finished = command::run(command, String::new(), LIMIT)?;
    let stdout = String::from_utf8_lossy(&finished.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&finished.stderr).into_owned();
    let lines: Vec<&str> = stdout.lines().collect();
    let good = match &case.negative {
        Some(negative) => lines.first() == Some(&format!("threw {}", negative.error).as_str()),
        None if case.is_async => lines.contains(&"Test262:AsyncTestComplete") && finished.is_success(),
        None => lines.contains(&"passed") && finished.is_success(),
    };
    if good { Ok(()) } else { Err(format!("{}: {} {}", finished.ending(), shortened(&stdout), shortened(&stderr))) }
}

fn shortened(text: &str) -> String {
    let lines: Vec<&str> = text.lines().take(4).collect();
    lines.join(" | ").chars().take(400).collect()
}
