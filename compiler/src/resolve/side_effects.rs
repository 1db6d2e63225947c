//! `sideEffects` in `package.json`: which files of a package are needed only for what they export.

use oxc_resolver::Resolution;
use std::path::Path;

/// Whether the package says that the file has no effects.
pub(super) fn denied(resolution: &Resolution) -> bool {
    let Some(package) = resolution.package_json() else { return false };
    // Links to packages are followed, that to their `package.json` among them.
    let folders = [package.realpath(), package.path()].map(|it| it.parent().unwrap_or(Path::new("/")));
    let Some(file) = folders.iter().find_map(|it| resolution.path().strip_prefix(it).ok()) else { return false };
    let file = file.to_string_lossy();
    match package.side_effects() {
        Some(oxc_resolver::SideEffects::Bool(has)) => !has,
        Some(oxc_resolver::SideEffects::String(pattern)) => !matches(pattern, &file),
        Some(oxc_resolver::SideEffects::Array(patterns)) => !patterns.iter().any(|it| matches(it, &file)),
        None => false,
    }
}

/// Patterns without a slash are about names in any folder.
fn matches(pattern: &str, file: &str) -> bool {
    let pattern = pattern.trim_start_matches("./");
    let deep = !pattern.contains('/');
    alternatives(pattern).iter().any(|pattern| {
        glob(pattern.as_bytes(), file.as_bytes())
            || deep && glob(pattern.as_bytes(), file.rsplit('/').next().unwrap_or(file).as_bytes())
    })
}

/// `a{b,c}` to `ab` and `ac`. A pattern with many braces is taken as it stands.
fn alternatives(pattern: &str) -> Vec<String> {
    let mut found = vec![pattern.to_owned()];
    for _ in 0..4 {
        let spread = |pattern: &String| match (pattern.find('{'), pattern.find('}')) {
            (Some(open), Some(close)) if open < close => pattern[open + 1..close]
                .split(',')
                .map(|middle| format!("{}{middle}{}", &pattern[..open], &pattern[close + 1..]))
                .collect(),
            _ => vec![pattern.clone()],
        };
        found = found.iter().flat_map(spread).take(64).collect();
    }
    found
}

/// `*` and `?` stay within a folder, `**` does not.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [b'*', b'*', b'/', rest @ ..] => {
            glob(rest, text) || text.iter().enumerate().any(|(at, byte)| *byte == b'/' && glob(rest, &text[at + 1..]))
        }
        [b'*', b'*', rest @ ..] => (0..=text.len()).any(|at| glob(rest, &text[at..])),
        [b'*', rest @ ..] => {
            let folder = text.iter().position(|byte| *byte == b'/').unwrap_or(text.len());
            (0..=folder).any(|at| glob(rest, &text[at..]))
        }
        [b'?', rest @ ..] => text.first().is_some_and(|byte| *byte != b'/') && glob(rest, &text[1..]),
        [byte, rest @ ..] => text.first() == Some(byte) && glob(rest, &text[1..]),
    }
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
