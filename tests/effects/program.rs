//! Programs as they lie here: their files, and the labels in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A program, with its files written out into a folder of its own.
pub(crate) struct Program {
    /// `construct/name`.
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    /// The file that is run.
    pub(crate) entry: String,
    pub(crate) labels: BTreeMap<Line, Label>,
}

/// A line of a file below the program's folder; the first is 1.
pub(crate) type Line = (String, u64);

/// What the author knows of a line.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    pub(crate) kind: Kind,
    pub(crate) reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Blocks,
    BlocksUnreached,
    Safe,
    Undecidable,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Blocks => "blocks",
            Kind::BlocksUnreached => "blocks unreached",
            Kind::Safe => "safe",
            Kind::Undecidable => "undecidable",
        }
    }
}

/// Every program, in order of names, written out below `target`.
pub(crate) fn all(target: &Path) -> Vec<Program> {
    let root = corona_tests::root().join("tests/effects");
    let folders = entries(&root).into_iter().filter(|path| path.is_dir());
    folders.flat_map(|folder| entries(&folder)).map(|path| read(&root, &path, target)).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.sort();
    paths
}

fn read(root: &Path, path: &Path, target: &Path) -> Program {
    let name = path.strip_prefix(root).expect("it was found there").display().to_string();
    let text = std::fs::read_to_string(path).expect("a program is text");
    let extension = path.extension().expect("a program has an extension").to_string_lossy();
    let files = split(&text, &extension);
    let folder = target.join(name.replace('.', "-"));
    let mut labels = BTreeMap::new();
    for (file, text) in &files {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
        for (index, line) in text.lines().enumerate() {
            if let Some((_, label)) = line.split_once("//~") {
                let label = parse(label).unwrap_or_else(|| panic!("{name}: no such label: {line}"));
                labels.insert((file.clone(), index as u64 + 1), label);
            }
        }
    }
    assert!(!labels.is_empty(), "{name} has no label");
    let entry = files[0].0.clone();
    Program { name, folder, entry, labels }
}

/// The files of a program, the one to run first.
fn split(text: &str, extension: &str) -> Vec<(String, String)> {
    if !text.starts_with("//- /") {
        return vec![(format!("main.{extension}"), text.to_owned())];
    }
    let parts = text.split("//- /").skip(1);
    parts.map(|part| part.split_once('\n').expect("a file has a text")).map(|(a, b)| (a.into(), b.into())).collect()
}

fn parse(label: &str) -> Option<Label> {
    let (kind, reason) = label.split_once(": ")?;
    let all = [Kind::Blocks, Kind::BlocksUnreached, Kind::Safe, Kind::Undecidable];
    let kind = all.into_iter().find(|it| it.name() == kind.trim())?;
    Some(Label { kind, reason: reason.trim().to_owned() })
}
