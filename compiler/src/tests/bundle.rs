//! Tests of the bundler: what the output looks like, and that it does what the modules do.

mod again;
mod chunks;
mod commonjs;
mod errors;
mod lowered;
mod minified;
mod modules;

use super::files;
use crate::{BuildOptions, Built, MemoryFiles, build};
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Builds a fixture; its first file is the entry.
fn built_with(fixture: &str, options: BuildOptions) -> Built {
    let files = files(fixture);
    let mut memory = MemoryFiles::default();
    for (path, text) in &files {
        memory.add(path, text.as_str());
    }
    let entries = if options.entries.is_empty() { vec![files[0].0.clone().into()] } else { options.entries };
    build(Arc::new(memory), &BuildOptions { entries, ..options })
}

fn built(fixture: &str) -> Built {
    built_with(fixture, BuildOptions::default())
}

/// The output of a fixture that becomes one file.
#[track_caller]
fn bundle_with(fixture: &str, options: BuildOptions) -> String {
    let built = built_with(fixture, options);
    assert!(!built.has_errors(), "{:#?}", built.diagnostics);
    assert_eq!(built.files.len(), 1, "one file is expected");
    String::from_utf8(built.files[0].contents.to_vec()).expect("output is UTF-8")
}

#[track_caller]
fn bundle(fixture: &str) -> String {
    bundle_with(fixture, BuildOptions::default())
}

/// What a program prints under Node.
#[track_caller]
fn run(code: &str) -> String {
    let mut child = Command::new("node")
        .args(["--input-type=module", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node is installed");
    child.stdin.take().expect("a pipe").write_all(code.as_bytes()).expect("node reads");
    let output = child.wait_with_output().expect("node ends");
    assert!(output.status.success(), "{}\n{code}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8").trim_end().to_owned()
}

/// Compares what the bundle of a fixture prints with what is expected.
#[track_caller]
fn check_plain(fixture: &str, expected: &str) {
    assert_eq!(run(&bundle(fixture)), expected.trim());
}

/// The same, and again minified.
#[track_caller]
fn check(fixture: &str, expected: &str) {
    check_plain(fixture, expected);
    let minified = bundle_with(fixture, BuildOptions { minify: true, ..BuildOptions::default() });
    assert_eq!(run(&minified), expected.trim(), "{minified}");
}
