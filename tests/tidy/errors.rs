//! Every stable error code is explained and met by some test.

use crate::tree;
use std::path::Path;

#[test]
fn every_code_is_explained() {
    let page = tree::read("std/errors.md");
    let sections: Vec<(&str, &str)> =
        page.split("\n## ").skip(1).map(|section| section.split_once('\n').unwrap_or((section, ""))).collect();
    let explained = |code: &str| {
        sections.iter().any(|(title, body)| title.starts_with(code) && body.trim().lines().any(|line| line.len() > 20))
    };
    let missing: Vec<String> = codes().into_iter().filter(|code| !explained(code)).collect();
    tree::expect_none("std/errors.md has no explanation of", &missing);
}

#[test]
fn every_code_is_produced_by_a_test() {
    let mut texts = String::new();
    collect(&corona_tests::root().join("tests/specs"), &mut texts);
    collect(&corona_tests::root().join("tests/process"), &mut texts);
    collect(&corona_tests::root().join("compiler/src/tests"), &mut texts);
    let missing: Vec<String> = codes().into_iter().filter(|code| !texts.contains(code.as_str())).collect();
    tree::expect_none("no spec case, process test or fixture of the compiler produces", &missing);
}

fn codes() -> Vec<String> {
    let source = tree::read("std/src/errors.rs");
    let codes = source.split('"').skip(1).step_by(2).filter(|text| {
        text.strip_prefix("CORONA")
            .is_some_and(|number| number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()))
    });
    codes.map(str::to_owned).collect()
}

fn collect(folder: &Path, texts: &mut String) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            collect(&path, texts);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            texts.push_str(&text);
        }
    }
}
