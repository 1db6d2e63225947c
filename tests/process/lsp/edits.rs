//! Random edits over the wire, with every kind of question in between: what the client is shown is what a server that was
//! started just now shows, and no question fails. `cargo x edits` asks for more of them.

use super::workspace;
use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::lsp::{Client, uri};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How many in every run.
const EDITS: usize = 1000;
/// After so many it is compared.
const COMPARED_EVERY: usize = 25;
/// How long what is shown may take to become right.
const LIMIT: Duration = Duration::from_secs(60);

const FILES: &[(&str, &str)] = &[
    (
        "a.ts",
        "import { save, load } from \"./b\";\nimport { atomic, sleep } from \"corona\";\n\
         export function run() {\n  atomic(() => { load(); save(1); });\n  atomic: { load(); }\n}\nrun();\n",
    ),
    (
        "b.ts",
        "import { nap } from \"./lib/c\";\nexport function load() { return nap; }\n\
         export function save(x) { if (x) nap(); }\n",
    ),
    (
        "lib/c.ts",
        "import { sleep } from \"corona\";\nexport const nap = () => sleep(1);\n\
         export class Store { take() { this.#wait(); } #wait() { nap(); } }\n",
    ),
    (
        "d.js",
        "import { Store } from \"./lib/c.ts\";\r\nimport \"./gone\";\r\nconst store = new Store();\r\n\
         // corona-ignore blocking-in-atomic: it is short\r\natomic: { store.take(); }\r\n",
    ),
];

const PIECES: &[&str] = &[
    "",
    " ",
    "\n",
    "\r\n",
    "\r",
    ";",
    "{",
    "}",
    "(",
    ")",
    "\"",
    "`${",
    "//",
    "/*",
    "é😀",
    "await ",
    "nap();",
    "sleep(1);",
    "import { nap } from \"./lib/c\";\n",
    "import \"./e\";\n",
    "export ",
    "atomic: { sleep(1); }\n",
    ".",
    "=>",
    "// corona-ignore blocking-in-atomic: because\n",
    "function f() { nap(); }\n",
    "import { sleep } from \"corona\";\natomic(() => sleep(1));\n",
];

/// What an editor asks about a place or a range.
const QUESTIONS: &[&str] = &[
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/completion",
    "textDocument/signatureHelp",
    "textDocument/prepareCallHierarchy",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/inlayHint",
    "textDocument/codeLens",
    "textDocument/codeAction",
    "textDocument/semanticTokens/full",
    "workspace/symbol",
];

/// A generator of numbers that gives the same ones for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }

    fn boundary(&mut self, text: &str) -> usize {
        let offset = self.below(text.len() + 1);
        boundary(text, offset)
    }
}

/// The next place before that the protocol can name: there is none between a carriage return and its line feed.
fn boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) || (text[..offset].ends_with('\r') && text[offset..].starts_with('\n')) {
        offset -= 1;
    }
    offset
}

/// What an editor knows of an open text.
struct Text {
    content: String,
    version: i64,
}

/// An editor: its texts, and what it shows of each file.
struct Editor {
    temp: TempDir,
    client: Client,
    random: Random,
    unit: &'static str,
    open: BTreeMap<PathBuf, Text>,
    shown: BTreeMap<String, Value>,
}

impl Editor {
    fn start(unit: &'static str, seed: u64) -> Editor {
        let temp = workspace(&format!("lsp-edits-{unit}"), FILES);
        let client = Client::open(CORONA, temp.path(), capabilities(unit));
        Editor { temp, client, random: Random(seed), unit, open: BTreeMap::new(), shown: BTreeMap::new() }
    }

