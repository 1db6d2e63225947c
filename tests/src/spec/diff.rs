//! Shows two texts line by line. The expected one is a pattern: lines that fit count as equal.

use super::pattern;

/// Beyond this the table of a comparison would be larger than anybody reads.
const LINES_MAX: usize = 1500;

/// Longer lines are cut, so that one of them cannot hide the rest.
const COLUMNS_MAX: usize = 300;

/// Lines of both, marked `-` (expected), `+` (actual) or unmarked (equal).
pub(super) fn lines(expected: &str, actual: &str) -> String {
    let old: Vec<&str> = expected.lines().collect();
    let new: Vec<&str> = actual.lines().collect();
    if old.len().max(new.len()) > LINES_MAX {
        return format!("  ({} lines expected, {} lines came)\n", old.len(), new.len());
    }
    let equal = |a: usize, b: usize| pattern::matches(old[a], new[b]);
    // common[a][b]: the longest common subsequence of what follows.
    let mut common = vec![vec![0u32; new.len() + 1]; old.len() + 1];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            common[a][b] = if equal(a, b) { common[a + 1][b + 1] + 1 } else { common[a + 1][b].max(common[a][b + 1]) };
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut text = String::new();
    while a < old.len() || b < new.len() {
        if a < old.len() && b < new.len() && equal(a, b) {
            text += &format!("    {}\n", cut(new[b]));
            (a, b) = (a + 1, b + 1);
        } else if b == new.len() || (a < old.len() && common[a + 1][b] >= common[a][b + 1]) {
            text += &format!("  - {}\n", cut(old[a]));
            a += 1;
        } else {
            text += &format!("  + {}\n", cut(new[b]));
            b += 1;
        }
    }
    if text.lines().all(|line| line.starts_with("    ")) {
        text += "    (they differ in a line end only)\n";
    }
    text
}

fn cut(line: &str) -> String {
    line.chars().take(COLUMNS_MAX).collect()
}
