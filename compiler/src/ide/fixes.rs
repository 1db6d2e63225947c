//! What can be done about a diagnostic, and with selected code: each way is a set of edits.

use super::names::range;
use super::{Ide, std_docs};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::facts::Span;
use crate::outline::Outline;
use std::ops::Range;
use std::path::{Path, PathBuf};

impl Ide {
    /// Ways to mend what a diagnostic complains about, the best first.
    pub fn fixes(&mut self, diagnostic: &Diagnostic) -> Vec<Fix> {
        let start_it = self.start_inside_wait_after(diagnostic);
        diagnostic.fix.iter().cloned().chain(start_it).chain(suppression(diagnostic)).collect()
    }

    /// `sleep(1);` in an atomic section, where only its end matters: it is started inside, and waited for afterwards.
    fn start_inside_wait_after(&mut self, diagnostic: &Diagnostic) -> Option<Fix> {
        let place = diagnostic.place.as_ref().filter(|_| diagnostic.lint == Some("blocking-in-atomic"))?;
        let path = PathBuf::from(&place.file);
        let (module, outline) = self.module(&path)?;
        let text = std::sync::Arc::clone(&self.nodes()[module.index()].source.text);
        let inside = |span: Span| range(span).contains(&place.offset);
        let call = outline.calls.iter().find(|it| it.is_statement && it.span.start as usize == place.offset)?;
        let import = outline.import_of(call.binding?)?;
        let item = std_docs::find(&import.specifier, import.name.as_deref()?)?;
        if item.effect != Some("blocks") {
            return None;
        }
        let section = outline.sections.iter().filter(|it| inside(it.body)).min_by_key(|it| range(it.body).len())?;
        let whole = statement_around(&outline, Span { start: section.word.start, end: section.body.end })?;
        // Behind a `return` nothing waits.
        let waits = ["atomic", "const ", "let ", "var "].iter().any(|word| text[range(whole)].starts_with(word));
        // Another function runs later, or more than once.
        let only_one =
            text[range(section.body)].matches("=>").count() <= 1 && !text[range(section.body)].contains("function");
        if !waits || !only_one {
            return None;
        }
        let name = free_name(&outline, "started");
        let indent = indent(&text, whole.start as usize);
        let edit = |offset: usize, text: String| Edit { path: path.clone(), offset, length: 0, text };
        // TypeScript takes a variable that only a function assigns to for one that is never assigned to.
        let kind = match is_typed(&path) {
            true => format!(": ReturnType<typeof {}.future> | undefined", &text[range(call.callee)]),
            false => String::new(),
        };
        let edits = vec![
            edit(whole.start as usize, format!("let {name}{kind};\n{indent}")),
            edit(call.span.start as usize, format!("{name} = ")),
            edit(call.callee.end as usize, ".future".to_owned()),
            edit(whole.end as usize, format!("\n{indent}{name}?.get();")),
        ];
        let title = format!("Start {} inside, and wait for it after the section", item.name);
        Some(Fix { title, edits, safe: false })
    }

    /// Puts selected statements into an atomic block, if they can stand in one.
    pub fn wrap_in_atomic(&mut self, path: &Path, selected: Range<usize>) -> Option<Fix> {
        self.settle();
        let (module, outline) = self.module(path)?;
        let text = std::sync::Arc::clone(&self.nodes()[module.index()].source.text);
        let selection = text.get(selected.clone())?;
        let start = selected.start + (selection.len() - selection.trim_start().len());
        let end = start + selection.trim().len();
        let code = &text[start..end];
        let fits = |it: &Span| start <= it.start as usize && it.end as usize <= end;
        let first = outline.statements.iter().find(|it| fits(it) && it.start as usize == start)?;
        outline.statements.iter().find(|it| fits(it) && it.end as usize == end)?;
        let suspends = ["await", "yield", "import", "export"].iter().any(|word| has_word(code, word));
        if suspends || first.start as usize != start || self.is_used_outside(&outline, start..end) {
            return None;
        }
        let indent = indent(&text, start);
        let inner = code.replace('\n', "\n  ");
        let edit = Edit {
            path: path.to_owned(),
            offset: start,
            length: end - start,
            text: format!("atomic: {{\n{indent}  {inner}\n{indent}}}"),
        };
        Some(Fix { title: "Wrap in an atomic block".to_owned(), edits: vec![edit], safe: false })
    }

    /// Whether something that is declared there is used elsewhere: a block would hide it.
    fn is_used_outside(&self, outline: &Outline, code: Range<usize>) -> bool {
        let inside = |span: Span| code.contains(&(span.start as usize));
        let declared = outline.uses.iter().filter(|it| it.is_definition && inside(it.span));
        declared.into_iter().any(|it| outline.uses_of(it.binding).any(|other| !inside(other.span)))
    }
}

/// A comment before the line. Why it is right is for the author to say: the comment asks for it.
fn suppression(diagnostic: &Diagnostic) -> Option<Fix> {
    let lint = diagnostic.lint.filter(|it| !it.ends_with("-suppression"))?;
    let place = diagnostic.place.as_ref()?;
    let (_, before, _) = place.line();
    let offset = place.offset - before.len();
    let text =
        format!("{}// corona-ignore {lint}: FIXME say why this is right here\n", indent(&place.text, place.offset));
    let edit = Edit { path: PathBuf::from(&place.file), offset, length: 0, text };
    Some(Fix { title: format!("Suppress {lint} here, with a reason"), edits: vec![edit], safe: false })
}

/// Whether types can be written in the file.
fn is_typed(path: &Path) -> bool {
    path.extension().is_some_and(|it| ["ts", "mts", "cts", "tsx"].iter().any(|typed| it == *typed))
}

fn statement_around(outline: &Outline, span: Span) -> Option<Span> {
    let around = outline.statements.iter().filter(|it| it.start <= span.start && span.end <= it.end);
    around.copied().min_by_key(|it| it.end - it.start)
}

/// White space at the start of the line.
fn indent(text: &str, offset: usize) -> String {
    let line = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    text[line..].chars().take_while(|it| *it == ' ' || *it == '\t').collect()
}

fn free_name(outline: &Outline, wanted: &str) -> String {
    let is_free = |name: &String| !outline.bindings.iter().any(|it| it.name == *name);
    let numbered = (2..).map(|number| format!("{wanted}{number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

/// A guess that errs on the side of finding one: strings and comments count as well.
fn has_word(code: &str, word: &str) -> bool {
    code.split(|it: char| !it.is_alphanumeric() && it != '_' && it != '$').any(|it| it == word)
}
