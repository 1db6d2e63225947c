//! What users did wrong in a build: all of it at once, with places.

use super::built;

/// Code, place, message and help of every complaint.
#[track_caller]
fn check(fixture: &str, expected: &[&str]) {
    let found: Vec<String> = built(fixture)
        .diagnostics
        .iter()
        .map(|it| {
            let place = it.place.as_ref().map(|place| {
                let position = place.position();
                format!("{}:{}:{} ", place.file, position.line, position.column)
            });
            let help = it.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
            format!("{} {}{}{help}", it.code, place.unwrap_or_default(), it.message)
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn imports_of_nothing_are_told_with_what_is_near() {
    check(
        r#"
//- /main.js
import { conect } from "./net.js";
import nothing from "./net.js";
import { x } from "./gone.js";
console.log(conect, nothing, x);
//- /net.js
export const connect = 1;
"#,
        &[
            "CORONA1012 /main.js:3:19 cannot find module \"./gone.js\" (there is no such file)",
            "CORONA1030 /main.js:1:10 net.js has no export \"conect\" (did you mean \"connect\"?)",
            "CORONA1030 /main.js:2:8 net.js has no export \"default\" (it has no default export: import what it has by name, in braces)",
        ],
    );
}

#[test]
fn exports_that_mean_two_things_mean_none() {
    check(
        r#"
//- /main.js
import { x, y } from "./index.js";
console.log(x, y);
//- /index.js
export * from "./a.js";
export * from "./b.js";
//- /a.js
export const x = 1;
export { y } from "./c.js";
//- /b.js
export const x = 2;
export { y } from "./c.js";
//- /c.js
export const y = 3;
"#,
        &[
            "CORONA1031 /main.js:1:10 \"x\" means two things in index.js: more than one \"export *\" has it (export it by name from one of them)",
        ],
    );
}

#[test]
fn circles_of_exports_are_told() {
    check(
        r#"
//- /main.js
import { x } from "./a.js";
console.log(x);
//- /a.js
export { x } from "./b.js";
//- /b.js
export { x } from "./a.js";
"#,
        &[
            "CORONA1032 /main.js:1:10 \"x\" is exported in a circle: a.js passes on what it is passed",
            "CORONA1032 /a.js:1:10 \"x\" is exported in a circle: b.js passes on what it is passed",
            "CORONA1032 /b.js:1:10 \"x\" is exported in a circle: a.js passes on what it is passed",
        ],
    );
}

#[test]
fn require_cannot_wait() {
    let complaints =
        built("//- /main.cjs\nrequire('./a.mjs');\n//- /a.mjs\nimport './b.mjs';\n//- /b.mjs\nawait 0;\n").diagnostics;
    assert_eq!(complaints[0].code, "CORONA1033");
}

#[test]
fn errors_of_all_files_are_told() {
    check(
        "//- /main.js\nimport './a.js';\nimport './b.js';\n//- /a.js\nlet a = ;\n//- /b.js\nlet b = ;\n",
        &["CORONA1011 /a.js:1:9 Expression expected", "CORONA1011 /b.js:1:9 Expression expected"],
    );
}

#[test]
fn imports_cannot_be_assigned_to() {
    check(
        "//- /main.js\nimport { a } from './a.js';\na = 1; a++; [a] = [2];\n//- /a.js\nexport let a;\n",
        &[
            "CORONA1011 /main.js:2:1 cannot assign to \"a\": it is an import",
            "CORONA1011 /main.js:2:8 cannot assign to \"a\": it is an import",
            "CORONA1011 /main.js:2:14 cannot assign to \"a\": it is an import",
        ],
    );
}

#[test]
fn the_top_level_declares_each_name_once() {
    check(
        "//- /main.js\nimport { a } from './a.js';\nlet a, b; var b;\nfunction f() {}\nfunction f() {}\nfor (const x of [1]) { var c; }\nlet c;\n//- /a.js\nexport let a;\n",
        &[
            "CORONA1011 /main.js:2:5 \"a\" has already been declared",
            "CORONA1011 /main.js:2:15 \"b\" has already been declared",
            "CORONA1011 /main.js:4:10 \"f\" has already been declared",
            "CORONA1011 /main.js:6:5 \"c\" has already been declared",
        ],
    );
    let fine = "//- /main.ts\nvar a = 1; var a = 2; { let a = 3; function f() {} } function f(): void; function f(a?: number) {}\n\
                enum E { A } enum E { B = 1 } class C {} namespace C { export const x = 1; } interface I {} interface I {}\n\
                console.log(a, f, E, C, null as I);\n";
    check(fine, &[]);
}

#[test]
fn an_entry_that_is_missing_is_an_error() {
    let options = crate::BuildOptions { entries: vec!["/man.js".into()], ..Default::default() };
    let built = super::built_with("//- /main.js\n", options);
    assert_eq!(built.diagnostics[0].help.as_deref(), Some("did you mean \"./main.js\"?"));
    assert!(built.files.is_empty());
}

#[test]
fn definitions_must_be_expressions() {
    let define = vec![("A".to_owned(), "pro duction".to_owned()), ("B-C".to_owned(), "1".to_owned())];
    let built = super::built_with("//- /main.js\n", crate::BuildOptions { define, ..Default::default() });
    let found: Vec<_> = built.diagnostics.iter().map(|it| (it.code, it.message.as_str())).collect();
    assert_eq!(
        found,
        [
            ("CORONA1034", "cannot define \"A\" as pro duction: that is no JavaScript expression"),
            ("CORONA1034", "cannot define \"B-C\": it is no name, or names with dots between"),
        ]
    );
}
