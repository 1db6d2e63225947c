//! The language server: the life of a session, and what bad clients do to it.

mod actions;
mod clients;
mod edits;
mod large;
mod requests;

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::lsp::{Client, uri};
use serde_json::{Value, json};
use std::fs::write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const BROKEN: &str = "import \"./missing.ts\";\n";

fn workspace(name: &str, files: &[(&str, &str)]) -> TempDir {
    let temp = TempDir::new(name);
    for (path, text) in files {
        let path = temp.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).unwrap();
        write(path, text).unwrap();
    }
    temp
}

fn messages(diagnostics: &Value) -> Vec<String> {
    let list = diagnostics.as_array().expect("a list");
    list.iter()
        .map(|it| it["message"].as_str().unwrap_or_default().lines().next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn a_session_begins_and_ends_in_order() {
    let temp = workspace("lsp-life", &[]);
    let mut client = Client::start(CORONA, temp.path());
    let early = client.ask("textDocument/hover", json!({}));
    assert_eq!(client.answer(&json!(early))["error"]["code"], -32002, "nothing before initialize");
    let result = client.initialize(json!({ "processId": null, "rootUri": uri(temp.path()), "capabilities":
        { "general": { "positionEncodings": ["utf-16", "utf-8"] } } }));
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-8");
    assert_eq!(result["serverInfo"]["name"], "corona");
    let second = client.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(client.answer(&json!(second))["error"]["code"], -32600, "initialize is said once");
    client.request("shutdown", Value::Null);
    let late = client.ask("textDocument/hover", json!({}));
    assert_eq!(client.answer(&json!(late))["error"]["code"], -32600, "nothing after shutdown");
    client.notify("exit", Value::Null);
    assert_eq!(client.end(Duration::from_secs(5)).code(), Some(0));
}

#[test]
fn exit_without_shutdown_is_a_failure() {
    let temp = workspace("lsp-exit", &[]);
    let mut client = Client::open(CORONA, temp.path(), json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.end(Duration::from_secs(5)).code(), Some(1));
}

#[test]
fn diagnostics_follow_what_is_typed_in_every_file() {
    let temp = workspace("lsp-push", &[("a.ts", "import \"./b.ts\";\n"), ("b.ts", BROKEN)]);
    let (a, b) = (temp.path().join("a.ts"), temp.path().join("b.ts"));
    let mut client = Client::open(CORONA, temp.path(), json!({}));
    assert_eq!(messages(&client.published(&uri(&b))), ["cannot find module \"./missing.ts\""]);
    // An unsaved text of a file that is on no disk is seen by those that import it.
    client.open_text(&temp.path().join("missing.ts"), "export {};\n");
    assert_eq!(client.published(&uri(&b)), json!([]));
    client.open_text(&a, "import \"./b.ts\";\nimport \"./😀\";\n");
    let found = client.published(&uri(&a));
    assert_eq!(messages(&found), ["cannot find module \"./😀\""]);
    assert_eq!(
        found[0]["range"],
        json!({ "start": { "line": 1, "character": 7 }, "end": { "line": 1, "character": 13 } })
    );
    assert_eq!(found[0]["source"], "corona");
    let change = json!({ "range": { "start": { "line": 1, "character": 7 }, "end": { "line": 1, "character": 13 } },
        "text": "\"./b.ts\"" });
    client.notify(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri(&a), "version": 2 },
        "contentChanges": [change] }),
    );
    assert_eq!(client.published(&uri(&a)), json!([]));
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(&temp.path().join("missing.ts")) } }));
    assert_eq!(messages(&client.published(&uri(&b))).len(), 1, "what was not saved is gone");
    assert_eq!(client.shut_down().code(), Some(0));
}

#[test]
fn files_that_change_on_the_disk_are_looked_at_again() {
    let temp = workspace("lsp-watch", &[("a.ts", BROKEN)]);
    let (a, missing) = (temp.path().join("a.ts"), temp.path().join("missing.ts"));
    let mut client = Client::open(CORONA, temp.path(), json!({}));
    assert_eq!(messages(&client.published(&uri(&a))).len(), 1);
    let changed = |client: &mut Client, path, kind| {
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(path), "type": kind }] }));
    };
    write(&missing, "export {};\n").unwrap();
    changed(&mut client, &missing, 1);
    assert_eq!(client.published(&uri(&a)), json!([]));
    std::fs::remove_file(&missing).unwrap();
    changed(&mut client, &missing, 3);
    assert_eq!(messages(&client.published(&uri(&a))).len(), 1);
    std::fs::remove_file(&a).unwrap();
    changed(&mut client, &a, 3);
    assert_eq!(client.published(&uri(&a)), json!([]));
    write(temp.path().join("corona.json"), "{ \"chekc\": {} }").unwrap();
    changed(&mut client, &temp.path().join("corona.json"), 1);
    let found = client.published(&uri(&temp.path().join("corona.json")));
    assert_eq!(messages(&found), ["there is no setting \"chekc\""]);
    assert!(client.others.iter().any(|it| it["method"] == "client/registerCapability"));
}

