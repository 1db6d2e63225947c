//! What can be done about a diagnostic: what it says itself, and to suppress it.

use super::Ide;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use std::path::PathBuf;

impl Ide {
    /// Ways to mend what a diagnostic complains about, the best first.
    pub fn fixes(&self, diagnostic: &Diagnostic) -> Vec<Fix> {
        diagnostic.fix.iter().cloned().chain(suppression(diagnostic)).collect()
    }
}

/// A comment before the line. Why it is right is for the author to say: the comment asks for it.
fn suppression(diagnostic: &Diagnostic) -> Option<Fix> {
    let lint = diagnostic.lint.filter(|it| !it.ends_with("-suppression"))?;
    let place = diagnostic.place.as_ref()?;
    let (line, before, _) = place.line();
    let indent: String = line.chars().take_while(|it| it.is_whitespace()).collect();
    let text = format!("{indent}// corona-ignore {lint}: FIXME say why this is right here\n");
    let edit = Edit { path: PathBuf::from(&place.file), offset: place.offset - before.len(), length: 0, text };
    Some(Fix { title: format!("Suppress {lint} here, with a reason"), edits: vec![edit], safe: false })
}
