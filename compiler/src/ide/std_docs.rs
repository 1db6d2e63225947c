//! What the standard modules say about themselves: their declarations, read once.

use crate::outline::{Kind, Outline, Symbol};
use crate::source::{Format, Language, Source};
use crate::syntax;
use corona_std::effects::{self, Effect};
use std::sync::OnceLock;

/// Something that a standard module exports.
#[derive(Debug, Clone, PartialEq)]
pub struct StdItem {
    /// `corona:net`
    pub module: String,
    pub name: String,
    pub kind: Kind,
    /// One for each overload, as declared.
    pub signatures: Vec<Signature>,
    /// Markdown.
    pub docs: String,
    /// What a call does, if the table of effects tells.
    pub effect: Option<&'static str>,
}

/// How a function can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub label: String,
    /// Ranges of bytes of the label.
    pub parameters: Vec<(usize, usize)>,
}

/// Every export of every standard module.
pub(super) fn all() -> &'static [StdItem] {
    static ITEMS: OnceLock<Vec<StdItem>> = OnceLock::new();
    ITEMS.get_or_init(|| {
        let mut items = Vec::new();
        corona_std::types::FILES.iter().for_each(|(name, text)| read(name, text, &mut items));
        items
    })
}

pub(super) fn find(module: &str, name: &str) -> Option<&'static StdItem> {
    all().iter().find(|it| it.module == module && it.name == name)
}

/// Names of the modules that programs can import.
pub(super) fn modules() -> impl Iterator<Item = &'static str> {
    corona_std::modules::ALL.iter().map(|it| it.name).filter(|name| !name.starts_with("internal:"))
}

/// What a module says of itself: the comment before its declarations, as Markdown.
pub(super) fn of_module(name: &str) -> Option<String> {
    let declares = format!("declare module \"{name}\"");
    let (_, text) = corona_std::types::FILES.iter().find(|(_, text)| text.contains(&declares))?;
    let lines: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("// ")).collect();
    let docs = lines.join(" ");
    let about = docs.trim_start_matches("Module ").trim_start_matches('"').strip_prefix(name)?;
    Some(about.trim_start_matches('"').trim_start_matches(':').trim_start().to_owned())
}

fn read(name: &str, text: &str, items: &mut Vec<StdItem>) {
    let language = Language { typescript: true, jsx: false, module: Some(true), declaration: false };
    let format = Format::Script(language);
    let source = Source { name: name.to_owned(), text: text.into(), format, foreign: false };
    let Ok(outline) = syntax::outline(&source, language) else { return };
    for symbol in &outline.symbols {
        let Some(module) = module_of(&outline, symbol) else { continue };
        let at = symbol.span.start as usize;
        let text = declaration(&source.text, symbol);
        let docs = docs(&source.text[..at]);
        let known = items.iter_mut().find(|it| it.module == module && it.name == symbol.name);
        match known {
            Some(known) => {
                if symbol.kind == Kind::Function {
                    known.signatures.push(signature(text));
                }
                if known.docs.is_empty() {
                    known.docs = docs;
                }
            }
            None => items.push(StdItem {
                effect: effect(&module, &symbol.name),
                name: symbol.name.clone(),
                kind: symbol.kind,
                signatures: vec![signature(text)],
                docs,
                module,
            }),
        }
    }
}

/// The module that the symbol is a top-level declaration of.
fn module_of(outline: &Outline, symbol: &Symbol) -> Option<String> {
    let around = outline.symbols.get(symbol.parent?)?;
    let is_module =
        around.kind == Kind::Namespace && around.parent.is_none() && modules().any(|name| name == around.name);
    let is_declaration = symbol.kind != Kind::Namespace;
    (is_module && is_declaration).then(|| around.name.clone())
}

/// Without the body of a class.
fn declaration(text: &str, symbol: &Symbol) -> String {
    let whole = &text[symbol.span.start as usize..symbol.span.end as usize];
    let end = match symbol.kind {
        Kind::Class | Kind::Type => whole.find('{').unwrap_or(whole.len()),
        _ => whole.len(),
    };
    let words = whole[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_end_matches(';').trim_end();
    match symbol.kind {
        Kind::Variable | Kind::Constant => format!("const {words}"),
        _ => words.replace("( ", "(").replace(", )", ")"),
    }
}

/// The comment that stands right before.
fn docs(before: &str) -> String {
    let before = before.trim_end();
    let before = ["const", "declare", "export"]
        .iter()
        .fold(before, |text, word| text.strip_suffix(word).unwrap_or(text).trim_end());
    let Some(inside) = before.strip_suffix("*/") else { return String::new() };
    let Some(start) = inside.rfind("/**") else { return String::new() };
    let lines = inside[start + 3..].lines().map(|line| line.trim().trim_start_matches('*').trim());
    let mut out = String::new();
    for line in lines {
        if line.starts_with('@') {
            out.push_str("\n\n");
        } else if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
    }
    out.trim().to_owned()
}

fn effect(module: &str, name: &str) -> Option<&'static str> {
    let row = effects::rows().find(|row| row.module == module && row.name == name)?;
    Some(match row.effect {
        Effect::Never => "never blocks",
        Effect::Blocks => "blocks",
        Effect::AsArguments => "blocks if a function that it is given does",
        Effect::UnlessSettled => "blocks unless what it waits for is settled",
    })
}

fn signature(label: String) -> Signature {
    let mut parameters = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    // Type parameters stand in angle brackets before; an arrow ends none.
    let bytes = label.as_bytes();
    for (at, byte) in label.bytes().enumerate() {
        let is_arrow = byte == b'>' && at > 0 && bytes[at - 1] == b'=';
        match byte {
            b'(' | b'[' | b'{' | b'<' => {
                depth += 1;
                if byte == b'(' && depth == 1 {
                    start = at + 1;
                }
            }
            b')' | b']' | b'}' | b'>' if !is_arrow => {
                depth = depth.saturating_sub(1);
                if byte == b')' && depth == 0 {
                    parameters.extend(parameter(&label, start, at));
                    break;
                }
            }
            b',' if depth == 1 && start > 0 => {
                parameters.extend(parameter(&label, start, at));
                start = at + 1;
            }
            _ => {}
        }
    }
    Signature { label, parameters }
}

fn parameter(label: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let text = label.get(start..end)?;
    let trimmed = text.trim();
    let start = start + (text.len() - text.trim_start().len());
    (!trimmed.is_empty()).then_some((start, start + trimmed.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_programs_can_import_is_documented() {
        for module in modules().filter(|module| *module != "corona:atomic") {
            assert!(all().iter().any(|it| it.module == module), "{module}");
            assert!(of_module(module).is_some_and(|it| it.ends_with('.')), "{module}");
        }
        assert_eq!(of_module("corona:net").as_deref(), Some("TCP and Unix-domain sockets."));
        let sleep = find("corona", "sleep").expect("it is there");
        assert_eq!(sleep.signatures[0].label, "function sleep(ms: number): void");
        assert_eq!(sleep.effect, Some("blocks"));
        assert!(sleep.docs.starts_with("Blocks for `ms` milliseconds"), "{}", sleep.docs);
    }

    #[test]
    fn parameters_are_told_apart() {
        let of = |label: &str| {
            let Signature { label, parameters } = signature(label.to_owned());
            parameters.iter().map(|(start, end)| label[*start..*end].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(of("function f(): void"), [""; 0]);
        assert_eq!(
            of("function spawn<A extends unknown[], T>(fn: (...args: A) => T, ...args: A): Task<T>"),
            ["fn: (...args: A) => T", "...args: A"]
        );
    }
}
