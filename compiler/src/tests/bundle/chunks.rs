//! Files that are loaded when they are asked for: what is in which, and what they are called.

use super::built_with;
use crate::{BuildOptions, Built, Contents, OutputKind};
use std::fmt::Write;

fn built(fixture: &str) -> Built {
    let built = built_with(fixture, BuildOptions::default());
    assert!(!built.has_errors(), "{:#?}", built.diagnostics);
    built
}

/// The names of the files that hold `text`, without their hashes.
fn holders<'a>(built: &'a Built, text: &str) -> Vec<&'a str> {
    let holds = |contents: &Contents| String::from_utf8_lossy(&contents.to_vec()).contains(text);
    let names = built.files.iter().filter(|it| holds(&it.contents)).map(|it| it.name.as_str());
    names.map(|name| name.split(['-', '.']).next().unwrap_or(name)).collect()
}

#[test]
fn a_long_chain_loads_nothing_twice() {
    const LENGTH: usize = 300;
    let mut fixture = String::new();
    for index in 0..LENGTH {
        let next = (index + 1 < LENGTH).then(|| format!("import('./m{}.js').then(console.log);\n", index + 1));
        write!(
            fixture,
            "//- /m{index}.js\nimport {{ shared }} from './shared.js';\nshared({index});\n{}",
            next.unwrap_or_default()
        )
        .expect("writing to memory does not fail");
    }
    fixture += "//- /shared.js\nexport const shared = (n) => globalThis.all.push(n);\n";
    let built = built(&fixture);
    assert_eq!(built.files.len(), LENGTH);
    assert_eq!(holders(&built, "globalThis.all"), ["m0"]);
    assert_eq!(holders(&built, "shared(299)"), ["m299"]);
}

#[test]
fn what_only_some_ways_have_loaded_is_a_file_of_its_own() {
    let built = built(
        r#"
//- /main.js
import("./a.js"); import("./b.js");
//- /a.js
import { log } from "./log.js"; log("a"); import("./last.js");
//- /b.js
import("./last.js");
//- /last.js
import { log } from "./log.js"; log("last");
//- /log.js
export const log = (it) => console.log("logged", it);
"#,
    );
    assert_eq!(holders(&built, "\"logged\""), ["chunk"]);
}

#[test]
fn a_name_changes_with_what_it_leads_to() {
    let names = |last: &str| -> Vec<String> {
        let built = built(&format!(
            "//- /main.js\nimport('./a.js');\n//- /a.js\nimport('./b.js'); import('./c.js');\n//- /b.js\nimport('./a.js'); console.log({last});\n//- /c.js\nconsole.log(1);\n"
        ));
        let chunks = built.files.into_iter().filter(|it| it.kind == OutputKind::Chunk);
        chunks.map(|it| it.name).collect()
    };
    let (before, after) = (names("1"), names("2"));
    let changed: Vec<bool> = before.iter().zip(&after).map(|(before, after)| before != after).collect();
    assert_eq!(changed, [true, true, false], "{before:?} {after:?}");
    assert_eq!(before, names("1"));
}
