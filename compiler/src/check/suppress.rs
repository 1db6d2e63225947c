//! `// corona-ignore <lint>: <reason>`: on the line of a finding, or on a line of its own before it.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Lint, malformed_suppression as malformed, useless_suppression};
use crate::source::Source;
use crate::syntax::{Comment, MARK};
use std::path::Path;

/// Removes what the comments of a file suppress from the findings in it; adds what is wrong with the comments.
pub(super) fn apply(source: &Source, path: &Path, comments: &[Comment], findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if comments.is_empty() {
        return findings;
    }
    let lines = Lines::of(&source.text);
    let mut left = Vec::new();
    let mut suppressions: Vec<Suppression<'_>> = Vec::new();
    for comment in comments {
        left.extend(read(source, &lines, comment, &mut suppressions));
    }
    for finding in findings {
        let line = finding.place.as_ref().map(|place| lines.number(place.offset));
        let fits = |it: &&mut Suppression<'_>| Some(it.line) == line && Some(it.lint.name) == finding.lint;
        let mut fitting = suppressions.iter_mut().filter(fits).peekable();
        if fitting.peek().is_none() {
            left.push(finding);
        } else {
            fitting.for_each(|it| it.used = true);
        }
    }
    let unused = suppressions.iter().filter(|it| !it.used);
    left.extend(unused.map(|it| {
        // A comment that suppresses something else as well has to be taken apart by hand.
        let alone = suppressions.iter().filter(|other| std::ptr::eq(other.comment, it.comment)).all(|it| !it.used);
        let place = source.place(it.comment.offset, it.comment.length);
        useless_suppression::found(it.lint.name, place, alone.then(|| removal(source, path, it.comment)))
    }));
    left
}

struct Suppression<'a> {
    comment: &'a Comment,
    lint: &'static Lint,
    /// What it speaks of.
    line: usize,
    used: bool,
}

/// Reads one comment; what is wrong with it.
fn read<'a>(
    source: &Source,
    lines: &Lines<'_>,
    comment: &'a Comment,
    suppressions: &mut Vec<Suppression<'a>>,
) -> Vec<Diagnostic> {
    let text = comment.text.trim_start_matches(|it: char| it.is_whitespace() || it == '*');
    let Some(rest) =
        text.strip_prefix(MARK).filter(|rest| !rest.starts_with(|it: char| it.is_alphanumeric() || it == '-'))
    else {
        return Vec::new();
    };
    let place = source.place(comment.offset, comment.length);
    let (names, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let names: Vec<&str> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        return vec![malformed::no_lint(place)];
    }
    if reason.trim_matches(|it: char| it.is_whitespace() || it == '*').is_empty() {
        return vec![malformed::no_reason(place)];
    }
    let line = lines.meant_by(comment);
    let mut complaints = Vec::new();
    for name in names {
        match Lint::named(name) {
            Some(lint) => suppressions.push(Suppression { comment, lint, line, used: false }),
            None => complaints.push(malformed::unknown(name, place.clone())),
        }
    }
    complaints
}

/// Without the comment; without its line, if that has nothing else.
fn removal(source: &Source, path: &Path, comment: &Comment) -> Fix {
    let text = &source.text;
    let (mut start, mut end) = (comment.offset, comment.offset + comment.length);
    let line_start = text[..start].rfind('\n').map_or(0, |index| index + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |index| end + index);
    let (before, after) = (&text[line_start..start], &text[end..line_end]);
    if after.trim().is_empty() {
        if before.trim().is_empty() {
            start = line_start;
            end = (line_end + 1).min(text.len());
        } else {
            start -= before.len() - before.trim_end().len();
        }
    }
    let edit = Edit { path: path.to_owned(), offset: start, length: end - start, text: String::new() };
    Fix { title: "remove the comment".to_owned(), edits: vec![edit], safe: true }
}

/// Where lines begin.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl Lines<'_> {
    fn of(text: &str) -> Lines<'_> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(index, _)| index + 1)).collect();
        Lines { text, starts }
    }

    /// From 0.
    fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    fn line(&self, number: usize) -> &str {
        let start = self.starts.get(number).copied().unwrap_or(self.text.len());
        let end = self.starts.get(number + 1).copied().unwrap_or(self.text.len());
        &self.text[start..end]
    }

    /// Its own line if there is code on it, otherwise the next that has some.
    fn meant_by(&self, comment: &Comment) -> usize {
        let end = comment.offset + comment.length;
        let (first, last) = (self.number(comment.offset), self.number(end.saturating_sub(1)));
        let before = &self.text[self.starts[first]..comment.offset];
        let after = &self.text[end..(self.starts[last] + self.line(last).len()).max(end)];
        // `{/* … */}` is how JSX has comments.
        let is_code = |text: &str, mark: &str| !["", mark].contains(&text.trim());
        if is_code(before, "{") || is_code(after, "}") {
            return if is_code(after, "}") { last } else { first };
        }
        let is_empty = |number: &usize| {
            let line = self.line(*number).trim();
            line.is_empty() || line.starts_with("//")
        };
        (last + 1..self.starts.len()).find(|number| !is_empty(number)).unwrap_or(last)
    }
}
