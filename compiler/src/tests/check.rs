//! What `check` finds, on fixtures.

use super::files;
use crate::{Checker, Config, MemoryFiles};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) fn checker(fixture: &str) -> Checker {
    let mut memory = MemoryFiles::default();
    for (path, text) in files(fixture) {
        memory.add(path, text);
    }
    Checker::new(Arc::new(memory), Config::default())
}

/// Complaints about a folder, one a line.
pub(super) fn look(checker: &mut Checker, path: &str) -> Vec<String> {
    let report = checker.check(&[PathBuf::from(path)]);
    let line = |it: &crate::Diagnostic| {
        let place = it.place.as_ref().map(|place| {
            let position = place.position();
            format!("{}:{}:{} ", place.file, position.line, position.column)
        });
        format!("{}{}", place.unwrap_or_default(), it.message)
    };
    report.diagnostics.iter().map(line).collect()
}

#[test]
fn errors_of_all_files_are_told_at_once() {
    let mut checker = checker(
        r#"
//- /app/a.ts
import "./gone";
import { T } from "./types";
let t: T;
let x = ;
//- /app/b.ts
import { T } from "./gone-types";
import data from "./data.json";
let t: T = data;
import "./broken/c.js";
//- /app/broken/c.js
function (
//- /app/data.json
{ "a": }
//- /app/node_modules/p/index.js
import "nowhere";
let = ;
//- /app/types.d.ts
export type T = 1;
"#,
    );
    assert_eq!(
        look(&mut checker, "/app"),
        [
            "/app/a.ts:4:9 Expression expected",
            "/app/broken/c.js:1:10 Expected ident",
            "/app/data.json:1:8 not valid JSON: expected value",
        ]
    );
}

#[test]
fn an_edit_is_seen_and_so_are_files_that_come_and_go() {
    let mut checker = checker("//- /app/a.ts\nimport './b.ts';\n//- /app/c.ts\nlet c;\n");
    assert_eq!(look(&mut checker, "/app"), ["/app/a.ts:1:8 cannot find module \"./b.ts\""]);
    checker.overlay(Path::new("/app/b.ts"), Some(b"let b = ;".to_vec()));
    assert_eq!(look(&mut checker, "/app").len(), 1);
    checker.overlay(Path::new("/app/b.ts"), Some(b"let b = 1;".to_vec()));
    assert_eq!(look(&mut checker, "/app"), [""; 0]);
    checker.overlay(Path::new("/app/b.ts"), None);
    assert_eq!(look(&mut checker, "/app"), ["/app/a.ts:1:8 cannot find module \"./b.ts\""]);
}

#[test]
fn what_is_ignored_is_not_looked_at_unless_it_is_named() {
    let mut checker = checker(
        r#"
//- /app/.gitignore
out
//- /app/.git/config
//- /app/sub/.gitignore
*.js
!keep.js
//- /app/sub/a.js
let = ;
//- /app/sub/keep.js
let = ;
//- /app/out/b.js
let = ;
//- /app/.hidden/b.js
let = ;
//- /app/node_modules/b.js
let = ;
"#,
    );
    assert_eq!(look(&mut checker, "/app").len(), 1);
    assert_eq!(look(&mut checker, "/app/sub").len(), 1);
    assert_eq!(look(&mut checker, "/app/out/b.js").len(), 1);
}

#[test]
fn whatever_is_not_finished_is_an_error_with_a_place() {
    for text in [
        "let a = 'x",
        "let a = `x${1",
        "let a = /x",
        "/* x",
        "{ let a",
        "class A {",
        "class A { static",
        "let a = (",
        "f(",
        "x => {",
        "let a = {",
        "switch (a) {",
        "for (",
        "import {",
        "export {",
        "`${`${",
        "\"\\u{",
        "@dec",
        "label:",
        "try {",
        "async function* f(",
        "new.",
        "import.",
        "a?.",
        "#",
        "\\u",
        "0x",
        "1n_",
        "\0",
        "function",
    ] {
        for ending in ["ts", "tsx", "js", "mjs", "cjs"] {
            let mut memory = MemoryFiles::default();
            memory.add(format!("/a.{ending}"), text);
            let report = Checker::new(Arc::new(memory), Config::default()).check(&[PathBuf::from("/")]);
            assert!(!report.diagnostics.is_empty(), "{text:?} in .{ending}");
            for found in report.diagnostics {
                assert!(found.place.is_some() && found.code == "CORONA1011", "{text:?} in .{ending}: {found:?}");
            }
        }
    }
}

#[test]
fn texts_that_are_hard_to_read() {
    let mut memory = MemoryFiles::default();
    memory.add("/bytes.js", b"let a;\nlet b = '\xff';".as_slice());
    memory.add("/mark.js", "\u{feff}let b = ;");
    memory.add("/windows.js", "let a;\r\nlet b = ;\r\n");
    memory.add("/deep.js", format!("{}1{}", "(".repeat(30_000), ")".repeat(30_000)));
    memory.add("/deep.json", format!("{}{}", "[".repeat(30_000), "]".repeat(30_000)));
    memory.add("/long.js", format!("let a = '{}';let b = ;", "x".repeat(5_000_000)));
    memory.add("/use.js", "import './Windows.js'; import './deep.json';");
    let mut checker = Checker::new(Arc::new(memory), Config::default());
    assert_eq!(
        look(&mut checker, "/"),
        [
            "/bytes.js:2:10 cannot read /bytes.js: line 2 is not UTF-8",
            "/deep.js:1:1 the code nests too deeply",
            "/long.js:1:5000020 Expression expected",
            "/mark.js:1:9 Expression expected",
            "/use.js:1:8 cannot find module \"./Windows.js\"",
            "/windows.js:2:9 Expression expected",
        ]
    );
}

#[test]
fn the_order_of_threads_changes_nothing() {
    let mut fixture = String::new();
    for number in 0..60 {
        let imports = [number / 2, 2 * number + 1, 2 * number + 2].into_iter().filter(|other| *other < 60);
        let imports: String = imports.map(|other| format!("import './m{other}.ts';\n")).collect();
        fixture += &format!("//- /app/m{number}.ts\n{imports}import './gone{number}';\nlet x = {};\n", number);
    }
    let expected = look(&mut checker(&fixture), "/app/m0.ts");
    assert_eq!(expected.len(), 60);
    for threads in [1, 2, 7] {
        let mut checker = checker(&fixture);
        checker.threads(threads);
        assert_eq!(look(&mut checker, "/app/m0.ts"), expected);
    }
}

#[test]
fn a_value_that_is_made_of_itself_a_hundred_times_is_made_of_one_read() {
    let text = format!(
        "//- /app/main.js\nimport {{ sleep }} from \"corona\";\nlet total = 0;\nexport function grow() {{\n\
         let sum = total;\n{}sleep(1);\ntotal = sum;\n}}\n",
        "sum = sum + sum;\n".repeat(100)
    );
    assert_eq!(look(&mut checker(&text), "/app").len(), 1);
}
