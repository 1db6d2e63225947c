//! Imports look one way, and each foreign crate has one gatekeeper module.

use crate::{rust, tree};
use serde_json::Value;
use std::process::Command;

/// Who may depend on whom, tests and build scripts included.
const ALLOWED: &[(&str, &[&str])] = &[
    ("corona-std", &[]),
    ("corona-compiler", &["corona-std"]),
    ("corona-runtime", &["corona-std"]),
    ("corona", &["corona-std", "corona-compiler", "corona-runtime", "corona-tests"]),
    ("corona-tests", &[]),
];

/// A foreign crate (or all whose names start so, with `*`) and the one place that names it.
const GATEKEEPERS: &[(&str, &[&str])] = &[
    ("v8", &["runtime/src/engine"]),
    ("corosensei", &["runtime/src/coroutine"]),
    ("mio", &["runtime/src/reactor"]),
    ("swc_*", &["compiler/src/syntax"]),
    ("oxc_resolver", &["compiler/src/resolve"]),
    ("fast_glob", &["compiler/src/patterns.rs"]),
    ("tungstenite", &["runtime/src/http/websocket"]),
    ("clap", &["cli/src"]),
    ("notify", &["cli/src/watch/files.rs"]),
    ("ignore", &["cli/src/watch/trees.rs"]),
    ("signal_hook", &["cli/src/signals.rs"]),
    ("lsp_server", &["cli/src/lsp"]),
    ("gen_lsp_types", &["cli/src/lsp"]),
];

#[test]
fn crates_depend_downwards() {
    let mut broken = Vec::new();
    for package in metadata()["packages"].as_array().expect("a list") {
        let name = package["name"].as_str().expect("a name");
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
            broken.push(format!("{name} is not in the list of this test"));
            continue;
        };
        let dependencies = package["dependencies"].as_array().expect("a list");
        let ours = dependencies.iter().filter(|dependency| dependency["path"].is_string());
        let names = ours.filter_map(|dependency| dependency["name"].as_str());
        broken.extend(names.filter(|found| !allowed.contains(found)).map(|found| format!("{name} depends on {found}")));
    }
    tree::expect_none("std <- compiler, std <- runtime, all three <- cli", &broken);
}

#[test]
fn foreign_crates_are_named_by_their_gatekeepers_only() {
    let mut broken = Vec::new();
    for file in tree::files("rs") {
        for (number, line) in rust::code(&file.text).lines().enumerate() {
            let mut after_use = false;
            for (word, rest) in rust::words(line) {
                let is_path = rest.starts_with("::") || (after_use && rest.starts_with([';', ' ', ',']));
                after_use = word == "use" || word == "crate" && after_use;
                let gate = GATEKEEPERS.iter().find(|(name, _)| is_path && fits(name, word));
                let Some((_, places)) = gate else { continue };
                if !places.iter().any(|place| file.path.starts_with(place)) {
                    broken.push(format!("{}:{}: {word}", file.path, number + 1));
                }
            }
        }
    }
    tree::expect_none("only one module names a foreign crate", &broken);
}

fn fits(name: &str, word: &str) -> bool {
    name.strip_suffix('*').map_or(word == name, |start| word.starts_with(start))
}

fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version=1", "--offline"])
        .current_dir(corona_tests::root())
        .output()
        .expect("cargo can be started");
    serde_json::from_slice(&output.stdout).expect("cargo prints JSON")
}
