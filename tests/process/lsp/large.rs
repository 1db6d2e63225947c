//! A folder of more files than are looked at before anything is said.

use super::{CORONA, messages};
use corona_tests::TempDir;
use corona_tests::lsp::{Client, uri};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What is wrong with the second function is known from its caller alone.
const OPEN: &str = "import { sleep } from \"corona\";
export function wait() { atomic: { sleep(1); } }
export function run(step) { atomic: { step(); } }
";
const CALLER: &str = "import { sleep } from \"corona\";
import { run } from \"./open.js\";
run(() => sleep(1));
";

fn open(name: &str, capabilities: Value) -> (TempDir, PathBuf, Client) {
    let temp = TempDir::new(name);
    let write = |name: &str, text: &str| std::fs::write(temp.path().join(name), text).unwrap();
    (0..500).for_each(|index| write(&format!("m{index}.js"), "export const it = 1;\n"));
    write("open.js", OPEN);
    write("caller.js", CALLER);
    let path = temp.path().join("open.js");
    let mut client = Client::open(CORONA, temp.path(), capabilities);
    client.open_text(&path, OPEN);
    (temp, path, client)
}

#[test]
fn what_is_open_is_looked_at_first() {
    let (_temp, path, mut client) = open("lsp-large-push", json!({}));
    let first = messages(&client.published(&uri(&path)));
    assert!(matches!(&first[..], [only] if only.contains("sleep")), "{first:?}");
    let all = messages(&client.published(&uri(&path)));
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(client.shut_down().code(), Some(0));
}

#[test]
fn whoever_asks_is_told_to_ask_again() {
    let pulls = json!({ "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } } });
    let (_temp, path, mut client) = open("lsp-large-pull", pulls);
    let document = json!({ "textDocument": { "uri": uri(&path) } });
    let first = client.request("textDocument/diagnostic", document.clone());
    assert_eq!(messages(&first["items"]).len(), 1, "{first}");
    let again = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let of_open = again["items"].as_array().and_then(|items| items.iter().find(|it| it["uri"] == uri(&path)));
    assert_eq!(of_open.map(|it| messages(&it["items"]).len()), Some(2), "{again}");
    let is_told = |client: &Client| client.others.iter().any(|it| it["method"] == "workspace/diagnostic/refresh");
    while !is_told(&client) {
        client.listen(std::time::Duration::from_millis(20));
    }
    let all = client.request("textDocument/diagnostic", document);
    assert_eq!(messages(&all["items"]).len(), 2, "{all}");
}

#[test]
fn whoever_cannot_be_told_gets_all_at_once() {
    let (_temp, path, mut client) = open("lsp-large-once", json!({ "textDocument": { "diagnostic": {} } }));
    let report = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri(&path) } }));
    assert_eq!(messages(&report["items"]).len(), 2, "{report}");
}
