//! What users did wrong: place, message and what to do.

use super::{check_errors, compiler, files, graph};
use crate::Position;
use corona_std::bundle::How;
use corona_std::errors;

#[track_caller]
fn check_help(fixture: &str, help: &str) {
    let complaints = graph(fixture).err().unwrap_or_default();
    let found = complaints.first().and_then(|it| it.help.clone()).unwrap_or_default();
    assert!(found.contains(help), "expected a help with {help:?}, got {complaints:#?}");
}

#[test]
fn syntax_errors_have_places() {
    check_errors(
        r#"
//- /main.ts
const a = 1;
const b = ;
//        ^ Expression expected
"#,
    );
}

#[test]
fn what_is_missing_at_the_end_is_missing_behind_the_last_thing() {
    let complaints = graph("//- /main.ts\nfunction f() {\n  f();\n\n\n").err().unwrap_or_default();
    let place = complaints[0].place.as_ref().expect("it has a place");
    assert_eq!(place.position(), Position { line: 2, column: 7 });
}

#[test]
fn attributes_need_a_brace() {
    // The parser asserts the brace in debug builds, where its panic has no place.
    let complaints = graph("//- /main.js\nimport x from './main.js' with\nexport { x };\n").err().unwrap_or_default();
    let complaint = complaints.first().expect("it is refused");
    assert!(complaint.is_syntax() && complaint.place.is_some(), "{complaint:#?}");
}

#[test]
fn errors_of_other_files_name_them() {
    check_errors(
        r#"
//- /main.ts
import "./other.ts";
//- /other.ts
let x: = 1;
//     ^ Unexpected token '='. Expected an identifier, void, yield, null, await, break, a string literal, a numeric literal, true, false, ', -, import, this, typeof, {, [, (
"#,
    );
}

#[test]
fn every_import_that_leads_nowhere_is_told() {
    check_errors(
        r#"
//- /main.ts
import "./gone.ts";
//     ^ cannot find module "./gone.ts"
export * from "missing";
//            ^ cannot find module "missing"
import type { T } from "./types-only";
"#,
    );
}

#[test]
fn advice_fits_what_was_written() {
    check_help("//- /main.ts\nimport './sever.ts';\n//- /server.ts\n", "did you mean \"./server.ts\"?");
    check_help("//- /main.ts\nimport 'server';\n//- /server.ts\n", "did you mean \"./server.ts\"?");
    check_help("//- /main.ts\nimport '@scope/it/deep';\n", "npm install @scope/it");
    check_help("//- /main.ts\nimport 'node:fs';\n", "corona:fs");
    check_help("//- /main.ts\nimport 'fs/promises';\n", "corona:fs");
    check_help("//- /main.ts\nimport 'corona:fsx';\n", "corona:fs");
    check_help("//- /main.ts\nimport 'internal:core';\n", "standard modules");
    check_help("//- /main.ts\nimport 'https://a/b.js';\n", "URLs");
    check_help("//- /main.ts\nimport '#x';\n", "package.json");
    check_help("//- /main.ts\nimport 'x';\n//- /tsconfig.json\n{ nonsense", "tsconfig.json");
}

#[test]
fn packages_say_why_they_have_no_such_file() {
    check_help(
        r#"
//- /main.ts
import "pkg/secret";
//- /node_modules/pkg/package.json
{ "exports": { ".": "./index.js" } }
//- /node_modules/pkg/index.js
//- /node_modules/pkg/secret.js
"#,
        "\"./secret\" is not exported",
    );
}

#[test]
fn what_suspends_is_refused_in_atomic_blocks() {
    check_errors(
        r#"
//- /main.ts
export async function f(x: Promise<number>) {
  atomic: {
    await x;
//  ^ 'await' may suspend, and nothing may suspend inside an atomic block
    for await (const it of []) {}
//  ^ 'for await' may suspend, and nothing may suspend inside an atomic block
    const later = async () => { await x };
    class C { m = async () => { await x } }
  }
  await x;
}
export function* g() {
  atomic: {
    yield 1;
//  ^ 'yield' may suspend, and nothing may suspend inside an atomic block
    function* inner() { yield 2 }
  }
}
"#,
    );
}

