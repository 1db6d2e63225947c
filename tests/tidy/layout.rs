//! What lies where: the top folder, the documents, and what they promise.

use crate::tree;

const TOP: &[&str] = &[
    "ARCHITECTURE.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "cli",
    "compiler",
    "editors",
    "examples",
    "runtime",
    "std",
    "target",
    "tests",
    "vendor",
];

const ARCHITECTURE_LINES_MAX: usize = 300;

#[test]
fn the_top_folder_holds_what_it_should() {
    let entries = std::fs::read_dir(corona_tests::root()).expect("the top folder can be read");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let names: Vec<String> = names.filter(|name| !name.starts_with('.') && name != "node_modules").collect();
    let extra: Vec<String> = names.iter().filter(|name| !TOP.contains(&name.as_str())).cloned().collect();
    tree::expect_none("these do not belong into the top folder", &extra);
    let missing = TOP.iter().filter(|name| **name != "target" && !names.iter().any(|found| found == *name));
    tree::expect_none(
        "these are missing from the top folder",
        &missing.map(|name| (*name).to_owned()).collect::<Vec<_>>(),
    );
}

#[test]
fn the_architecture_is_short_and_its_paths_exist() {
    let text = tree::read("ARCHITECTURE.md");
    assert!(text.lines().count() <= ARCHITECTURE_LINES_MAX, "longer than {ARCHITECTURE_LINES_MAX} lines");
    tree::expect_none("ARCHITECTURE.md names paths that do not exist", &missing_paths(&text));
    tree::expect_none("README.md names paths that do not exist", &missing_paths(&tree::read("README.md")));
}

/// Words in backquotes and targets of links that look like a path of ours, and are none.
fn missing_paths(text: &str) -> Vec<String> {
    let quoted = text.split('`').skip(1).step_by(2);
    let linked = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let paths = quoted.chain(linked).filter(|word| {
        let first = word.split('/').next().unwrap_or_default();
        TOP.contains(&first) && first != "target" && !word.contains([' ', '<', '*', '…', '\n'])
    });
    let missing = paths.filter(|path| !corona_tests::root().join(path.trim_end_matches('/')).exists());
    missing.map(str::to_owned).collect()
}

#[test]
fn every_module_has_types() {
    let modules = tree::read("std/src/modules.rs");
    let names = modules.lines().filter_map(|line| line.trim().strip_prefix('"')?.split_once('"'));
    let names = names.map(|(name, _)| name).filter(|name| *name == "corona" || name.starts_with("corona:"));
    let paths = names.map(|name| format!("std/types/{}.d.ts", name.trim_start_matches("corona:")));
    let missing: Vec<String> = paths.filter(|path| !corona_tests::root().join(path).exists()).collect();
    tree::expect_none("modules without types", &missing);
}

#[test]
fn the_two_commands_of_the_readme_are_the_real_ones() {
    let readme = tree::read("README.md");
    assert!(readme.contains("cargo x ready"), "the README names the command that passes the tests");
    assert!(tree::read(".ci/run").contains("cargo x ready"), "CI runs the command of the README");
}
