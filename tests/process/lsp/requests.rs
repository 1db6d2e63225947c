//! What a client asks about a program, over the wire.

use super::workspace;
use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::lsp::{Client, uri};
use serde_json::{Value, json};

const MAIN: &str = "import { atomic } from \"corona\";\nimport { save } from \"./store.ts\";\n\
                    export function run() {\n  atomic(() => {\n    save();\n  });\n}\nrun();\n";
const STORE: &str = "import { sleep } from \"corona\";\nexport function save() {\n  sleep(1);\n}\n";

fn start(name: &str) -> (TempDir, Client) {
    let temp = workspace(name, &[("main.ts", MAIN), ("store.ts", STORE)]);
    let capabilities = json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
        "workspace": { "workspaceEdit": { "documentChanges": true } } });
    let mut client = Client::open(CORONA, temp.path(), capabilities);
    client.open_text(&temp.path().join("main.ts"), MAIN);
    (temp, client)
}

/// Asks about a place in a file.
fn at(client: &mut Client, temp: &TempDir, method: &str, file: &str, line: u32, character: u32) -> Value {
    let document = json!({ "uri": uri(&temp.path().join(file)) });
    let place = json!({ "textDocument": document, "position": { "line": line, "character": character },
        "context": { "includeDeclaration": true }, "newName": "keep" });
    client.request(method, place)
}

fn document(client: &mut Client, temp: &TempDir, method: &str) -> Value {
    let document = json!({ "uri": uri(&temp.path().join("main.ts")) });
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    client.request(method, json!({ "textDocument": document, "range": range }))
}

#[test]
fn a_finding_leads_through_every_hop_and_can_be_suppressed() {
    let (temp, mut client) = start("lsp-finding");
    let main = uri(&temp.path().join("main.ts"));
    let found = client.published(&main);
    assert_eq!(found[0]["code"], "blocking-in-atomic", "{found}");
    let related = found[0]["relatedInformation"].as_array().expect("it has hops");
    let store = uri(&temp.path().join("store.ts"));
    assert!(related.iter().any(|it| it["location"]["uri"] == json!(store)), "{related:?}");
    let range = found[0]["range"].clone();
    let context = json!({ "diagnostics": found });
    let params = json!({ "textDocument": { "uri": main }, "range": range, "context": context });
    let actions = client.request("textDocument/codeAction", params);
    let suppress = actions
        .as_array()
        .expect("a list")
        .iter()
        .find(|it| it["title"].as_str().is_some_and(|title| title.starts_with("Suppress")));
    let edit = &suppress.expect("it can be suppressed")["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"], json!({ "uri": main, "version": 1 }));
    assert_eq!(edit["edits"][0]["range"]["start"], json!({ "line": 4, "character": 0 }));
}

#[test]
fn calls_that_may_suspend_are_marked() {
    let (temp, mut client) = start("lsp-marks");
    let hints = document(&mut client, &temp, "textDocument/inlayHint");
    let places: Vec<&Value> = hints.as_array().expect("a list").iter().map(|it| &it["position"]).collect();
    assert!(places.contains(&&json!({ "line": 4, "character": 4 })), "{places:?}");
    let tokens = document(&mut client, &temp, "textDocument/semanticTokens/full");
    let data = tokens["data"].as_array().expect("numbers");
    assert_eq!(data.len() % 5, 0);
    assert_eq!(data[..5], [json!(3), json!(2), json!(6), json!(0), json!(0)], "the word atomic");
    // One line further down, in column 4, four long: a function that blocks.
    assert_eq!(data[5..10], [json!(1), json!(4), json!(4), json!(1), json!(1)], "the call of save");
    let lenses = document(&mut client, &temp, "textDocument/codeLens");
    assert_eq!(lenses[0]["command"]["title"], "blocks: yes", "{lenses}");
    let hover = at(&mut client, &temp, "textDocument/hover", "main.ts", 4, 5);
    let text = hover["contents"]["value"].as_str().expect("a text");
    assert!(text.starts_with("`save` **blocks**"), "{text}");
    assert!(text.contains("[store.ts:3]"), "the way to what blocks: {text}");
}

