//! `cargo x`: what developers and CI run. The steps of CI are listed here and nowhere else.

mod bench;
mod conformance;
mod editors;
mod packages;
mod sarif;
mod test262;

use std::process::{Command, ExitCode};

const HELP: &str = "\
usage: cargo x <command>

  ready           everything CI checks: format, lints, all tests, and what needs npm
  spec [filter]   the spec cases whose names contain the filter
  bless [filter]  the same, and rewrite expected output that no longer fits
  packages [filter]
                  real npm packages, bundled and run; see tests/packages/README.md
  test262 FOLDER [filter]
                  parts of the language's own suite; see tests/test262/README.md
  editors [name]  real editors, driven beside the language server; see tests/editors/README.md
  sarif           what check prints as SARIF, against the schema (from npm)
  edits [count]   random edits, after which the language server must know what one knows that was started just now
  bench [rows]    Corona beside its peers; see tests/bench/README.md
  help            this text";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest = args.get(1..).unwrap_or_default();
    let wants_help = rest.iter().any(|it| it == "--help" || it == "-h");
    let done = match args.first().map(String::as_str).filter(|_| !wants_help) {
        Some("ready") => ready(),
        Some("spec") => specs(rest, false),
        Some("bless") => specs(rest, true),
        Some("packages") => packages::run(rest),
        Some("test262") => test262::run(rest),
        Some("editors") => editors::run(rest),
        Some("sarif") => sarif::run(),
        Some("edits") => edits(rest.first().map_or("10000", String::as_str)),
        Some("bench") => bench::run(rest),
        Some("help" | "--help" | "-h") | None => {
            println!("{HELP}");
            true
        }
        Some(other) => {
            eprintln!("cargo x: no command `{other}`\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The list of steps. The tests compare every expected output, and fail for one that is missing or too many: so a tree
/// that passes is also one that blessing would not change.
fn ready() -> bool {
    cargo(&["fmt", "--all", "--check"], &[])
        && cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"], &[])
        && cargo(&["test", "--workspace"], &[])
        && sarif::run()
}

fn specs(filters: &[String], bless: bool) -> bool {
    let mut args = vec!["test", "--quiet", "--package", "corona", "--test", "specs", "--"];
    args.extend(filters.iter().map(String::as_str));
    cargo(&args, if bless { &[("BLESS", "1")] } else { &[] })
}

/// Every test run does a few of these.
fn edits(count: &str) -> bool {
    let count = &[("CORONA_EDITS", count)];
    cargo(&["test", "--package", "corona-compiler", "--lib", "any_edit"], count)
        && cargo(&["test", "--package", "corona", "--test", "process", "lsp::edits"], count)
}

fn cargo(args: &[&str], env: &[(&str, &str)]) -> bool {
    eprintln!("$ cargo {}", args.join(" "));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    match Command::new(cargo).args(args).envs(env.iter().copied()).current_dir(corona_tests::root()).status() {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("cargo x: cargo cannot be started: {error}");
            false
        }
    }
}
