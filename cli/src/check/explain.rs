//! `corona check --explain`: the documentation of a lint, or of an error's code.

use corona_compiler::{LINTS, Lint};
use std::fmt::Write;

/// Codes of errors have a section each.
const PAGE: &str = corona_std::errors::PAGE;

pub(super) fn explain(name: &str) -> Result<String, String> {
    if let Some(lint) = Lint::named(name) {
        return Ok(of_lint(lint));
    }
    section(&name.to_ascii_uppercase()).ok_or_else(|| {
        let names: Vec<&str> = LINTS.iter().map(|lint| lint.name).collect();
        format!("there is no lint and no code \"{name}\"; the lints are {}", names.join(", "))
    })
}

fn of_lint(lint: &Lint) -> String {
    let mut out = format!("{} ({}, {})\n", lint.name, lint.code, lint.severity.name());
    for (title, text) in [("What it does", lint.what), ("Why is this bad?", lint.why)] {
        let _ = write!(out, "\n{title}\n\n{}", wrap(text));
    }
    for (title, code) in [("Example", lint.example), ("Use instead", lint.instead)] {
        let _ = write!(out, "\n{title}\n\n{}", indent(code));
    }
    let _ = write!(out, "\nSuppress it with a comment: // corona-ignore {}: <reason>\n", lint.name);
    out
}

fn section(code: &str) -> Option<String> {
    let (_, rest) = PAGE.split_once(&format!("## {code}\n"))?;
    let text = rest.split("\n## ").next().unwrap_or(rest);
    Some(format!("{code}\n\n{}\n", text.trim()))
}

const WIDTH: usize = 96;

fn wrap(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            out.push('\n');
            width = 0;
        }
        out.push_str(if width > 0 { " " } else { "  " });
        out.push_str(word);
        width += length + 1;
    }
    out.push('\n');
    out
}

fn indent(code: &str) -> String {
    code.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}
