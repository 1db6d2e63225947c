//! `cargo x packages`: exercises of real npm packages, run unbundled by Node for the expected output, then from source
//! by Corona, and bundled, plain and minified, by both. `tests/packages/README.md` says more.

use crate::conformance::{self, Options, Outcome};
use corona_tests::{command, pool};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// How long one exercise, or one build of it, may take.
const LIMIT: Duration = Duration::from_secs(120);

/// Runs the exercises whose names contain a filter, or all.
pub(crate) fn run(args: &[String]) -> bool {
    let done = conformance::options(args).and_then(|options| {
        let folder = corona_tests::root().join("tests/packages");
        let work = install(&folder)?;
        let names: Vec<String> = exercises(&work)?.into_iter().filter(|name| options.takes(name)).collect();
        let outcomes = pool::map(&names, pool::threads(), |name| exercise(&work, name, &options));
        let outcomes: Vec<Outcome> = outcomes.into_iter().flatten().collect();
        conformance::conclude(&folder, &options, &outcomes)
    });
    done.unwrap_or_else(|error| {
        eprintln!("cargo x packages: {error}");
        false
    })
}

/// Copies the exercises into `target/packages` and installs there exactly what the lock file says, unless that has been
/// done for the same lock file.
pub(crate) fn install(folder: &Path) -> Result<PathBuf, String> {
    let work = conformance::target().join("packages");
    let broken = |error: std::io::Error| format!("{}: {error}", work.display());
    let exercises = work.join("exercises");
    let _ = std::fs::remove_dir_all(&exercises);
    std::fs::create_dir_all(&exercises).map_err(broken)?;
    for entry in std::fs::read_dir(folder.join("exercises")).map_err(broken)?.filter_map(Result::ok) {
        std::fs::copy(entry.path(), exercises.join(entry.file_name())).map_err(broken)?;
    }
    let lock = std::fs::read(folder.join("package-lock.json")).map_err(broken)?;
    let installed = work.join("package-lock.json");
    if work.join("node_modules").exists() && std::fs::read(&installed).is_ok_and(|found| found == lock) {
        return Ok(work);
    }
    // The lock file comes last: an installation that was cut short is made anew.
    let _ = std::fs::remove_file(&installed);
    std::fs::copy(folder.join("package.json"), work.join("package.json")).map_err(broken)?;
    std::fs::write(&installed, &lock).map_err(broken)?;
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&work);
    let done = npm.status().map_err(|error| format!("npm: {error}"))?;
    if !done.success() {
        let _ = std::fs::remove_dir_all(work.join("node_modules"));
        return Err(format!("npm ci in {}: {done}", work.display()));
    }
    Ok(work)
}

/// Their names, in order.
pub(crate) fn exercises(work: &Path) -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(work.join("exercises")).map_err(|error| error.to_string())?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let names = names.filter_map(|name| name.strip_suffix(".js").map(str::to_owned));
    let mut names: Vec<String> = names.filter(|name| name != "show").collect();
    names.sort();
    Ok(names)
}

fn exercise(work: &Path, name: &str, options: &Options) -> Vec<Outcome> {
    let source = work.join("exercises").join(format!("{name}.js"));
    let node = |file: &Path| printed(node(work, file));
    let corona = |file: &Path| printed(corona(work, file, options));
    let expected = match node(&source) {
        Ok(expected) => expected,
        Err(error) => panic!("{name} does not run on Node, which is where its expected output comes from: {error}"),
    };
    let mut outcomes = Vec::new();
    let mut add = |mode, result: Result<String, String>| {
        let result = result.and_then(|printed| same(&expected, &printed));
        outcomes.push(Outcome { mode, name: name.to_owned(), features: Vec::new(), result });
    };
    let needs_node = needs_node(&source);
    if !needs_node {
        add("corona,source", corona(&source));
    }
    for (minify, on_node, on_corona) in
        [(false, "node,bundled", "corona,bundled"), (true, "node,minified", "corona,minified")]
    {
        let bundle = build(work, name, minify, needs_node, options);
        add(on_node, bundle.as_ref().map_err(Clone::clone).and_then(|file| node(file)));
        if !needs_node {
            add(on_corona, bundle.and_then(|file| corona(&file)));
        }
    }
    outcomes
}

/// What needs modules of Node says so in its first line, and is not tried where there are none.
pub(crate) fn needs_node(source: &Path) -> bool {
    std::fs::read_to_string(source).is_ok_and(|text| text.starts_with("// node:"))
}

fn node(work: &Path, file: &Path) -> Command {
    let mut command = conformance::command(Path::new("node"), work);
    command.arg(file);
    command
}

fn corona(work: &Path, file: &Path, options: &Options) -> Command {
    let mut command = conformance::command(&options.binary, work);
    command.arg("run").arg(file);
    command
}

/// Builds the exercise; the file with the bundle.
fn build(work: &Path, name: &str, minify: bool, needs_node: bool, options: &Options) -> Result<PathBuf, String> {
    let file = work.join(if minify { "minified" } else { "bundled" }).join(format!("{name}.mjs"));
    let mut command = conformance::command(&options.binary, work);
    command.arg("build").arg(format!("exercises/{name}.js")).arg(format!("--outfile={}", file.display()));
    // What packages have for browsers runs on Node and on Corona alike.
    command.arg(if needs_node { "--platform=node" } else { "--platform=browser" });
    // As Node sees it, whose output is expected; for browsers it would be decided by the bundler.
    command.arg("--define:process.env.NODE_ENV=undefined");
    command.args(minify.then_some("--minify"));
    printed(command).map(|_| file).map_err(|error| format!("build: {error}"))
}

/// What a command prints; what went wrong, when it fails.
fn printed(command: Command) -> Result<String, String> {
    let finished = command::run(command, String::new(), LIMIT)?;
    if finished.is_success() {
        return Ok(String::from_utf8_lossy(&finished.stdout).into_owned());
    }
    let stderr = String::from_utf8_lossy(&finished.stderr).into_owned();
    let lines: Vec<&str> = stderr.lines().take(12).collect();
    Err(format!("exit {}\n{}", finished.ending(), lines.join("\n")))
}

fn same(expected: &str, printed: &str) -> Result<(), String> {
    if expected == printed {
        return Ok(());
    }
    let pairs = expected.lines().zip(printed.lines()).find(|(expected, printed)| expected != printed);
    Err(match pairs {
        Some((expected, printed)) => format!("differs\n- {expected}\n+ {printed}"),
        None => format!("{} lines, not {}", printed.lines().count(), expected.lines().count()),
    })
}