#[test]
fn folders_come_and_go() {
    let temp = workspace("lsp-folders", &[("one/a.ts", BROKEN), ("two/b.ts", BROKEN), ("c.ts", BROKEN)]);
    let (one, two) = (temp.path().join("one"), temp.path().join("two"));
    let mut client = Client::open(CORONA, &one, json!({}));
    let (a, b) = (uri(&one.join("a.ts")), uri(&two.join("b.ts")));
    assert_eq!(messages(&client.published(&a)).len(), 1);
    let folder = |path: &std::path::Path| json!([{ "uri": uri(path), "name": "x" }]);
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": folder(&two), "removed": [] } }));
    assert_eq!(messages(&client.published(&b)).len(), 1);
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": [], "removed": folder(&one) } }));
    assert_eq!(client.published(&a), json!([]));
    // A file outside of every folder is a program of its own.
    client.open_text(&temp.path().join("c.ts"), BROKEN);
    assert_eq!(messages(&client.published(&uri(&temp.path().join("c.ts")))).len(), 1);
}

#[test]
fn clients_that_ask_get_answers_instead() {
    let temp = workspace("lsp-pull", &[("a.ts", BROKEN), ("b.ts", "")]);
    let capabilities = json!({ "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } } });
    let mut client = Client::open(CORONA, temp.path(), capabilities);
    let document = |name: &str| json!({ "uri": uri(&temp.path().join(name)) });
    let report = client.request("textDocument/diagnostic", json!({ "textDocument": document("a.ts") }));
    assert_eq!(report["kind"], "full");
    assert_eq!(messages(&report["items"]).len(), 1);
    let again = json!({ "textDocument": document("a.ts"), "previousResultId": report["resultId"] });
    assert_eq!(client.request("textDocument/diagnostic", again)["kind"], "unchanged");
    let all = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(all["items"].as_array().map(Vec::len), Some(1));
    client.listen(Duration::from_millis(300));
    assert!(client.diagnostics.is_empty(), "nothing is sent to whoever asks");
    assert!(client.others.iter().any(|it| it["method"] == "workspace/diagnostic/refresh"));
}

#[test]
fn what_no_client_should_send_is_refused_and_hurts_nobody() {
    let temp = workspace("lsp-bad", &[("a.ts", BROKEN)]);
    let mut client = Client::open(CORONA, temp.path(), json!({}));
    let unknown = client.ask("no/such/method", json!({}));
    assert_eq!(client.answer(&json!(unknown))["error"]["code"], -32601);
    let wrong = client.ask("textDocument/codeAction", json!({ "textDocument": 5 }));
    assert_eq!(client.answer(&json!(wrong))["error"]["code"], -32602);
    client.write(b"Content-Length: 5\r\n\r\n{\"a\":");
    assert_eq!(client.answer(&Value::Null)["error"]["code"], -32700);
    client.write(b"Content-Length: 2\r\n\r\n[]");
    assert_eq!(client.answer(&Value::Null)["error"]["code"], -32600);
    client.notify("no/such/notification", json!({ "x": [1] }));
    client.notify("textDocument/didChange", json!({ "textDocument": {} }));
    client.notify("$/cancelRequest", json!({ "id": 77 }));
    for target in ["untitled:Untitled-1", "file:///", "file:///%ff", "no uri"] {
        let document = json!({ "uri": target, "languageId": "typescript", "version": 1, "text": "import 'x" });
        client.notify("textDocument/didOpen", json!({ "textDocument": document }));
        let far = json!({ "start": { "line": 9, "character": 9 }, "end": { "line": 1, "character": 1 } });
        client.notify(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": target, "version": 2 },
            "contentChanges": [{ "range": far, "text": "\u{1F600}" }] }),
        );
    }
    let text = format!("const x = \"{}\";\n", "y".repeat(8 << 20));
    client.open_text(&temp.path().join("huge.ts"), &text);
    client.open_text(&temp.path().join("deep.ts"), &"[".repeat(100_000));
    assert_eq!(messages(&client.published(&uri(&temp.path().join("deep.ts")))), ["the code nests too deeply"]);
    assert_eq!(client.shut_down().code(), Some(0));
}

#[test]
fn a_request_that_waits_can_be_cancelled() {
    let temp = workspace("lsp-cancel", &[("a.ts", BROKEN)]);
    let mut client = Client::open(CORONA, temp.path(), json!({ "textDocument": { "diagnostic": {} } }));
    let text = "const x = [1, 2, 3].map((it) => it + 1);\n".repeat(50_000);
    client.open_text(&temp.path().join("large.ts"), &text);
    let document = json!({ "uri": uri(&temp.path().join("a.ts")) });
    let first = client.ask("textDocument/diagnostic", json!({ "textDocument": document }));
    let second = client.ask("textDocument/diagnostic", json!({ "textDocument": document }));
    client.notify("$/cancelRequest", json!({ "id": second }));
    assert_eq!(client.answer(&json!(second))["error"]["code"], -32800);
    assert_eq!(client.answer(&json!(first))["result"]["kind"], "full");
}

#[test]
fn a_client_that_is_gone_is_not_outlived() {
    let temp = workspace("lsp-gone", &[]);
    let mut client = Client::open(CORONA, temp.path(), json!({}));
    let started = Instant::now();
    client.hang_up();
    assert_eq!(client.end(Duration::from_secs(1)).code(), Some(1));
    assert!(started.elapsed() < Duration::from_secs(1));
    // Standard input stays open, but the process that is named as the parent ends.
    let mut parent = Command::new("sleep").arg("100").stdout(Stdio::null()).spawn().unwrap();
    let mut client = Client::start(CORONA, temp.path());
    client.initialize(json!({ "processId": parent.id(), "rootUri": null, "capabilities": {} }));
    parent.kill().unwrap();
    parent.wait().unwrap();
    assert_eq!(client.end(Duration::from_secs(2)).code(), Some(1));
}
