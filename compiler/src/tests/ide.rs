//! What editors ask, on fixtures: `$0` is the cursor.

mod edits;
mod fixes;
mod names;

use super::files;
use crate::{Config, Edit, Ide, MemoryFiles};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The program of a fixture, with the file and the offset of its cursor.
fn program(fixture: &str) -> (Ide, PathBuf, usize) {
    let mut memory = MemoryFiles::default();
    let mut cursor = None;
    for (path, text) in files(fixture) {
        if let Some(offset) = text.find("$0") {
            cursor = Some((PathBuf::from(&path), offset));
        }
        memory.add(&path, text.replace("$0", ""));
    }
    let (path, offset) = cursor.expect("a fixture has a cursor");
    (Ide::new(Arc::new(memory), Config::default(), vec![PathBuf::from("/")]), path, offset)
}

/// The files that edits change, as they are afterwards.
fn apply(ide: &Ide, edits: &[Edit]) -> String {
    let mut texts: BTreeMap<&Path, String> = BTreeMap::new();
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.offset));
    for edit in edits {
        let text = texts.entry(&edit.path).or_insert_with(|| ide.text(&edit.path).expect("it is there").to_string());
        text.replace_range(edit.offset..edit.offset + edit.length, &edit.text);
    }
    texts.iter().map(|(path, text)| format!("//- {}\n{text}", path.display())).collect()
}

fn labels(fixture: &str) -> Vec<String> {
    let (mut ide, path, offset) = program(fixture);
    ide.completions(&path, offset).into_iter().map(|it| it.label).collect()
}

#[test]
fn modules_of_std_are_completed_in_specifiers() {
    assert_eq!(labels("//- /a.ts\nimport { x } from \"corona:n$0\n"), ["corona:net"]);
    assert!(labels("//- /a.ts\nimport \"$0\"\n").contains(&"corona:http".to_owned()));
    assert!(labels("//- /a.ts\nconst x = \"corona:$0\"\n").is_empty(), "in a string that is no specifier");
}

#[test]
fn exports_of_std_are_completed_where_they_are_imported_and_where_they_are_used() {
    assert!(labels("//- /a.ts\nimport { $0 } from \"corona:time\";\n").contains(&"Ticker".to_owned()));
    assert!(labels("//- /a.ts\nimport * as time from \"corona:time\";\ntime.$0\n").contains(&"Ticker".to_owned()));
    assert!(labels("//- /a.ts\nimport * as time from \"corona:time\";\nother.$0\n").is_empty());
    assert!(labels("//- /a.ts\n// slee$0\n").is_empty());
}

#[track_caller]
fn check_import(before: &str, after: &str) {
    let (mut ide, path, offset) = program(&format!("//- /a.ts\n{before}"));
    let found = ide.completions(&path, offset);
    let sleep = found.iter().find(|it| it.label == "sleep").expect("it is offered");
    let import = sleep.import.clone().expect("it is not imported");
    assert_eq!(apply(&ide, &[import]), format!("//- /a.ts\n{after}"));
}

#[test]
fn what_is_completed_is_imported() {
    check_import("slee$0\n", "import { sleep } from \"corona\";\nslee\n");
    check_import("#!/usr/bin/env corona\nslee$0\n", "#!/usr/bin/env corona\nimport { sleep } from \"corona\";\nslee\n");
    check_import("import { spawn } from \"corona\";\nslee$0\n", "import { spawn, sleep } from \"corona\";\nslee\n");
    check_import(
        "import a from \"./a\";\nimport {\n  b,\n} from './b';\nslee$0\n",
        "import a from \"./a\";\nimport {\n  b,\n} from './b';\nimport { sleep } from \"corona\";\nslee\n",
    );
    let (mut ide, path, offset) = program("//- /a.ts\nimport { sleep } from \"corona\";\nslee$0\n");
    assert!(ide.completions(&path, offset).is_empty(), "TypeScript completes what is in scope");
}

#[track_caller]
fn check_help(fixture: &str, expected: Option<(&str, usize)>) {
    let (mut ide, path, offset) = program(fixture);
    let help = ide.call_help(&path, offset);
    let found = help.as_ref().map(|help| (help.item.name.as_str(), help.parameter));
    assert_eq!(found, expected, "{fixture}");
}

#[test]
fn arguments_of_std_functions_are_helped_with() {
    let import = "//- /a.ts\nimport { sleep, spawn as start } from \"corona\";\nimport * as all from \"corona\";\n";
    check_help(&format!("{import}sleep($0"), Some(("sleep", 0)));
    check_help(&format!("{import}sleep.future($0"), Some(("sleep", 0)));
    check_help(&format!("{import}start(() => f(1, 2), [3, 4], $0"), Some(("spawn", 2)));
    check_help(&format!("{import}all.spawn(f, $0"), Some(("spawn", 1)));
    check_help(&format!("{import}other($0"), None);
    check_help(&format!("{import}sleep(1); $0"), None);
}

#[test]
fn hovering_shows_what_std_says() {
    let (mut ide, path, offset) = program("//- /a.ts\nimport { sleep as nap } from \"corona\";\nn$0ap(1);\n");
    let hover = ide.hover(&path, offset).expect("there is something to say");
    assert!(hover.text.starts_with("```ts\nfunction sleep(ms: number): void\n```"), "{}", hover.text);
    assert!(hover.text.contains("**blocks** · `corona`"), "{}", hover.text);
    let (mut ide, path, offset) = program("//- /a.ts\nlet x$0 = 1;\n");
    assert_eq!(ide.hover(&path, offset), None, "types are TypeScript's business");
}

#[test]
fn symbols_form_a_tree() {
    let (mut ide, path, _) = program(
        "//- /a.ts\n$0export class Store { stock = 1; take() { const local = 1; } }\nconst save = () => {};\nfunction f() { function g() {} }\n",
    );
    let names = |trees: &[crate::SymbolTree]| trees.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    let found = ide.symbols(&path);
    assert_eq!(names(&found), ["Store", "save", "f"]);
    assert_eq!(names(&found[0].children), ["stock", "take"]);
    assert_eq!(names(&found[2].children), ["g"]);
    let names: Vec<String> = ide.find_symbols("st").into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["Store", "stock"]);
}
