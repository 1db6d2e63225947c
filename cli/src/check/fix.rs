//! `corona check --fix`: applies what is safe to apply. A file is replaced as a whole or not at all.

use crate::replace::Unfinished;
use corona_compiler::{Checker, Diagnostic, Edit, Fix, Report};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A fix may make room for another; one that makes what it mends would go on for ever.
const ROUNDS_MAX: usize = 10;

/// Mends until there is nothing left to mend; what is found then, and how many fixes were applied.
pub(super) fn fix(checker: &mut Checker, paths: &[PathBuf]) -> Result<(Report, usize), String> {
    let mut applied = 0;
    for _ in 0..ROUNDS_MAX {
        let report = checker.check(paths);
        let chosen = choose(&report.diagnostics);
        if chosen.is_empty() {
            return Ok((report, applied));
        }
        let mut by_file: BTreeMap<&Path, Vec<&Edit>> = BTreeMap::new();
        for edit in chosen.iter().flat_map(|fix| &fix.edits) {
            by_file.entry(&edit.path).or_default().push(edit);
        }
        for (path, edits) in by_file {
            rewrite(path, edits)?;
            checker.changed(path);
        }
        applied += chosen.len();
    }
    Ok((checker.check(paths), applied))
}

/// Safe fixes that do not touch what another one changes.
fn choose(diagnostics: &[Diagnostic]) -> Vec<&Fix> {
    let mut chosen: Vec<&Fix> = Vec::new();
    for fix in diagnostics.iter().filter_map(|it| it.fix.as_ref()).filter(|fix| fix.safe) {
        let collides = |edit: &Edit| chosen.iter().flat_map(|fix| &fix.edits).any(|other| overlap(edit, other));
        if !fix.edits.iter().any(collides) {
            chosen.push(fix);
        }
    }
    chosen
}

/// Two insertions at one place would depend on their order.
fn overlap(left: &Edit, right: &Edit) -> bool {
    left.path == right.path && left.offset <= right.offset + right.length && right.offset <= left.offset + left.length
}

fn rewrite(path: &Path, mut edits: Vec<&Edit>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot fix {}: {error}", path.display());
    let mut text = std::fs::read(path).map_err(failed)?;
    // Offsets count from after the mark of the byte order.
    let start = if text.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.offset));
    for edit in edits {
        let range = start + edit.offset..start + edit.offset + edit.length;
        if range.end > text.len() {
            return Err(format!("cannot fix {}: it was changed meanwhile", path.display()));
        }
        text.splice(range, edit.text.bytes());
    }
    Unfinished::write(path, &[&text], None).and_then(|it| it.sync().and_then(|()| it.finish())).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(offset: usize, length: usize, text: &str) -> Edit {
        Edit { path: PathBuf::from("/a.ts"), offset, length, text: text.to_owned() }
    }

    #[test]
    fn edits_that_touch_collide() {
        assert!(overlap(&edit(0, 3, ""), &edit(2, 3, "")));
        assert!(overlap(&edit(4, 0, "x"), &edit(4, 0, "y")));
        assert!(!overlap(&edit(0, 3, ""), &edit(4, 3, "")));
    }

    #[test]
    fn files_keep_their_mark_and_their_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = std::env::temp_dir().join(format!("corona-fix-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("a.ts");
        std::fs::write(&path, "\u{feff}one two three").expect("a file");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("permissions");
        rewrite(&path, vec![&edit(0, 3, "1"), &edit(8, 5, "three!")]).expect("it is rewritten");
        assert_eq!(std::fs::read_to_string(&path).expect("text"), "\u{feff}1 two three!");
        assert_eq!(std::fs::metadata(&path).expect("metadata").permissions().mode() & 0o777, 0o640);
        assert_eq!(std::fs::read_dir(&folder).expect("names").count(), 1);
        assert!(rewrite(&path, vec![&edit(90, 1, "")]).is_err());
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
