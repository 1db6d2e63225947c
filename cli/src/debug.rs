//! `corona debug`: looks at the tools themselves, for those who build them.

use crate::arguments;
use corona_compiler::{Checker, Config, OsFiles};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

pub(crate) fn debug(arguments: &arguments::Debug) -> ExitCode {
    let arguments::Debug::Edits { folder, count } = arguments;
    match edits(folder, *count) {
        Ok(text) => match crate::process::print(&text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => failed(&message),
        },
        Err(message) => failed(&message),
    }
}

fn failed(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::FAILURE
}

/// Checks a folder as an editor does: once from nothing, then after each of `count` edits of one line, each in another
/// file and taken back by the next.
fn edits(folder: &Path, count: usize) -> Result<String, String> {
    let folder = std::fs::canonicalize(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files = Vec::new();
    collect(&folder, &mut files).map_err(|error| format!("{}: {error}", folder.display()))?;
    if files.is_empty() {
        return Err(format!("there is no .ts or .js file in {}", folder.display()));
    }
    files.sort();
    let mut checker = Checker::new(Arc::new(OsFiles), Config::default());
    let paths = [folder];
    let start = Instant::now();
    let found = checker.check(&paths).diagnostics.len();
    let cold = start.elapsed();
    let mut times = Vec::new();
    let mut before: Option<&PathBuf> = None;
    for number in 0..count.max(1) {
        // Spread over the project; every second edit only moves what follows it.
        let path = &files[number * 7919 % files.len()];
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let line = if number % 2 == 0 { "// edited\n" } else { "export const edited = () => [1].map(String);\n" };
        let start = Instant::now();
        if let Some(before) = before.replace(path) {
            checker.overlay(before, None);
        }
        checker.overlay(path, Some(format!("{line}{text}").into_bytes()));
        checker.check(&paths);
        times.push(start.elapsed());
    }
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
    let files = files.len();
    Ok(format!(
        "files {files}\nfindings {found}\ncold {:.1}\nresult {:.2}\nmost {:.2}\n",
        ms(cold),
        ms(median),
        ms(most)
    ))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() && entry.file_name() != "node_modules" {
            collect(&path, files)?;
        } else if kind.is_file() && path.extension().is_some_and(|it| it == "ts" || it == "js") {
            files.push(path);
        }
    }
    Ok(())
}
