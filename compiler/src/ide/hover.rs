//! What is shown about a name.

use super::Ide;
use super::effects::FunctionView;
use super::names::{Origin, range, touches};
use super::std_docs::{self, StdItem};
use crate::source::urls;
use std::ops::Range;
use std::path::Path;

/// A text about what stands at a place, in Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    pub range: Range<usize>,
    pub text: String,
}

impl Ide {
    /// What the standard modules, or the analysis of effects, have to say. What types a name has is TypeScript's to say.
    pub fn hover(&mut self, path: &Path, offset: usize) -> Option<Hover> {
        self.settle();
        let (module, outline) = self.module(path)?;
        if let Some(Origin::Std(module, Some(name))) = self.origin_at(module, &outline, offset) {
            let item = std_docs::find(&module, &name)?;
            let member = outline.members.iter().find(|it| touches(it.span, offset)).map(|it| it.span);
            let found = member.or_else(|| outline.use_at(offset).map(|it| it.span));
            let mut names = outline.imports.iter().filter_map(|it| it.name_span);
            let span = found.or_else(|| names.find(|it| touches(*it, offset)))?;
            return Some(Hover { range: range(span), text: item.markdown() });
        }
        self.analyse();
        let (_, function) = self.function_at(path, offset)?;
        let view = self.view(&function);
        let word = outline.use_at(offset).map(|it| it.span);
        let word = word.or_else(|| outline.calls.iter().map(|it| it.name).find(|it| touches(*it, offset)));
        let word = word.or_else(|| outline.symbols.iter().map(|it| it.selection).find(|it| touches(*it, offset)))?;
        Some(Hover { range: range(word), text: self.function_markdown(&view) })
    }

    fn function_markdown(&self, view: &FunctionView) -> String {
        let mut text = format!("`{}` **{}**\n", view.name, view.effect);
        for (number, (what, at)) in view.path.iter().enumerate() {
            let source = self.text(&at.path).unwrap_or_default();
            let line = source.get(..at.start).map_or(1, |before| before.matches('\n').count() + 1);
            let file = at.path.file_name().unwrap_or_default().to_string_lossy();
            let url = urls::from_path(&at.path);
            text.push_str(&format!("\n{}. {what} ([{file}:{line}]({url}#L{line}))", number + 1));
        }
        text
    }
}

impl StdItem {
    /// As it is shown to a person.
    pub fn markdown(&self) -> String {
        let signatures: Vec<&str> = self.signatures.iter().map(|it| it.label.as_str()).collect();
        let mut text = format!("```ts\n{}\n```\n", signatures.join("\n"));
        if let Some(effect) = self.effect {
            text.push_str(&format!("\n**{effect}** · `{}`\n", self.module));
        }
        if !self.docs.is_empty() {
            text.push_str(&format!("\n{}\n", self.docs));
        }
        text
    }
}
