//! What can be done about a finding: every action, as the text that it leads to.

use super::workspace;
use crate::CORONA;
use corona_tests::lsp::{Client, uri};
use serde_json::{Value, json};

/// The text after the action of that title, asked for at `at`: the first place where that stands, or a selection.
fn after(text: &str, at: &str, only: Option<&str>, title: &str) -> String {
    let temp = workspace("lsp-actions", &[("a.ts", text)]);
    let a = temp.path().join("a.ts");
    let encodings = json!({ "general": { "positionEncodings": ["utf-8"] } });
    let mut client = Client::open(CORONA, temp.path(), encodings);
    client.open_text(&a, text);
    let start = text.find(at).expect("it stands there");
    let range = json!({ "start": position(text, start), "end": position(text, start + at.len()) });
    let context = json!({ "diagnostics": [], "only": only.map(|it| vec![it]) });
    let params = json!({ "textDocument": { "uri": uri(&a) }, "range": range, "context": context });
    let actions = client.request("textDocument/codeAction", params);
    let actions = actions.as_array().expect("a list");
    let titles: Vec<&Value> = actions.iter().map(|it| &it["title"]).collect();
    let action = actions.iter().find(|it| it["title"] == title);
    let edit = &action.unwrap_or_else(|| panic!("no {title:?} among {titles:?}"))["edit"];
    let mut edits = edit["changes"][uri(&a)].as_array().expect("edits of the file").clone();
    edits.sort_by_key(|it| std::cmp::Reverse(offset(text, &it["range"]["start"])));
    let mut changed = text.to_owned();
    for edit in edits {
        let range = offset(text, &edit["range"]["start"])..offset(text, &edit["range"]["end"]);
        changed.replace_range(range, edit["newText"].as_str().expect("a text"));
    }
    changed
}

fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.matches('\n').count();
    json!({ "line": line, "character": offset - before.rfind('\n').map_or(0, |at| at + 1) })
}

fn offset(text: &str, position: &Value) -> usize {
    let number = |name: &str| usize::try_from(position[name].as_u64().expect("a number")).expect("it fits");
    text.split_inclusive('\n').take(number("line")).map(str::len).sum::<usize>() + number("character")
}

const BLOCK: &str = "import { sleep } from \"corona\";\nlet count = 0;\natomic: {\n  sleep(1);\n  count += 1;\n}\n";

#[test]
fn a_call_is_started_inside_and_waited_for_afterwards() {
    let title = "Start sleep inside, and wait for it after the section";
    let text = after(BLOCK, "sleep(1)", None, title);
    let expected = "let started: ReturnType<typeof sleep.future> | undefined;\natomic: {\n  started = sleep.future(1);\n  count += 1;\n}\nstarted?.get();\n";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn a_call_is_done_before_the_block() {
    let text = after(BLOCK, "sleep(1)", None, "do it before the block");
    assert!(text.contains("= sleep(1);\natomic: {\n"), "{text}");
}

#[test]
fn a_finding_is_suppressed_with_a_reason_to_be_written() {
    let text = after(BLOCK, "sleep(1)", Some("quickfix"), "Suppress blocking-in-atomic here, with a reason");
    assert!(
        text.contains("  // corona-ignore blocking-in-atomic: FIXME say why this is right here\n  sleep(1);\n"),
        "{text}"
    );
}

#[test]
fn selected_statements_are_wrapped() {
    let text = "let one = 1;\nlet two = 2;\none += 1;\ntwo += one;\n";
    let wrapped = after(text, "one += 1;\ntwo += one;", Some("refactor"), "Wrap in an atomic block");
    assert_eq!(wrapped, "let one = 1;\nlet two = 2;\natomic: {\n  one += 1;\n  two += one;\n}\n");
}

#[test]
fn all_that_is_safe_is_fixed_at_once() {
    let comment = "// corona-ignore blocking-in-atomic: it was needed once\n";
    let text = format!("{comment}let one = 1;\n{comment}one += 1;\n");
    let fixed = after(&text, "let", Some("source.fixAll"), "Corona: fix all that can be fixed safely");
    assert_eq!(fixed, "let one = 1;\none += 1;\n");
}
