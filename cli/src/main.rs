//! The `corona` command.

mod arguments;
mod loader;
mod render;
mod run;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Run(arguments) => run::run(arguments),
        Command::Types => {
            print!("{}", corona_std::types::all());
            ExitCode::SUCCESS
        }
    }
}