    /// Changes a text in the editor or on the disk, opens or closes one.
    fn edit(&mut self) {
        let index = self.random.below(FILES.len() + 1);
        let (name, original) = FILES.get(index).copied().unwrap_or(("e.ts", "export {};\n"));
        let path = self.temp.path().join(name);
        match (self.random.below(20), self.open.contains_key(&path)) {
            (0, true) => {
                self.open.remove(&path);
                self.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(&path) } }));
            }
            (0 | 1, false) => self.change_on_disk(&path, original),
            (1, true) => {
                // Texts that stay broken for ever would test nothing but the parser.
                let text = self.open.get_mut(&path).expect("it is open");
                original.clone_into(&mut text.content);
                text.version += 1;
                self.client.set_text(&path, text.version, original);
            }
            (_, false) => {
                let content = std::fs::read_to_string(&path).unwrap_or_default();
                self.client.open_text(&path, &content);
                self.open.insert(path, Text { content, version: 1 });
            }
            (_, true) => self.type_into(&path),
        }
    }

    /// One to three changes in one message.
    fn type_into(&mut self, path: &PathBuf) {
        let text = self.open.get_mut(path).expect("it is open");
        let mut changes = Vec::new();
        for _ in 0..=self.random.below(3) {
            let (one, other) = (self.random.boundary(&text.content), self.random.boundary(&text.content));
            let start = one.min(other);
            let range = start..boundary(&text.content, one.max(other).min(start + 12)).max(start);
            let piece = PIECES[self.random.below(PIECES.len())];
            let place = |offset| position(&text.content, offset, self.unit);
            changes.push(json!({ "range": { "start": place(range.start), "end": place(range.end) }, "text": piece }));
            text.content.replace_range(range, piece);
        }
        text.version += 1;
        let document = json!({ "uri": uri(path), "version": text.version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.client.notify("textDocument/didChange", params);
    }

    fn change_on_disk(&mut self, path: &PathBuf, original: &str) {
        let kind = match self.random.below(3) {
            0 if path.exists() => {
                std::fs::remove_file(path).expect("it is there");
                3
            }
            _ => {
                let piece = PIECES[self.random.below(PIECES.len())];
                std::fs::write(path, format!("{original}{piece}\n")).expect("the temporary folder can be written");
                2
            }
        };
        let changes = json!([{ "uri": uri(path), "type": kind }]);
        self.client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    /// Asks something about somewhere; whatever the answer is, it is one.
    fn ask(&mut self) {
        let (name, _) = FILES[self.random.below(FILES.len())];
        let path = self.temp.path().join(name);
        let content = self.open.get(&path).map(|text| text.content.clone()).unwrap_or_default();
        let place = position(&content, self.random.boundary(&content), self.unit);
        let until = position(&content, self.random.boundary(&content), self.unit);
        let method = QUESTIONS[self.random.below(QUESTIONS.len())];
        let params = json!({ "textDocument": { "uri": uri(&path) }, "position": place, "newName": "other",
            "range": { "start": place, "end": until }, "query": "a",
            "context": { "includeDeclaration": true, "diagnostics": [] } });
        let id = self.client.ask(method, params);
        let answer = self.client.answer(&json!(id));
        let code = &answer["error"]["code"];
        assert!(answer.get("error").is_none() || *code == json!(-32602), "{method} at {place} of\n{content}\n{answer}");
    }

    /// What is shown becomes what a new server shows, and stays that.
    fn compare(&mut self, number: usize) {
        let mut fresh = Client::open(CORONA, self.temp.path(), pulling(self.unit));
        for (path, text) in &self.open {
            fresh.open_text(path, &text.content);
        }
        let report = fresh.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
        let mut expected = BTreeMap::new();
        for item in report["items"].as_array().expect("a list") {
            if item["items"] != json!([]) {
                expected.insert(item["uri"].as_str().expect("a URI").to_owned(), item["items"].clone());
            }
        }
        let until = Instant::now() + LIMIT;
        loop {
            for (uri, found) in self.client.diagnostics.drain() {
                if found == json!([]) {
                    self.shown.remove(&uri)
                } else {
                    self.shown.insert(uri, found)
                };
            }
            if self.shown == expected {
                return;
            }
            if Instant::now() > until {
                let texts: Vec<String> =
                    self.open.iter().map(|(path, text)| format!("{}:\n{}", path.display(), text.content)).collect();
                assert_eq!(self.shown, expected, "after edit {number}, with\n{}", texts.join("\n"));
            }
            self.client.listen(Duration::from_millis(2));
        }
    }
}

fn capabilities(unit: &str) -> Value {
    json!({ "general": { "positionEncodings": [unit] },
        "textDocument": { "publishDiagnostics": { "relatedInformation": true } } })
}

fn pulling(unit: &str) -> Value {
    json!({ "general": { "positionEncodings": [unit] },
        "textDocument": { "diagnostic": { "relatedInformation": true } } })
}

/// As the protocol counts, by a way of its own: `\r\n`, `\n` and `\r` end lines.
fn position(text: &str, offset: usize, unit: &str) -> Value {
    let (mut line, mut start) = (0, 0);
    for (index, character) in text[..offset].char_indices() {
        let ends = character == '\n' || (character == '\r' && !text[index + 1..].starts_with('\n'));
        if ends {
            line += 1;
            start = index + 1;
        }
    }
    let before = &text[start..offset];
    let character = match unit {
        "utf-8" => before.len(),
        "utf-16" => before.encode_utf16().count(),
        _ => before.chars().count(),
    };
    json!({ "line": line, "character": character })
}

#[test]
fn whatever_is_typed_leads_where_a_fresh_start_leads() {
    let count = std::env::var("CORONA_EDITS").ok().and_then(|it| it.parse().ok()).unwrap_or(EDITS);
    for (unit, seed) in [("utf-8", 0x2545_f491_4f6c_dd1d), ("utf-16", 0x9e37_79b9_7f4a_7c15)] {
        let mut editor = Editor::start(unit, seed);
        for number in 1..=count / 2 {
            editor.edit();
            if editor.random.below(2) == 0 {
                editor.ask();
            }
            if number % COMPARED_EVERY == 0 {
                editor.compare(number);
            }
        }
        editor.compare(count / 2);
        assert_eq!(editor.client.shut_down().code(), Some(0));
    }
}