#[test]
fn clients_without_markdown_get_plain_texts() {
    let temp = workspace("lsp-plain", &[("main.ts", MAIN), ("store.ts", STORE)]);
    let capabilities = json!({ "textDocument": { "hover": { "contentFormat": ["plaintext"] } } });
    let mut client = Client::open(CORONA, temp.path(), capabilities);
    client.open_text(&temp.path().join("main.ts"), MAIN);
    let hover = at(&mut client, &temp, "textDocument/hover", "main.ts", 4, 5);
    let text = "save blocks\n\n1. sleep may block (corona) (store.ts:3)";
    assert_eq!(hover["contents"], json!({ "kind": "plaintext", "value": text }));
}

#[test]
fn calls_are_followed_both_ways() {
    let (temp, mut client) = start("lsp-calls");
    let root = at(&mut client, &temp, "textDocument/prepareCallHierarchy", "store.ts", 1, 17);
    assert_eq!(root[0]["name"], "save");
    assert_eq!(root[0]["detail"], "blocks");
    let callers = client.request("callHierarchy/incomingCalls", json!({ "item": root[0] }));
    assert_eq!(callers[0]["fromRanges"][0]["start"], json!({ "line": 4, "character": 4 }), "{callers}");
    let root = at(&mut client, &temp, "textDocument/prepareCallHierarchy", "main.ts", 2, 17);
    // Through the function that `atomic` calls.
    let callees = client.request("callHierarchy/outgoingCalls", json!({ "item": root[0] }));
    let unnamed = callees[0]["to"].clone();
    let callers = client.request("callHierarchy/incomingCalls", json!({ "item": unnamed }));
    assert_eq!(callers[0]["from"]["name"], "run", "{callers}");
    let callees = client.request("callHierarchy/outgoingCalls", json!({ "item": unnamed }));
    let callees = callees.as_array().expect("a list");
    let save = callees.iter().find(|it| it["to"]["name"] == "save").unwrap_or_else(|| panic!("{callees:?}"));
    assert_eq!(save["to"]["uri"], json!(uri(&temp.path().join("store.ts"))));
    assert_eq!(save["fromRanges"][0]["start"], json!({ "line": 4, "character": 4 }));
}

#[test]
fn names_are_found_and_changed_in_every_file() {
    let (temp, mut client) = start("lsp-names");
    let store = uri(&temp.path().join("store.ts"));
    let definition = at(&mut client, &temp, "textDocument/definition", "main.ts", 4, 5);
    assert_eq!(definition[0]["uri"], json!(store));
    assert_eq!(definition[0]["range"]["start"], json!({ "line": 1, "character": 16 }));
    let references = at(&mut client, &temp, "textDocument/references", "store.ts", 1, 17);
    assert_eq!(references.as_array().map(Vec::len), Some(3), "{references}");
    let highlights = at(&mut client, &temp, "textDocument/documentHighlight", "main.ts", 4, 5);
    assert_eq!(highlights.as_array().map(Vec::len), Some(2));
    let edit = at(&mut client, &temp, "textDocument/rename", "main.ts", 4, 5);
    assert_eq!(edit["documentChanges"].as_array().map(Vec::len), Some(2), "{edit}");
    let symbols = document(&mut client, &temp, "textDocument/documentSymbol");
    assert_eq!(symbols[0]["name"], "run");
    let symbols = client.request("workspace/symbol", json!({ "query": "sav" }));
    assert_eq!(symbols[0]["location"]["uri"], json!(store));
    let folds = document(&mut client, &temp, "textDocument/foldingRange");
    assert!(folds.as_array().is_some_and(|it| it.contains(&json!({ "startLine": 2, "endLine": 5 }))), "{folds}");
}

