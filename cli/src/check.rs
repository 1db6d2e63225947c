//! `corona check`.

mod effects;
mod explain;
mod fix;
mod formats;
mod watch;

use crate::process::{self, STDIN_NAME};
use crate::{arguments, render};
use corona_compiler::{Checker, Config, Diagnostic, OsFiles, Report, Severity};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Findings make the exit code 1; this is for everything that keeps `check` from looking.
const COULD_NOT_RUN: u8 = 2;

pub(crate) fn check(arguments: &arguments::Check) -> ExitCode {
    let result = match &arguments.explain {
        Some(name) => explain::explain(name).and_then(|text| process::print(&text)).map(|()| true),
        None if arguments.watch => watch::watch(arguments),
        None => run(arguments),
    };
    match result {
        Ok(clean) => ExitCode::from(u8::from(!clean)),
        Err(message) => {
            complain(&message);
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn complain(message: &str) {
    let label = if message.starts_with("error[") { "" } else { "error: " };
    process::tell(&format!("{label}{message}"));
}

/// Whether nothing was found.
fn run(arguments: &arguments::Check) -> Result<bool, String> {
    let folder = process::working_directory()?;
    // The process ends after this: to take a large program apart first would only take time.
    let mut checker = ManuallyDrop::new(Checker::new(Arc::new(OsFiles), config(arguments, &folder)?));
    let paths = paths(arguments, &folder, &mut checker)?;
    if arguments.effects.is_some() {
        checker.infer();
    }
    look(arguments, &mut checker, &paths, &folder)
}

/// Looks, and tells what there is to tell. Whether nothing was found.
fn look(arguments: &arguments::Check, checker: &mut Checker, paths: &[PathBuf], folder: &Path) -> Result<bool, String> {
    let (mut report, fixed) = match arguments.fix {
        true => fix::fix(checker, paths)?,
        false => (checker.check(paths), 0),
    };
    if report.files == 0 && report.diagnostics.is_empty() {
        return Err("nothing to check: there is no JavaScript or TypeScript file".to_owned());
    }
    shorten(&mut report.diagnostics, folder);
    let color = process::colored(&std::io::stdout());
    if let Some(path) = &arguments.effects {
        effects::write(path, &report, folder)?;
    }
    process::print(&formats::write(arguments.format, &report, folder, color))?;
    if !arguments.quiet {
        process::tell(&summary(&report, fixed));
    }
    Ok(report.diagnostics.is_empty())
}

fn config(arguments: &arguments::Check, folder: &Path) -> Result<Config, String> {
    let path = match &arguments.config {
        Some(path) => Some(folder.join(path)),
        None => Config::find(&OsFiles, folder),
    };
    let mut config = match path {
        Some(path) => Config::read(&OsFiles, &path).map_err(|mut complaints| {
            shorten(&mut complaints, folder);
            let color = process::colored(&std::io::stderr());
            render::full(&complaints, color)
        })?,
        None => Config::default(),
    };
    if arguments.strict {
        config.set_strict();
    }
    Ok(config)
}

/// What to look at. Makes the text of standard input known, if it is asked for.
fn paths(arguments: &arguments::Check, folder: &Path, checker: &mut Checker) -> Result<Vec<PathBuf>, String> {
    let absolute = |path: &Path| folder.join(path).components().collect::<PathBuf>();
    if !arguments.paths.iter().any(|path| path == Path::new("-")) {
        if let Some(missing) = arguments.paths.iter().find(|path| !path.exists()) {
            return Err(format!("cannot check {}: there is no such file", missing.display()));
        }
        let here = [PathBuf::new()];
        let paths = if arguments.paths.is_empty() { &here[..] } else { &arguments.paths };
        return Ok(paths.iter().map(|path| absolute(path)).collect());
    }
    if arguments.paths.len() > 1 {
        return Err("- stands for standard input, and nothing else can be checked with it".to_owned());
    }
    if arguments.fix {
        return Err("--fix changes files, and standard input is none".to_owned());
    }
    let text = process::read_input("standard input")?;
    let name = arguments.stdin_filename.as_deref().unwrap_or(Path::new(STDIN_NAME));
    checker.overlay(&absolute(name), Some(text));
    Ok(vec![absolute(name)])
}

/// Files below the working directory are named as seen from there.
pub(crate) fn shorten(diagnostics: &mut [Diagnostic], folder: &Path) {
    for diagnostic in diagnostics {
        let notes = diagnostic.notes.iter_mut().filter_map(|note| note.place.as_mut());
        for place in diagnostic.place.iter_mut().chain(notes) {
            place.file = short(&place.file, folder);
        }
    }
}

fn short(file: &str, folder: &Path) -> String {
    Path::new(file).strip_prefix(folder).map_or_else(|_| file.to_owned(), |below| below.display().to_string())
}

fn summary(report: &Report, fixed: usize) -> String {
    let count = |severity| report.diagnostics.iter().filter(|it| it.severity == severity).count();
    let counts =
        [(count(Severity::Error), "error"), (count(Severity::Warning), "warning"), (count(Severity::Info), "unknown")];
    let found: Vec<String> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| plural(count, what)).collect();
    let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
    let fixed = if fixed > 0 { format!("fixed {fixed}, ") } else { String::new() };
    format!("checked {}: {fixed}{found}", plural(report.files, "file"))
}

fn plural(count: usize, what: &str) -> String {
    let ending = if count == 1 || what == "unknown" { "" } else { "s" };
    format!("{count} {what}{ending}")
}
