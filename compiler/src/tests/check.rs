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
