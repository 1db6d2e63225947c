//! `corona.json`.

use super::files;
use crate::{Checker, Config, MemoryFiles};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Complaints about a configuration: place, message, help.
fn complaints(text: &str) -> Vec<String> {
    let mut memory = MemoryFiles::default();
    memory.add("/corona.json", text);
    let complaints = Config::read(&memory, Path::new("/corona.json")).err().unwrap_or_default();
    let line = |it: &crate::Diagnostic| {
        let position = it.place.as_ref().map(crate::Place::position).expect("it has a place");
        let help = it.help.as_deref().map_or(String::new(), |help| format!("; {help}"));
        format!("{}:{} {}{help}", position.line, position.column, it.message)
    };
    complaints.iter().map(line).collect()
}

#[test]
fn everything_wrong_is_told_with_its_place() {
    let text = r#"{
  "$schema": 1,
  "chekc": {},
  "check": {
    "include": "src",
    "exclude": [1],
    "strict": "yes",
    "lints": { "useless-supression": "off", "useless-suppression": "of", "malformed-suppression": 2 },
    "overrides": [{ "lints": {} }, { "path": [] }, 1],
    "other": null
  }
}"#;
    assert_eq!(
        complaints(text),
        [
            "2:14 \"$schema\" must be a string, got a number",
            "3:3 there is no setting \"chekc\"; did you mean \"check\"?",
            "5:16 \"include\" must be a list, got a string",
            "6:17 an item of \"exclude\" must be a string, got a number",
            "7:15 \"strict\" must be true or false, got a string",
            "8:16 there is no lint \"useless-supression\"; did you mean \"useless-suppression\"?",
            "8:68 there is no level \"of\"; did you mean \"off\"?",
            "8:99 the level of \"malformed-suppression\" must be a string, got a number",
            "9:19 an item of \"overrides\" must have \"paths\"",
            "9:38 there is no setting \"path\" in an item of \"overrides\"; did you mean \"paths\"?",
            "9:52 an item of \"overrides\" must be an object, got a number",
            "10:5 there is no setting \"other\" in \"check\"; there are include, exclude, strict, lints, overrides",
        ]
    );
    assert_eq!(complaints("[]"), ["1:1 the configuration must be an object, got a list"]);
    assert_eq!(complaints("{\n  \"check\": {,}\n}"), ["2:13 not valid JSON: key must be a string"]);
}

#[test]
fn the_nearest_file_counts() {
    let mut memory = MemoryFiles::default();
    for path in ["/corona.json", "/a/corona.json", "/a/b/c.ts"] {
        memory.add(path, "{}");
    }
    let find = |folder: &str| Config::find(&memory, Path::new(folder));
    assert_eq!(find("/a/b"), Some(PathBuf::from("/a/corona.json")));
    assert_eq!(find("/"), Some(PathBuf::from("/corona.json")));
}

/// `file severity` of each finding, with a configuration in `/app/corona.json`.
fn judged(fixture: &str) -> Vec<String> {
    let mut memory = MemoryFiles::default();
    for (path, text) in files(fixture) {
        memory.add(path, text);
    }
    let config = Config::read(&memory, Path::new("/app/corona.json")).unwrap_or_else(|it| panic!("{it:#?}"));
    let report = Checker::new(Arc::new(memory), config).check(&[PathBuf::from("/app")]);
    let line = |it: &crate::Diagnostic| {
        let file = it.place.as_ref().map_or("", |place| &place.file);
        format!("{} {}", file.trim_start_matches("/app/"), it.severity.name())
    };
    report.diagnostics.iter().map(line).collect()
}

#[test]
fn severities_by_lint_and_by_path() {
    let fixture = r#"
//- /app/corona.json
{ "check": {
  "lints": { "useless-suppression": "error" },
  "overrides": [
    { "paths": ["test"], "lints": { "useless-suppression": "off" } },
    { "paths": ["/test/*.mts"], "lints": { "useless-suppression": "warn" } }
  ],
  "exclude": ["gen", "*.gen.ts"],
  "include": ["src", "/test/"]
} }
//- /app/src/a.ts
// corona-ignore useless-suppression: x
//- /app/src/a.gen.ts
// corona-ignore useless-suppression: x
//- /app/src/gen/b.ts
// corona-ignore useless-suppression: x
//- /app/test/a.ts
// corona-ignore useless-suppression: x
//- /app/test/a.mts
// corona-ignore useless-suppression: x
//- /app/main.ts
// corona-ignore useless-suppression: x
"#;
    assert_eq!(judged(fixture), ["src/a.ts error", "test/a.mts warning"]);
}

#[test]
fn the_schema_knows_every_setting_and_every_lint() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../../std/schema/corona.json")).expect("the schema is JSON");
    let keys = |pointer: &str| {
        let object = schema.pointer(pointer).and_then(|it| it.as_object()).unwrap_or_else(|| panic!("no {pointer}"));
        let mut keys: Vec<&str> = object.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys
    };
    let mut lints: Vec<&str> = crate::LINTS.iter().map(|lint| lint.name).collect();
    lints.sort_unstable();
    assert_eq!(keys("/definitions/lints/properties"), lints);
    assert_eq!(keys("/properties"), ["$schema", "check"]);
    assert_eq!(keys("/definitions/check/properties"), ["exclude", "include", "lints", "overrides", "strict"]);
}
