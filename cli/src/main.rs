//! The `corona` command.

// Both panic where nobody reads; `process` has what does not.
#![warn(clippy::print_stderr, clippy::print_stdout)]

mod allocator;
mod arguments;
mod build;
mod check;
mod init;
mod loader;
mod lsp;
mod packed;
mod process;
mod record;
mod render;
mod replace;
mod run;
mod say;
mod signals;
mod supervise;
mod watch;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some((path, program)) = build::executable::attached() {
        return run::attached(&path, program);
    }
    match Arguments::parse_from(build::arguments::from_esbuild(std::env::args_os())).command {
        Command::Build(arguments) => build::build(&arguments),
        Command::Run(arguments) => run::run(arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Init(arguments) => init::init(&arguments),
        Command::Lsp(_) => lsp::serve(),
        Command::Types => match process::print(&corona_std::types::all()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => {
                process::tell(&format!("error: {message}"));
                ExitCode::FAILURE
            }
        },
    }
}
