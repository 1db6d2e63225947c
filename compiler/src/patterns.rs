//! Patterns as `.gitignore` has them, which `corona.json` uses as well, and those of packages.

use fast_glob::glob_match;

/// Patterns of one file; the last that fits decides.
#[derive(Debug, Clone, Default)]
pub(crate) struct Patterns {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    /// For the path below the file's folder.
    glob: String,
    /// `!`: takes back what earlier rules said.
    negated: bool,
    only_folders: bool,
}

impl Patterns {
    /// The lines of a `.gitignore`.
    pub(crate) fn of_lines(text: &str) -> Patterns {
        Patterns { rules: text.lines().filter_map(rule).collect() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Whether a path below the folder is meant; `None` when no rule speaks of it.
    pub(crate) fn decide(&self, path: &str, is_folder: bool) -> Option<bool> {
        let fits = |rule: &&Rule| (is_folder || !rule.only_folders) && glob_match(&rule.glob, path);
        self.rules.iter().rev().find(fits).map(|rule| !rule.negated)
    }

    /// Whether a path or a folder around it is meant.
    pub(crate) fn covers(&self, path: &str) -> bool {
        let folders = path.match_indices('/').map(|(index, _)| &path[..index]);
        let decided = folders.map(|folder| self.decide(folder, true)).chain([self.decide(path, false)]);
        decided.flatten().last().unwrap_or(false)
    }
}

/// Whether a pattern of `sideEffects` means the file, a path below the package. Patterns without a slash are about names in
/// any folder.
pub(crate) fn fits_package_file(pattern: &str, file: &str) -> bool {
    let pattern = pattern.trim_start_matches("./");
    let name = file.rsplit('/').next().unwrap_or(file);
    glob_match(pattern, file) || !pattern.contains('/') && glob_match(pattern, name)
}

fn rule(line: &str) -> Option<Rule> {
    let line = line.trim_end();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let (negated, line) = line.strip_prefix('!').map_or((false, line), |rest| (true, rest));
    let line = line.strip_prefix("\\").filter(|rest| rest.starts_with(['#', '!'])).unwrap_or(line);
    let (only_folders, line) = line.strip_suffix('/').map_or((false, line), |rest| (true, rest));
    // With a slash before its end it speaks of one place, without one of any depth.
    let glob = match line.strip_prefix("./").unwrap_or(line).strip_prefix('/') {
        Some(anchored) => anchored.to_owned(),
        None if line.contains('/') => line.strip_prefix("./").unwrap_or(line).to_owned(),
        None => format!("**/{line}"),
    };
    Some(Rule { glob, negated, only_folders })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &str, inside: &[&str], outside: &[&str]) {
        let patterns = Patterns::of_lines(lines);
        let covered = |paths: &[&str]| paths.iter().map(|it| patterns.covers(it)).collect::<Vec<_>>();
        assert_eq!(covered(inside), vec![true; inside.len()], "{inside:?}");
        assert_eq!(covered(outside), vec![false; outside.len()], "{outside:?}");
    }

    #[test]
    fn names_fit_at_any_depth_and_paths_at_one() {
        check("dist\n", &["dist", "dist/a.js", "a/dist/b.js"], &["distance.js"]);
        check("/dist\n", &["dist/a.js"], &["a/dist/b.js"]);
        check("src/gen\n", &["src/gen/a.js"], &["a/src/gen/b.js"]);
        check("./src/gen\n", &["src/gen/a.js"], &[]);
        check("**/gen\n", &["src/gen/a.js", "gen/a.js"], &[]);
    }

    #[test]
    fn later_rules_win_and_folders_are_told_from_files() {
        check("*.js\n!keep.js\n", &["a.js", "b/a.js"], &["keep.js", "b/keep.js", "a.ts"]);
        check("out/\n", &["out/a.js"], &["out"]);
        check("# note\n\n\\#odd\n  \n", &["#odd"], &["note"]);
        check("*.{js,ts}\n[ab].mjs", &["x.ts", "a.mjs"], &["c.mjs"]);
    }

    #[test]
    fn patterns_of_packages_match_as_bundlers_have_agreed() {
        assert!(fits_package_file("*.css", "deep/down/a.css"));
        assert!(fits_package_file("./src/a.js", "src/a.js"));
        assert!(fits_package_file("src/**/*.js", "src/a.js") && fits_package_file("src/**/*.js", "src/b/c/a.js"));
        assert!(fits_package_file("**/*.{css,scss}", "x/a.scss") && !fits_package_file("**/*.{css,scss}", "x/a.js"));
        assert!(!fits_package_file("./src/*.js", "src/b/a.js"));
    }
}