#[test]
fn std_is_completed_and_explained() {
    let (temp, mut client) = start("lsp-std");
    let main = temp.path().join("main.ts");
    client.set_text(&main, 2, "import { spawn } from \"corona\";\nspawn(slee\n");
    let items = at(&mut client, &temp, "textDocument/completion", "main.ts", 1, 10);
    let sleep = items["items"].as_array().expect("a list").iter().find(|it| it["label"] == "sleep").expect("it");
    assert_eq!(sleep["additionalTextEdits"][0]["newText"], ", sleep");
    let help = at(&mut client, &temp, "textDocument/signatureHelp", "main.ts", 1, 10);
    assert_eq!(help["activeParameter"], 0);
    assert!(help["signatures"][0]["label"].as_str().is_some_and(|it| it.starts_with("function spawn")), "{help}");
}

#[test]
fn modules_are_completed_with_what_they_are_for() {
    let (temp, mut client) = start("lsp-modules");
    let main = temp.path().join("main.ts");
    client.set_text(&main, 2, "import {  } from \"corona:\";\nimport { sl } from \"corona\";\n");
    let items = at(&mut client, &temp, "textDocument/completion", "main.ts", 0, 25);
    let modules = items["items"].as_array().expect("a list");
    let net = modules.iter().find(|it| it["label"] == "corona:net").unwrap_or_else(|| panic!("{modules:?}"));
    assert_eq!(net["documentation"]["value"], "TCP and Unix-domain sockets.");
    assert_eq!(net["textEdit"]["range"]["start"], json!({ "line": 0, "character": 18 }));
    assert!(modules.iter().all(|it| it["label"] != "corona:atomic"), "nobody writes that: {modules:?}");
    let items = at(&mut client, &temp, "textDocument/completion", "main.ts", 1, 11);
    let exports = items["items"].as_array().expect("a list");
    let sleep = exports.iter().find(|it| it["label"] == "sleep").unwrap_or_else(|| panic!("{exports:?}"));
    let docs = sleep["documentation"]["value"].as_str().expect("a text");
    assert!(docs.contains("Blocks for `ms` milliseconds"), "{docs}");
}

#[test]
fn hops_lead_into_packages_and_into_texts_of_other_folders() {
    let files = [
        (
            "one/main.ts",
            "import { save } from \"store\";\nimport { other } from \"../two/lib.ts\";\natomic: {\n  save();\n  other();\n}\n",
        ),
        ("one/node_modules/store/package.json", "{ \"main\": \"index.js\" }"),
        (
            "one/node_modules/store/index.js",
            "import { sleep } from \"corona\";\nexport function save() { sleep(1); }\n",
        ),
        ("two/lib.ts", "export function other() {}\n"),
    ];
    let temp = workspace("lsp-roots", &files);
    let mut client = Client::start(CORONA, temp.path());
    let folder = |name: &str| json!({ "uri": uri(&temp.path().join(name)), "name": name });
    client.initialize(json!({ "processId": null, "rootUri": null, "workspaceFolders": [folder("one"), folder("two")],
        "capabilities": { "textDocument": { "diagnostic": { "relatedInformation": true } } } }));
    let main = uri(&temp.path().join("one/main.ts"));
    let hops = |client: &mut Client| -> Vec<Value> {
        let report = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": main } }));
        let found = report["items"].as_array().expect("a list");
        found.iter().map(|it| it["relatedInformation"][0]["location"].clone()).collect()
    };
    let place = |name: &str, from: u32, to: u32| {
        json!({ "uri": uri(&temp.path().join(name)), "range":
            { "start": { "line": 1, "character": from }, "end": { "line": 1, "character": to } } })
    };
    let package = place("one/node_modules/store/index.js", 25, 33);
    assert_eq!(hops(&mut client), std::slice::from_ref(&package));
    // What is typed in the other folder, and not saved.
    let lib = temp.path().join("two/lib.ts");
    client.open_text(&lib, "import { sleep } from \"corona\";\nexport function other() { sleep(1); }\n");
    assert_eq!(hops(&mut client), [package, place("two/lib.ts", 26, 34)]);
}
