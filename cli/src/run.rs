//! `corona run`.

use crate::loader::Front;
use crate::record::Recorded;
use crate::{arguments, supervise};
use corona_compiler::Compiler;
use corona_runtime::{Atomic, Options};
use std::ffi::OsString;
use std::io::{IsTerminal, Read};
use std::process::ExitCode;
use std::sync::Arc;

/// Std, evaluated when this program was built.
static SNAPSHOT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/snapshot.bin"));

pub(crate) fn run(arguments: arguments::Run) -> ExitCode {
    if arguments.watch || arguments.workers.is_some() {
        return supervise::supervise(&arguments);
    }
    let recorded = corona_runtime::supervisor().map(|link| Arc::new(Recorded::new(link)));
    let prepared = atomic(&arguments).and_then(|atomic| Ok((atomic, compiler(&arguments.file, recorded.clone())?)));
    let (atomic, compiler) = match prepared {
        Ok(prepared) => prepared,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::FAILURE;
        }
    };
    let color = crate::color();
    let code = corona_runtime::run(Options {
        entry: entry(&arguments.file),
        loader: Arc::new(Front { compiler, recorded, color: color.unwrap_or_else(|| std::io::stderr().is_terminal()) }),
        arguments: arguments.arguments.into_iter().map(|it| it.to_string_lossy().into_owned()).collect(),
        stack_size: arguments.stack_size,
        coroutines_max: arguments.max_coroutines,
        grace: arguments.grace,
        color,
        snapshot: SNAPSHOT,
        atomic,
        v8_flags: arguments.v8_flags,
    });
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

/// What becomes of a call that may block in an atomic section. The program may change its directory before its report.
fn atomic(arguments: &arguments::Run) -> Result<Atomic, String> {
    match (arguments.atomic, &arguments.atomic_report) {
        (arguments::Atomic::Throw, None) => Ok(Atomic::Throw),
        (arguments::Atomic::Throw, Some(_)) => Err("--atomic-report needs --atomic=report".to_owned()),
        (arguments::Atomic::Report, None) => Ok(Atomic::Report),
        (arguments::Atomic::Report, Some(file)) => match std::path::absolute(file) {
            Ok(file) => Ok(Atomic::ReportTo(file)),
            Err(error) => Err(format!("--atomic-report: {error}")),
        },
    }
}

/// The compiler; it knows the text of a program that comes from standard input.
fn compiler(file: &OsString, recorded: Option<Arc<Recorded>>) -> Result<Compiler, String> {
    let mut compiler = match recorded {
        Some(recorded) => Compiler::with_files(recorded),
        None => Compiler::new(),
    };
    if file == "-" {
        let mut text = Vec::new();
        let read = std::io::stdin().read_to_end(&mut text);
        read.map_err(|error| format!("cannot read the program from standard input: {error}"))?;
        let folder = std::env::current_dir().map_err(|error| format!("no working directory: {error}"))?;
        compiler.give(folder.join(STDIN_NAME), text);
    }
    Ok(compiler)
}

/// What a program from standard input is called, in the working directory.
const STDIN_NAME: &str = "[stdin].ts";

fn entry(file: &OsString) -> String {
    if file == "-" { STDIN_NAME.to_owned() } else { file.to_string_lossy().into_owned() }
}
