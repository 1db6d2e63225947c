//! Which files `check` looks at when it is given folders: what can be a module, and is not ignored.

use crate::diagnostic::Diagnostic;
use crate::file_system::{FileKind, FileSystem};
use crate::patterns::Patterns;
use crate::source;
use corona_std::errors;
use std::path::{Path, PathBuf};

const EXTENSIONS: &[&str] = &["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"];

/// Files of `paths`, sorted, each once. What is named in full is taken whatever ignores it.
pub(super) fn discover(
    files: &dyn FileSystem,
    paths: &[PathBuf],
    is_wanted: &dyn Fn(&Path, bool) -> bool,
) -> (Vec<PathBuf>, Vec<Diagnostic>) {
    let mut discovery = Discovery { files, is_wanted, found: Vec::new(), complaints: Vec::new() };
    for path in paths {
        match files.kind(path) {
            Ok(FileKind::Directory) => {
                let mut ignored = discovery.ignored_above(path);
                discovery.folder(path, &mut ignored);
            }
            // Whether it can be read is found out when it is.
            _ => discovery.found.push(path.clone()),
        }
    }
    discovery.found.sort();
    discovery.found.dedup();
    (discovery.found, discovery.complaints)
}

struct Discovery<'a> {
    files: &'a dyn FileSystem,
    /// What the configuration says of a path; the second is whether it is a folder.
    is_wanted: &'a dyn Fn(&Path, bool) -> bool,
    found: Vec<PathBuf>,
    complaints: Vec<Diagnostic>,
}

type Ignored = Vec<(PathBuf, Patterns)>;

impl Discovery<'_> {
    fn folder(&mut self, folder: &Path, ignored: &mut Ignored) {
        let names = match self.files.names(folder) {
            Ok(names) => names,
            Err(error) => {
                let message = format!("cannot read the folder {}: {}", folder.display(), source::reason(&error));
                self.complaints.push(Diagnostic::new(errors::UNREADABLE_MODULE, message));
                return;
            }
        };
        let depth = ignored.len();
        if names.iter().any(|name| name == ".gitignore") {
            ignored.extend(self.patterns(folder));
        }
        for name in &names {
            if name.starts_with('.') || name == "node_modules" {
                continue;
            }
            let path = folder.join(name);
            // Links to folders may lead in circles; what they lead to is found where it is.
            match self.files.link_kind(&path) {
                Ok(FileKind::Directory) if self.takes(&path, true, ignored) => self.folder(&path, ignored),
                Ok(FileKind::File) if is_module(name) && self.takes(&path, false, ignored) => self.found.push(path),
                _ => {}
            }
        }
        ignored.truncate(depth);
    }

    fn takes(&self, path: &Path, is_folder: bool, ignored: &Ignored) -> bool {
        let decide = |(folder, patterns): &(PathBuf, Patterns)| {
            patterns.decide(&path.strip_prefix(folder).ok()?.to_string_lossy(), is_folder)
        };
        !ignored.iter().rev().find_map(decide).unwrap_or(false) && (self.is_wanted)(path, is_folder)
    }

    fn patterns(&self, folder: &Path) -> Option<(PathBuf, Patterns)> {
        let text = self.files.read(&folder.join(".gitignore")).ok()?;
        let patterns = Patterns::of_lines(&String::from_utf8_lossy(&text));
        (!patterns.is_empty()).then(|| (folder.to_owned(), patterns))
    }

    /// Those of the folders above, up to the one with the repository.
    fn ignored_above(&self, folder: &Path) -> Ignored {
        let mut ignored = Vec::new();
        let mut below = folder;
        while self.files.kind(&below.join(".git")).is_err()
            && let Some(above) = below.parent()
        {
            ignored.extend(self.patterns(above));
            below = above;
        }
        if self.files.kind(&below.join(".git")).is_err() {
            return Vec::new();
        }
        ignored.reverse();
        ignored
    }
}

fn is_module(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    EXTENSIONS.contains(&ending)
}
