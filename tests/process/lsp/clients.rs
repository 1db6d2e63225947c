//! What clients differ in: units of positions, options, what they can show; and files that vanish under all of them.

use super::{BROKEN, messages, workspace};
use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::lsp::{Client, uri};
use serde_json::{Value, json};
use std::time::Duration;

const SERVICE: &str = "import { sleep } from \"corona\";\nexport function add(): void {}\n\
                       export function pause(): void {\n  sleep(1);\n}\n\
                       export function both(): void {\n  add();\n  pause();\n}\n";

/// A client that says so in its greeting.
fn greet(temp: &TempDir, capabilities: Value, options: Value) -> (Client, Value) {
    let mut client = Client::start(CORONA, temp.path());
    let folders = json!([{ "uri": uri(temp.path()), "name": "it" }]);
    let answer = client.initialize(json!({ "processId": null, "rootUri": null, "workspaceFolders": folders,
        "capabilities": capabilities, "initializationOptions": options }));
    (client, answer)
}

#[test]
fn positions_count_what_was_agreed_on() {
    let text = "const ä = \"😀\"; import \"./missing.ts\";\n";
    for (offered, agreed, start) in [
        (json!(["utf-16", "utf-8"]), "utf-8", 26),
        (json!(["utf-16"]), "utf-16", 23),
        (json!(["utf-32"]), "utf-32", 22),
        (json!([]), "utf-16", 23),
    ] {
        let temp = workspace("lsp-units", &[("a.ts", text)]);
        let a = temp.path().join("a.ts");
        let (mut client, answer) = greet(&temp, json!({ "general": { "positionEncodings": offered } }), json!({}));
        assert_eq!(answer["capabilities"]["positionEncoding"], agreed);
        client.open_text(&a, text);
        let place = |from: u32, to: u32| json!({ "start": { "line": 0, "character": from }, "end": { "line": 0, "character": to } });
        assert_eq!(client.published(&uri(&a))[0]["range"], place(start, start + 14), "{agreed}");
        // What is typed is counted in the same way: the specifier's last character before its quote goes away.
        let change = json!({ "range": place(start + 12, start + 13), "text": "" });
        let document = json!({ "uri": uri(&a), "version": 2 });
        client.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
        assert_eq!(messages(&client.published(&uri(&a))), ["cannot find module \"./missing.t\""], "{agreed}");
    }
}

#[test]
fn beside_typescript_nothing_is_said_twice() {
    let files = [
        ("broken.ts", "let let = ;\n"),
        ("typed.ts", BROKEN),
        ("plain.js", BROKEN),
        ("lacks.ts", "import { b } from \"./typed.ts\";\nb;\n"),
    ];
    let temp = workspace("lsp-beside", &files);
    let capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let all = |options: Value| {
        let (mut client, _) = greet(&temp, capabilities.clone(), options);
        let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
        let items = report["items"].as_array().expect("a list").clone();
        let mut found: Vec<String> = items
            .iter()
            .filter(|it| it["items"].as_array().is_some_and(|items| !items.is_empty()))
            .filter_map(|it| Some(it["uri"].as_str()?.rsplit_once('/')?.1.to_owned()))
            .collect();
        found.sort();
        found
    };
    assert_eq!(all(json!({})), ["broken.ts", "lacks.ts", "plain.js", "typed.ts"]);
    // TypeScript's server does not look for what JavaScript imports.
    assert_eq!(all(json!({ "besideTypeScript": true })), ["plain.js"]);
}

#[test]
fn a_lens_runs_the_file_where_the_editor_can() {
    let temp = workspace("lsp-lens", &[("a.ts", SERVICE)]);
    let a = temp.path().join("a.ts");
    let document = json!({ "textDocument": { "uri": uri(&a) } });
    let titles = |client: &mut Client| -> Vec<String> {
        let lenses = client.request("textDocument/codeLens", document.clone());
        let lenses = lenses.as_array().expect("a list").clone();
        lenses.iter().filter_map(|it| Some(it["command"]["title"].as_str()?.to_owned())).collect()
    };
    let (mut client, _) = greet(&temp, json!({}), json!({}));
    assert_eq!(titles(&mut client), ["blocks: no", "blocks: yes", "blocks: yes"]);
    let (mut client, _) = greet(&temp, json!({}), json!({ "runCommand": true }));
    assert_eq!(titles(&mut client), ["▶ Run with Corona", "blocks: no", "blocks: yes", "blocks: yes"]);
    let lenses = client.request("textDocument/codeLens", document.clone());
    assert_eq!(lenses[0]["command"]["arguments"], json!([a.display().to_string()]));
}

#[test]
fn a_hierarchy_may_be_of_blocking_calls_only() {
    let temp = workspace("lsp-only", &[("a.ts", SERVICE)]);
    let names = |options: Value| -> Vec<String> {
        let (mut client, _) = greet(&temp, json!({}), options);
        let place = json!({ "textDocument": { "uri": uri(&temp.path().join("a.ts")) }, "position": { "line": 5, "character": 17 } });
        let root = client.request("textDocument/prepareCallHierarchy", place);
        let calls = client.request("callHierarchy/outgoingCalls", json!({ "item": root[0] }));
        let calls = calls.as_array().expect("a list").clone();
        calls.iter().filter_map(|it| Some(it["to"]["name"].as_str()?.to_owned())).collect()
    };
    assert_eq!(names(json!({})), ["add", "pause"]);
    assert_eq!(names(json!({ "onlyBlockingCalls": true })), ["pause"]);
}

#[test]
fn files_and_folders_that_vanish_are_survived() {
    let temp = workspace("lsp-vanish", &[("src/a.ts", "import \"./b.ts\";\n"), ("src/b.ts", BROKEN)]);
    let (a, b) = (temp.path().join("src/a.ts"), temp.path().join("src/b.ts"));
    let mut client = Client::open(CORONA, temp.path(), json!({}));
    client.open_text(&b, BROKEN);
    assert_eq!(messages(&client.published(&uri(&b))).len(), 1);
    // Without a word to the server. What is open stays what it is in the editor.
    std::fs::remove_dir_all(temp.path().join("src")).unwrap();
    for path in [&a, &b] {
        let place = json!({ "textDocument": { "uri": uri(path) }, "position": { "line": 0, "character": 9 } });
        for method in
            ["textDocument/hover", "textDocument/definition", "textDocument/codeLens", "textDocument/documentSymbol"]
        {
            client.request(method, place.clone());
        }
    }
    client.set_text(&b, 2, "export {};\n");
    assert_eq!(client.published(&uri(&b)), json!([]));
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(&b) } }));
    let changes = json!([{ "uri": uri(&a), "type": 3 }, { "uri": uri(&b), "type": 3 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    let symbols = client.request("workspace/symbol", json!({ "query": "" }));
    assert_eq!(symbols, json!([]));
    std::fs::remove_dir_all(temp.path()).unwrap();
    client.request("workspace/symbol", json!({ "query": "x" }));
    client.listen(Duration::from_millis(50));
    assert_eq!(client.shut_down().code(), Some(0));
}
