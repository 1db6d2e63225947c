//! Whole folders that are watched because the user said so, and what is left out everywhere: the only file that names
//! the crate `ignore`.

use super::state::State;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{WalkBuilder, WalkState};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Patterns of paths that are not watched, as `.gitignore` writes them.
pub(crate) struct Exclude(Gitignore);

impl Exclude {
    pub(crate) fn new(folder: &Path, patterns: &[String]) -> Result<Exclude, String> {
        let mut builder = GitignoreBuilder::new(folder);
        for pattern in patterns {
            builder.add_line(None, pattern).map_err(|error| format!("--watch-exclude={pattern}: {error}"))?;
        }
        builder.build().map(Exclude).map_err(|error| format!("--watch-exclude: {error}"))
    }

    /// Whether the path, or a folder above it, fits a pattern.
    pub(crate) fn has(&self, path: &Path, is_folder: bool) -> bool {
        let is_below = path.strip_prefix(self.0.path()).is_ok();
        if is_below { self.0.matched_path_or_any_parents(path, is_folder) } else { self.0.matched(path, is_folder) }
            .is_ignore()
    }
}

/// What is in a folder and below, but for what git ignores and what is excluded.
#[derive(Default)]
pub(crate) struct Tree {
    pub(crate) folders: HashSet<PathBuf>,
    pub(crate) files: HashMap<PathBuf, State>,
}

impl Tree {
    pub(crate) fn read(root: &Path, exclude: &Exclude) -> Tree {
        let tree = Mutex::new(Tree::default());
        let mut builder = WalkBuilder::new(root);
        // Where git is not used `.gitignore` counts all the same; its own folder never does.
        builder.hidden(false).require_git(false).filter_entry(|entry| entry.file_name() != ".git");
        builder.build_parallel().run(|| {
            Box::new(|entry| {
                let Ok(entry) = entry else { return WalkState::Continue };
                let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                if exclude.has(entry.path(), is_folder) {
                    return WalkState::Skip;
                }
                let path = entry.into_path();
                let state = (!is_folder).then(|| State::of(&path));
                // Nobody panics while it is locked.
                if let Ok(mut tree) = tree.lock() {
                    match state {
                        Some(state) => drop(tree.files.insert(path, state)),
                        None => drop(tree.folders.insert(path)),
                    }
                }
                WalkState::Continue
            })
        });
        tree.into_inner().unwrap_or_default()
    }

    /// What is different in `newer`.
    pub(crate) fn changes<'a>(&'a self, newer: &'a Tree) -> impl Iterator<Item = &'a PathBuf> {
        let gone = self.files.keys().filter(|path| !newer.files.contains_key(*path));
        let other = newer.files.iter().filter(|(path, state)| self.files.get(*path) != Some(state));
        gone.chain(other.map(|(path, _)| path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_a_pattern_is_excluded_with_all_below() {
        let patterns = ["dist".to_owned(), "*.log".to_owned(), "!keep.log".to_owned(), "/top/*.ts".to_owned()];
        let exclude = Exclude::new(Path::new("/app"), &patterns).unwrap_or_else(|error| panic!("{error}"));
        for path in ["/app/dist/deep/a.ts", "/app/x/dist", "/app/a.log", "/app/top/a.ts"] {
            assert!(exclude.has(Path::new(path), false), "{path}");
        }
        for path in ["/app/keep.log", "/app/distant/a.ts", "/app/x/top/a.ts"] {
            assert!(!exclude.has(Path::new(path), false), "{path}");
        }
        assert!(exclude.has(Path::new("/other/a.log"), false));
        assert!(Exclude::new(Path::new("/app"), &["a{b".to_owned()]).is_err());
    }
}