#[test]
fn files_that_cannot_be_read() {
    let code = |fixture: &str, entry: &str| {
        let result = compiler(&files(fixture)).graph(entry, "file:///", How::Import);
        result.err().map(|complaints| (complaints[0].code, complaints[0].message.clone())).expect("it fails")
    };
    let files = "//- /main.ts\n//- /folder/a.ts\n";
    let missing = (errors::UNREADABLE_MODULE, "cannot run /gone.ts: there is no such file".to_owned());
    assert_eq!(code(files, "gone.ts"), missing);
    let folder = (errors::UNREADABLE_MODULE, "cannot run /folder: it is a directory".to_owned());
    assert_eq!(code(files, "./folder"), folder);
    assert_eq!(code("//- /a.css\n", "a.css").0, errors::UNSUPPORTED);
}

#[test]
fn text_that_is_not_utf8() {
    let mut memory = crate::MemoryFiles::default();
    memory.add("/a.js", b"let a;\nlet b = '\xff';".as_slice());
    let compiler = crate::Compiler::with_files(std::sync::Arc::new(memory));
    let complaints = compiler.graph("a.js", "file:///", How::Import).expect_err("it is not UTF-8");
    assert_eq!(complaints[0].message, "cannot read /a.js: line 2 is not UTF-8");
}

#[test]
fn json_errors_have_places() {
    check_errors(
        r#"
//- /main.ts
import data from "./data.json" with { type: "json" };
console.log(data);
//- /data.json
{
  "a": 1,  }
//         ^ not valid JSON: key must be a string
"#,
    );
}

#[test]
fn forms_that_the_kind_of_module_has_no_room_for() {
    check_errors(
        r#"
//- /main.mts
    export = 1;
//  ^ 'export =' makes a CommonJS module, and this file is an ES module
"#,
    );
    check_help("//- /a.cjs\nimport 'x';\n", "CommonJS module");
}

#[test]
fn text_that_nests_without_end_is_an_error_and_no_crash() {
    for (open, middle, close) in [
        ("(", "1", ")"),
        ("[", "", "]"),
        ("{", "", "}"),
        ("!", "1", ""),
        ("- ", "1", ""),
        ("a ? ", "1", " : 2"),
        ("a ? b : ", "1", ""),
        ("x = ", "1", ""),
        ("() => ", "1", ""),
        ("`${", "1", "}`"),
        ("f(", "", ")"),
        ("1 + ", "1", ""),
        ("a.", "a", ""),
        ("new ", "a", ""),
        ("typeof ", "a", ""),
        ("<a>", "", "</a>"),
        ("function f() {", "", "}"),
        ("class A { m() {", "", "} }"),
        ("let x: A<", "B", ">"),
        ("a ** ", "1", ""),
        ("await ", "1", ""),
    ] {
        // swc takes quadratic time for `<a><a>…` in a .ts file.
        let name = if open == "<a>" { "a.tsx" } else { "a.ts" };
        let text = format!("{}{middle}{}", open.repeat(21_000), close.repeat(21_000));
        let mut memory = crate::MemoryFiles::default();
        memory.add(format!("/{name}"), text);
        let compiler = crate::Compiler::with_files(std::sync::Arc::new(memory));
        let _ = compiler.graph(name, "file:///", How::Import);
    }
}

#[test]
fn names_in_jsx_have_a_colon_or_dots() {
    check_errors(
        r#"
//- /main.tsx
const fine = { a: 1 };
const el = <X:y.z/>;
//           ^ a name in JSX has a colon or dots, not both
"#,
    );
}

/// The parser asserts in debug builds that texts like these do not come: found by the fuzzer.
#[test]
fn what_the_parser_takes_for_impossible_is_a_mistake_in_the_text() {
    for (name, text) in [("main.js", "x = 1 /-<!-- a\n/n;\n"), ("m.d.cts", "({ a, b } = c);\nlet x: = 1;\n")] {
        let mut memory = crate::MemoryFiles::default();
        memory.add(format!("/{name}"), text);
        let compiler = crate::Compiler::with_files(std::sync::Arc::new(memory));
        let complaints = compiler.graph(name, "file:///", How::Import).expect_err("it is no program");
        assert!(complaints.iter().all(|it| it.code == corona_std::errors::SYNTAX), "{complaints:?}");
    }
}
