//! Files that are there and cannot be read: told where they are asked for, whoever asks.

use crate::{BuildOptions, Checker, Compiler, Config, Diagnostic, FileKind, FileSystem, MemoryFiles, build};
use corona_std::bundle::How;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files of which those that are called `locked` are not for us.
struct Locked(MemoryFiles);

impl FileSystem for Locked {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match path.file_stem().is_some_and(|name| name == "locked") {
            true => Err(io::ErrorKind::PermissionDenied.into()),
            false => self.0.read(path),
        }
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.0.kind(path)
    }

    fn link_kind(&self, path: &Path) -> io::Result<FileKind> {
        self.0.link_kind(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.0.read_link(path)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.0.canonicalize(path)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.0.names(folder)
    }
}

fn locked(fixture: &str) -> Arc<Locked> {
    let mut memory = MemoryFiles::default();
    super::files(fixture).into_iter().for_each(|(path, text)| memory.add(path, text));
    Arc::new(Locked(memory))
}

fn lines(complaints: &[Diagnostic]) -> Vec<String> {
    let line = |it: &Diagnostic| match it.place.as_ref().map(|place| (&place.file, place.position())) {
        Some((file, at)) => format!("{file}:{}:{} {}", at.line, at.column, it.message),
        None => it.message.clone(),
    };
    complaints.iter().map(line).collect()
}

/// What `run`, `build` and `check` say of the program `/main.js`.
#[track_caller]
fn all_say(fixture: &str, expected: &[&str]) {
    let entry = PathBuf::from("/main.js");
    let run = Compiler::with_files(locked(fixture)).graph("main.js", "file:///", How::Import);
    assert_eq!(lines(&run.err().unwrap_or_default()), expected);
    let options = BuildOptions { entries: vec![entry.clone()], ..BuildOptions::default() };
    assert_eq!(lines(&build(locked(fixture), &options).diagnostics), expected);
    let report = Checker::new(locked(fixture), Config::default()).check(&[entry]);
    assert_eq!(lines(&report.diagnostics), expected);
}

#[test]
fn a_file_that_cannot_be_read_is_told_where_it_is_imported() {
    all_say(
        r#"
//- /main.js
import "./other.js";
import data from "./locked.json";
//- /other.js
export * from "./locked.js";
//- /locked.js
//- /locked.json
"#,
        &[
            "/main.js:2:18 cannot read /locked.json: permission denied",
            "/other.js:1:15 cannot read /locked.js: permission denied",
        ],
    );
}

#[test]
fn an_entry_that_cannot_be_read_has_no_place() {
    let files = || locked("//- /locked.js\n");
    let message = "cannot read /locked.js: permission denied";
    let run = Compiler::with_files(files()).graph("locked.js", "file:///", How::Import);
    assert_eq!(lines(&run.err().unwrap_or_default()), [message]);
    let options = BuildOptions { entries: vec!["/locked.js".into()], ..BuildOptions::default() };
    assert_eq!(lines(&build(files(), &options).diagnostics), [message]);
}
