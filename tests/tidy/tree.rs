//! Finds and reads the repository's own files, and words the failure of a rule.

use std::path::{Path, PathBuf};

/// Where our sources live.
const FOLDERS: &[&str] = &["cli", "runtime", "compiler", "std", "tests", "editors", "examples"];

/// A file by its path from the top folder.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every text file of ours with this extension, in order of paths.
pub(crate) fn files(extension: &str) -> Vec<Source> {
    let root = corona_tests::root();
    let mut paths = Vec::new();
    FOLDERS.iter().for_each(|folder| walk(&root.join(folder), &mut paths));
    paths.sort();
    let wanted = paths.into_iter().filter(|path| path.extension().is_some_and(|found| found == extension));
    wanted
        .map(|path| Source {
            text: std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
            path: path.strip_prefix(&root).expect("below the top").to_string_lossy().into_owned(),
        })
        .collect()
}

/// One file by its path from the top folder.
pub(crate) fn read(path: &str) -> String {
    std::fs::read_to_string(corona_tests::root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The programs of spec cases are test input, not sources; some are wrong on purpose.
fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let skipped = name == "target" || name == "node_modules" || name.starts_with('.');
        let is_case = folder.ends_with("tests/specs");
        if !path.is_dir() {
            found.push(path);
        } else if !skipped && !is_case {
            walk(&path, found);
        }
    }
}

/// Fails with the list when there is one.
pub(crate) fn expect_none(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}\n  {}", broken.join("\n  "));
}
