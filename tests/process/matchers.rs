//! The problem matchers of the extension for VS Code, by the output that they are for.

use crate::CORONA;
use corona_tests::program::Program;
use corona_tests::{TempDir, root};
use serde_json::{Value, json};
use std::fs;

/// Does what VS Code does with a matcher: lines to a pattern after another, from the first again.
const MATCH: &str = "
import { readTextFile } from 'corona:fs'; import { args } from 'corona:process';
const [extension, name, output] = args;
const { problemMatchers } = JSON.parse(readTextFile(extension)).contributes;
const patterns = [problemMatchers.find((it) => it.name === name).pattern].flat();
const found = [];
let at = 0, problem = {};
for (const line of readTextFile(output).split('\\n')) {
  const match = new RegExp(patterns[at].regexp).exec(line);
  if (!match) { at = 0; problem = {}; continue; }
  for (const [part, group] of Object.entries(patterns[at])) if (typeof group === 'number') problem[part] = match[group];
  at = (at + 1) % patterns.length;
  if (at === 0) { found.push([problem.file, Number(problem.line), Number(problem.column), problem.severity, problem.code]); problem = {}; }
}
console.log(JSON.stringify(found));
";

const SOURCE: &str = "import { atomic, sleep } from 'corona';
atomic(() => { rest(); });
function rest() { sleep(1); }
// corona-ignore blocking-in-atomic
import './missing.ts';
export const later = [1].map((it) => sleep(it));
";

#[test]
fn every_finding_is_matched_in_every_format() {
    let temp = TempDir::new("matchers");
    fs::write(temp.path().join("main.ts"), SOURCE).expect("the temporary folder can be written");
    fs::write(temp.path().join("match.ts"), MATCH).expect("the temporary folder can be written");
    let output = |args: &[&str]| Program::start(CORONA, temp.path(), args).finish().stdout;
    let check = |format: &str| output(&["check", "--strict", &format!("--format={format}"), "main.ts"]);
    let report: Value = serde_json::from_str(&check("json")).expect("it is JSON");
    let findings = report["findings"].as_array().expect("a list");
    let place = |it: &Value| {
        let place = &it["place"];
        json!([place["file"], place["line"], place["column"], it["severity"], it["code"]])
    };
    let expected: Vec<Value> = findings.iter().map(place).collect();
    assert!(findings.len() >= 3 && findings.iter().any(|it| it["lint"].is_null()), "{report}");
    let extension = root().join("editors/vscode/package.json").display().to_string();
    for (format, matcher) in [("full", "corona"), ("full", "corona-watch"), ("concise", "corona-concise")] {
        fs::write(temp.path().join("output.txt"), check(format)).expect("the temporary folder can be written");
        let found = output(&["run", "match.ts", &extension, matcher, "output.txt"]);
        let found: Value = serde_json::from_str(&found).unwrap_or_else(|error| panic!("{error}: {found}"));
        assert_eq!(found, json!(expected), "{matcher}");
    }
}
