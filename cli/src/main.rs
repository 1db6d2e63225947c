//! The `corona` command.

mod arguments;
mod build;
mod check;
mod debug;
mod init;
mod loader;
mod lsp;
mod packed;
mod record;
mod render;
mod run;
mod supervise;
mod watch;

use arguments::{Arguments, Command};
use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some((path, program)) = build::executable::attached() {
        return run::attached(&path, program);
    }
    match Arguments::parse_from(build::arguments::from_esbuild(std::env::args_os())).command {
        Command::Build(arguments) => build::build(&arguments),
        Command::Run(arguments) => run::run(arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Debug(arguments) => debug::debug(&arguments),
        Command::Init(arguments) => init::init(&arguments),
        Command::Lsp(_) => lsp::serve(),
        Command::Types => match print(&corona_std::types::all()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => {
                eprintln!("error: {message}");
                ExitCode::FAILURE
            }
        },
    }
}

/// Writes to standard output. Whoever reads may have seen enough: `corona types | head`.
fn print(text: &str) -> Result<(), String> {
    print_bytes(text.as_bytes())
}

/// The same for bytes.
fn print_bytes(bytes: &[u8]) -> Result<(), String> {
    let mut output = std::io::stdout();
    match output.write_all(bytes).and_then(|()| output.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(format!("cannot write to standard output: {error}"))
        }
        _ => Ok(()),
    }
}

/// What the environment says about colours: <https://no-color.org>, and FORCE_COLOR as Node has it.
fn color() -> Option<bool> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("NO_COLOR") {
        return Some(false);
    }
    let force = std::env::var_os("FORCE_COLOR")?;
    Some(force != "0")
}
