//! Random edits: after each, what an editor is shown is what a fresh look at the same texts finds.

use super::super::files;
use super::super::random::Random;
use crate::{Config, Diagnostic, Ide, MemoryFiles};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many in every run; `cargo x edits` asks for more.
const EDITS: usize = 60;

const PROGRAM: &str = r#"
//- /app/a.ts
import { save, load } from "./b";
import { atomic, sleep } from "corona";
export function run() {
  atomic(() => { load(); save(1); });
  atomic: { load(); }
}
run();
//- /app/b.ts
import { nap } from "./lib/c";
export function load() { return nap; }
export function save(x) { if (x) nap(); }
//- /app/lib/c.ts
import { sleep } from "corona";
export const nap = () => sleep(1);
export class Store { take() { this.#wait(); } #wait() { nap(); } }
//- /app/d.ts
import { Store } from "./lib/c";
import "./gone";
const store = new Store();
// corona-ignore blocking-in-atomic: it is short
atomic: { store.take(); }
"#;

const PIECES: &[&str] = &[
    "",
    " ",
    "\n",
    ";",
    "{",
    "}",
    "(",
    ")",
    "\"",
    "`",
    "//",
    "/*",
    "é😀",
    "await ",
    "nap();",
    "sleep(1);",
    "load();",
    "import { nap } from \"./lib/c\";\n",
    "import \"./e\";\n",
    "export ",
    "atomic: { sleep(1); }\n",
    "x",
    ".",
    "=>",
    "// corona-ignore blocking-in-atomic: because\n",
    "function f() { nap(); }\n",
    "atomic(() => nap());\n",
];

fn boundary(random: &mut Random, text: &str) -> usize {
    text.floor_char_boundary(random.below(text.len() + 1))
}

fn fresh(texts: &BTreeMap<PathBuf, String>) -> BTreeMap<PathBuf, Vec<Diagnostic>> {
    let mut memory = MemoryFiles::default();
    texts.iter().for_each(|(path, text)| memory.add(path, text.as_str()));
    let mut ide = Ide::new(Arc::new(memory), Config::default(), vec![PathBuf::from("/app")]);
    ide.refresh();
    all(&ide)
}

fn all(ide: &Ide) -> BTreeMap<PathBuf, Vec<Diagnostic>> {
    ide.complained_about().map(|path| (path.to_owned(), ide.diagnostics(path).to_vec())).collect()
}

/// Changes a text, takes a file away, or brings it back.
fn edit(random: &mut Random, original: &BTreeMap<PathBuf, String>, texts: &mut BTreeMap<PathBuf, String>) -> PathBuf {
    let names: Vec<PathBuf> = original.keys().cloned().chain([PathBuf::from("/app/e.ts")]).collect();
    let path = names[random.below(names.len())].clone();
    let text = texts.entry(path.clone()).or_default();
    if random.below(12) == 0 {
        // Texts that stay broken for ever would test nothing but the parser.
        original.get(&path).unwrap_or(&String::new()).clone_into(text);
        return path;
    }
    let (one, other) = (boundary(random, text), boundary(random, text));
    let length = if random.below(3) == 0 { one.abs_diff(other).min(12) } else { 0 };
    let start = one.min(other);
    let mut end = start + length;
    while !text.is_char_boundary(end) {
        end += 1;
    }
    text.replace_range(start..end, PIECES[random.below(PIECES.len())]);
    path
}

#[test]
#[expect(clippy::disallowed_methods, reason = "says how long to test, nothing about a program")]
fn any_edit_leads_where_a_fresh_look_leads() {
    let count = std::env::var("CORONA_EDITS").ok().and_then(|it| it.parse().ok()).unwrap_or(EDITS);
    let original: BTreeMap<PathBuf, String> =
        files(PROGRAM).into_iter().map(|(path, text)| (PathBuf::from(path), text)).collect();
    let mut memory = MemoryFiles::default();
    original.iter().for_each(|(path, text)| memory.add(path, text.as_str()));
    let mut ide = Ide::new(Arc::new(memory), Config::default(), vec![PathBuf::from("/app")]);
    let mut texts = original.clone();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut shown = BTreeMap::new();
    for number in 0..count {
        let path = edit(&mut random, &original, &mut texts);
        ide.overlay(&path, texts.get(&path).map(|text| text.clone().into_bytes()));
        // What is told to have changed is what changed: an editor keeps the rest.
        for path in ide.refresh() {
            match ide.diagnostics(&path) {
                [] => drop(shown.remove(&path)),
                found => drop(shown.insert(path.clone(), found.to_vec())),
            }
        }
        let expected = fresh(&texts);
        assert_eq!(shown, expected, "after edit {number}, of {}:\n{}", path.display(), texts[Path::new(&path)]);
        assert_eq!(all(&ide), expected);
    }
}

#[test]
fn a_file_that_is_no_longer_asked_about_is_not_complained_about() {
    let fixture = "
//- /app/a.ts
import \"../lib/b.ts\";
//- /lib/b.ts
import { sleep } from \"corona\";
atomic: { sleep(1); }
";
    let mut memory = MemoryFiles::default();
    files(fixture).iter().for_each(|(path, text)| memory.add(path, text.as_str()));
    let (app, library) = (PathBuf::from("/app"), PathBuf::from("/lib"));
    let mut ide = Ide::new(Arc::new(memory), Config::default(), vec![app.clone(), library.clone()]);
    let mut found = |roots: Vec<PathBuf>| {
        ide.set_roots(roots);
        ide.refresh();
        ide.diagnostics(Path::new("/lib/b.ts")).len()
    };
    assert_eq!(found(vec![app.clone(), library.clone()]), 1);
    assert_eq!(found(vec![app.clone()]), 0, "it is only imported");
    assert_eq!(found(vec![app, library]), 1);
}
