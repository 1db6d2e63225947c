//! Definition, references, rename.

use super::{apply, program};
use crate::Spot;

/// The program with brackets around what is found.
fn marked(fixture: &str, query: impl FnOnce(&mut crate::Ide, &std::path::Path, usize) -> Vec<Spot>) -> String {
    let (mut ide, path, offset) = program(fixture);
    let found = query(&mut ide, &path, offset);
    let edits = |it: &Spot| {
        let text = ide.text(&it.path).expect("it is there")[it.start..it.end].to_owned();
        crate::Edit { path: it.path.clone(), offset: it.start, length: it.end - it.start, text: format!("[{text}]") }
    };
    let edits: Vec<crate::Edit> = found.iter().map(edits).collect();
    apply(&ide, &edits)
}

#[track_caller]
fn check_definition(fixture: &str, expected: &str) {
    let found = marked(fixture, |ide, path, offset| ide.definition(path, offset));
    assert_eq!(found.trim(), expected.trim());
}

#[track_caller]
fn check_references(fixture: &str, expected: &str) {
    let found = marked(fixture, |ide, path, offset| ide.references(path, offset, true));
    assert_eq!(found.trim(), expected.trim());
}

#[track_caller]
fn check_rename(fixture: &str, expected: &str) {
    let (mut ide, path, offset) = program(fixture);
    match ide.rename(&path, offset, "fresh") {
        Ok(edits) => assert_eq!(apply(&ide, &edits).trim(), expected.trim()),
        Err(why) => assert_eq!(why, expected),
    }
}

#[test]
fn definitions_are_found_in_their_scope_and_through_modules() {
    check_definition("//- /a.ts\nlet x = 1;\n{ let x = 2; $0x; }\n", "//- /a.ts\nlet x = 1;\n{ let [x] = 2; x; }");
    check_definition(
        "//- /a.ts\nimport { three } from \"./b\";\n$0three();\n//- /b.ts\nexport * from \"./c\";\n//- /c.ts\nexport { f as three } from \"./d\";\n//- /d.ts\nexport function f() {}\n",
        "//- /d.ts\nexport function [f]() {}",
    );
    check_definition(
        "//- /a.ts\nimport * as b from \"./b\";\nb.$0f();\n//- /b.ts\nexport function f() {}\n",
        "//- /b.ts\nexport function [f]() {}",
    );
    check_definition(
        "//- /a.ts\nexport * from \"./b\";\nimport { x$0 } from \"./a\";\n//- /b.ts\nexport * from \"./a\";\n",
        "//- /a.ts\nexport * from \"./b\";\nimport { [x] } from \"./a\";",
    );
}

#[test]
fn references_are_found_in_every_importer() {
    check_references(
        "//- /a.ts\nexport function $0f() {}\nf();\n//- /b.ts\nimport { f } from \"./a\";\nfunction g(f) { f; }\nf();\n//- /c.ts\nexport { f } from \"./a\";\n//- /d.ts\nimport * as c from \"./c\";\nc.f();\n",
        "//- /a.ts\nexport function [f]() {}\n[f]();\n//- /b.ts\nimport { [f] } from \"./a\";\nfunction g(f) { f; }\n[f]();\n//- /c.ts\nexport { [f] } from \"./a\";\n//- /d.ts\nimport * as c from \"./c\";\nc.[f]();\n",
    );
}

#[test]
fn names_are_renamed_where_they_mean_the_same() {
    check_rename(
        "//- /a.ts\nexport const f = 1;\nconst o = { f };\n//- /b.ts\nimport { $0f } from \"./a\";\nconst { f: g } = { f };\nf;\n//- /c.ts\nimport { f as h } from \"./a\";\nh;\n",
        "//- /a.ts\nexport const fresh = 1;\nconst o = { f: fresh };\n//- /b.ts\nimport { fresh } from \"./a\";\nconst { f: g } = { f: fresh };\nfresh;\n//- /c.ts\nimport { fresh as h } from \"./a\";\nh;\n",
    );
    check_rename(
        "//- /a.ts\nconst $0f = 1;\nexport { f as other };\n//- /b.ts\nimport { other } from \"./a\";\nother;\n",
        "//- /a.ts\nconst fresh = 1;\nexport { fresh as other };\n",
    );
    check_rename(
        "//- /a.ts\nimport { $0sleep } from \"corona\";\nsleep(1);\n",
        "//- /a.ts\nimport { sleep as fresh } from \"corona\";\nfresh(1);\n",
    );
    check_rename("//- /a.ts\nlet $0x = 1; let fresh = 2;\n", "there is a \"fresh\" in /a.ts already");
    check_rename("//- /a.ts\nlet x = $01;\n", "there is no name of the program here");
}
