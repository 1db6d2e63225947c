//! `sideEffects` in `package.json`: which files of a package are needed only for what they export.

use fast_glob::glob_match;
use oxc_resolver::{Resolution, SideEffects};
use std::path::Path;

/// Whether the package says that the file has no effects.
pub(super) fn denied(resolution: &Resolution) -> bool {
    let Some(package) = resolution.package_json() else { return false };
    let Some(effects) = package.side_effects() else { return false };
    // Links to packages are followed, that to their `package.json` among them.
    let folders = [package.realpath(), package.path()].map(|it| it.parent().unwrap_or(Path::new("/")));
    let Some(file) = folders.iter().find_map(|it| resolution.path().strip_prefix(it).ok()) else { return false };
    let file = file.to_string_lossy();
    match effects {
        SideEffects::Bool(has) => !has,
        SideEffects::String(pattern) => !matches(pattern, &file),
        SideEffects::Array(patterns) => !patterns.iter().any(|it| matches(it, &file)),
    }
}

/// Patterns without a slash are about names in any folder.
fn matches(pattern: &str, file: &str) -> bool {
    let pattern = pattern.trim_start_matches("./");
    let name = file.rsplit('/').next().unwrap_or(file);
    glob_match(pattern, file) || !pattern.contains('/') && glob_match(pattern, name)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_as_bundlers_have_agreed() {
        assert!(matches("*.css", "deep/down/a.css"));
        assert!(matches("./src/a.js", "src/a.js"));
        assert!(matches("src/**/*.js", "src/a.js") && matches("src/**/*.js", "src/b/c/a.js"));
        assert!(matches("**/*.{css,scss}", "x/a.scss") && !matches("**/*.{css,scss}", "x/a.js"));
        assert!(!matches("./src/*.js", "src/b/a.js"));
    }
}
