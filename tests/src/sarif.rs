//! `cargo x sarif`: what `corona check --format=sarif` prints, against the schema of SARIF 2.1.0. The spec cases say what
//! it prints; here their expected output is validated, by a validator from npm.

use corona_tests::command;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// For the installation, and for the validation.
const LIMIT: Duration = Duration::from_secs(120);

/// Whether every case is valid.
pub(crate) fn run() -> bool {
    match validate() {
        Ok(count) => {
            println!("{count} spec cases print valid SARIF 2.1.0");
            true
        }
        Err(error) => {
            eprintln!("cargo x sarif: {error}");
            false
        }
    }
}

fn validate() -> Result<usize, String> {
    let work = crate::conformance::target().join("sarif");
    let broken = |error: std::io::Error| format!("{}: {error}", work.display());
    std::fs::create_dir_all(&work).map_err(broken)?;
    let folder = corona_tests::root().join("tests/sarif");
    for name in ["package.json", "validate.js"] {
        std::fs::copy(folder.join(name), work.join(name)).map_err(broken)?;
    }
    if !work.join("node_modules/ajv").exists() {
        let install = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps"];
        finish("npm", &install, &work)?;
    }
    let cases = cases(&corona_tests::root().join("tests/specs/check"))?;
    if cases.is_empty() {
        return Err("no spec case prints SARIF".to_owned());
    }
    let mut args = vec!["validate.js".to_owned()];
    for (name, expected) in &cases {
        let file = work.join(format!("{name}.sarif"));
        std::fs::write(&file, expected.replace("[CASE]", "/case")).map_err(broken)?;
        args.push(file.display().to_string());
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    finish("node", &args, &work)?;
    Ok(cases.len())
}

/// Names and expected output of the cases that print SARIF.
fn cases(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let broken = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut found = Vec::new();
    let entries: Vec<PathBuf> =
        std::fs::read_dir(folder).map_err(broken)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    for case in entries {
        let says_sarif = std::fs::read_to_string(case.join("case.json")).is_ok_and(|it| it.contains("--format=sarif"));
        if let (true, Ok(expected)) = (says_sarif, std::fs::read_to_string(case.join("stdout"))) {
            let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.push((name, expected));
        }
    }
    found.sort();
    Ok(found)
}

fn finish(program: &str, args: &[&str], folder: &Path) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(args).current_dir(folder);
    let finished = command::run(command, String::new(), LIMIT)?;
    if finished.is_success() {
        return Ok(());
    }
    let output = String::from_utf8_lossy(&finished.stderr).into_owned();
    Err(format!("{program} ended with {}:\n{output}", finished.ending()))
}
