//! `corona run`.

use crate::arguments::{self, Arguments, Command};
use crate::loader::{Front, Supervised};
use crate::packed::{self, Packed};
use crate::process::{self, STDIN_NAME};
use crate::record::Recorded;
use crate::supervise;
use clap::Parser;
use corona_compiler::{Compiler, FileSystem, OsFiles};
use corona_runtime::{Atomic, Options};
use corona_std::bundle::Loader;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Std, evaluated when this program was built.
static SNAPSHOT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/snapshot.bin"));

pub(crate) fn run(arguments: arguments::Run) -> ExitCode {
    if arguments.watch || arguments.workers.is_some() {
        return supervise::supervise(&arguments);
    }
    match loader(&arguments.file) {
        Ok(loader) => run_with(arguments, loader),
        Err(message) => fail(&message),
    }
}

/// Runs the program that this executable holds. All arguments are the program's.
pub(crate) fn attached(path: &Path, program: Packed) -> ExitCode {
    let mut line: Vec<OsString> = ["corona", "run", "--"].map(OsString::from).to_vec();
    line.push(path.into());
    line.extend(std::env::args_os().skip(1));
    let Command::Run(arguments) = Arguments::parse_from(line).command else {
        return fail("the command line cannot be read");
    };
    // As if the executable were a folder: no real file can have such a path.
    run_with(arguments, Arc::new(program.loader(&packed::folder_url(path))))
}

fn fail(message: &str) -> ExitCode {
    crate::process::tell(&format!("error: {message}"));
    ExitCode::FAILURE
}

fn run_with(arguments: arguments::Run, loader: Arc<dyn Loader>) -> ExitCode {
    let atomic = match atomic(&arguments) {
        Ok(atomic) => atomic,
        Err(message) => return fail(&message),
    };
    let color = process::color();
    let code = corona_runtime::run(Options {
        entry: entry(&arguments.file),
        loader,
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

/// The compiler, or what was compiled before: `corona build --format=graph`.
fn loader(file: &OsString) -> Result<Arc<dyn Loader>, String> {
    let path = Path::new(file);
    if path.extension().is_some_and(|ending| ending == "graph") {
        let failure = |reason: &str| format!("cannot run {}: {reason}", path.display());
        let bytes = std::fs::read(path).map_err(|error| failure(&error.to_string()))?;
        if Packed::is_packed(&bytes) {
            let program = Packed::read(&bytes).ok_or_else(|| failure("the file is damaged"))?;
            let path = std::path::absolute(path).map_err(|error| failure(&error.to_string()))?;
            return Ok(Arc::new(program.loader(&packed::folder_url(path.parent().unwrap_or(&path)))));
        }
    }
    let color = process::colored(&std::io::stderr());
    let supervised = corona_runtime::supervisor().map(|link| Supervised { recorded: Arc::default(), link });
    let recorded = supervised.as_ref().map(|it| Arc::clone(&it.recorded));
    Ok(Arc::new(Front { compiler: compiler(file, recorded)?, supervised, color }))
}

/// The compiler; it knows the text of a program that comes from standard input.
fn compiler(file: &OsString, recorded: Option<Arc<Recorded>>) -> Result<Compiler, String> {
    let files: Arc<dyn FileSystem> = match recorded {
        Some(recorded) => recorded,
        None => Arc::new(OsFiles),
    };
    Ok(Compiler::with_files(if file == "-" { process::with_input(files, "the program")? } else { files }))
}

fn entry(file: &OsString) -> String {
    if file == "-" { STDIN_NAME.to_owned() } else { file.to_string_lossy().into_owned() }
}
