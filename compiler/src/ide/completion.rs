//! Completion of standard modules and of what they export, and help with their parameters. Works on the text, because a
//! text that is being typed can seldom be parsed; only what is imported is taken from it by a look at its lines.

use super::Ide;
use super::std_docs::{self, StdItem};
use crate::diagnostic::Edit;
use std::ops::Range;
use std::path::Path;

#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    pub label: String,
    /// What stands for the part that is already typed.
    pub replace: Range<usize>,
    pub item: Option<&'static StdItem>,
    /// What a module that is completed says of itself.
    pub module_docs: Option<String>,
    /// The import that it needs.
    pub import: Option<Edit>,
}

/// Help with the call that the cursor stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct CallHelp {
    pub item: &'static StdItem,
    /// Number of the parameter.
    pub parameter: usize,
}

/// A name imported from a standard module.
struct Imported {
    local: String,
    module: String,
    /// None for the namespace.
    name: Option<String>,
}

impl Ide {
    pub fn completions(&mut self, path: &Path, offset: usize) -> Vec<Completion> {
        let Some(text) = self.current_text(path) else { return Vec::new() };
        let Some(before) = text.get(..offset) else { return Vec::new() };
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        if let Some(typed) = open_specifier(line) {
            let replace = offset - typed.len()..offset;
            // The block is written, and not what it becomes.
            let names = std_docs::modules().filter(|name| name.starts_with(typed) && *name != "corona:atomic");
            return names
                .map(|name| Completion {
                    label: name.to_owned(),
                    replace: replace.clone(),
                    item: None,
                    module_docs: std_docs::of_module(name),
                    import: None,
                })
                .collect();
        }
        if is_in_text(line) {
            return Vec::new();
        }
        let typed = word_before(before);
        let replace = offset - typed.len()..offset;
        let head = before[..replace.start].trim_end();
        if let Some(module) = import_list(&text, before) {
            return exports(&module, replace);
        }
        let imported = imported(&text);
        if let Some(object) = head.strip_suffix('.') {
            let object = word_before(object);
            let namespace = imported.iter().find(|it| it.local == object && it.name.is_none());
            return namespace.map(|it| exports(&it.module, replace)).unwrap_or_default();
        }
        if typed.is_empty() {
            return Vec::new();
        }
        let taken = |item: &&StdItem| imported.iter().any(|it| it.local == item.name);
        let fitting = std_docs::all().iter().filter(|it| it.name.starts_with(typed) && it.is_value());
        let free = fitting.filter(|item| !taken(item) && item.module != "corona:atomic");
        free.map(|item| Completion {
            label: item.name.clone(),
            replace: replace.clone(),
            item: Some(item),
            module_docs: None,
            import: Some(import(path, &text, item)),
        })
        .collect()
    }

    /// The standard function whose arguments are being typed.
    pub fn call_help(&mut self, path: &Path, offset: usize) -> Option<CallHelp> {
        let text = self.current_text(path)?;
        let (open, parameter) = open_call(text.get(..offset)?)?;
        let callee = &text[..open];
        let callee = callee.trim_end().strip_suffix(".future").unwrap_or(callee).trim_end();
        let name = word_before(callee);
        let imported = imported(&text);
        let head = callee[..callee.len() - name.len()].trim_end();
        let item = match head.strip_suffix('.') {
            Some(object) => {
                let object = word_before(object.trim_end());
                let namespace = imported.iter().find(|it| it.local == object && it.name.is_none())?;
                std_docs::find(&namespace.module, name)
            }
            None => {
                let import = imported.iter().find(|it| it.local == name)?;
                std_docs::find(&import.module, import.name.as_deref()?)
            }
        }?;
        Some(CallHelp { item, parameter })
    }

    /// Names of the file's own program need no analysis here.
    fn current_text(&mut self, path: &Path) -> Option<std::sync::Arc<str>> {
        self.settle();
        self.text(path)
    }
}

impl StdItem {
    fn is_value(&self) -> bool {
        self.kind != crate::outline::Kind::Type
    }
}

fn exports(module: &str, replace: Range<usize>) -> Vec<Completion> {
    let of_it = std_docs::all().iter().filter(|it| it.module == module);
    of_it
        .map(|item| Completion {
            label: item.name.clone(),
            replace: replace.clone(),
            item: Some(item),
            module_docs: None,
            import: None,
        })
        .collect()
}

/// Adds to an import of the module, or adds one after the last import.
fn import(path: &Path, text: &str, item: &StdItem) -> Edit {
    let edit = |offset: usize, text: String| Edit { path: path.to_owned(), offset, length: 0, text };
    for (at, statement) in imports(text) {
        let list_end = statement.find('}');
        if let (Some((_, module)), Some(end)) = (specifier(statement), list_end)
            && module == item.module
            && !statement.contains("import type")
        {
            let list = statement[..end].trim_end();
            let comma = if list.ends_with([',', '{']) { "" } else { "," };
            return edit(at + list.len(), format!("{comma} {}", item.name));
        }
    }
    let line = format!("import {{ {} }} from \"{}\";\n", item.name, item.module);
    let last = imports(text).last().map(|(at, statement)| at + statement.len());
    let after = last.map(|end| text[end..].find('\n').map_or(text.len(), |line_end| end + line_end + 1));
    match after {
        Some(offset) if !text[..offset].ends_with('\n') => edit(offset, format!("\n{}", line.trim_end())),
        Some(offset) => edit(offset, line),
        None => edit(start_of_code(text), line),
    }
}

/// After `#!`.
fn start_of_code(text: &str) -> usize {
    if text.starts_with("#!") { text.find('\n').map_or(text.len(), |at| at + 1) } else { 0 }
}

/// Import statements at the beginnings of lines, up to the end of their specifiers.
fn imports(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let starts = text.match_indices("import").map(|(at, _)| at);
    let starts = starts.filter(|at| *at == 0 || text[..*at].ends_with('\n'));
    starts.filter_map(|at| {
        let rest = &text[at..];
        let quote = rest.find(['"', '\''])?;
        let end = quote + 1 + rest[quote + 1..].find(['"', '\'', '\n'])?;
        let head = &rest[..quote];
        let is_import =
            !head.contains([';', '(']) && head["import".len()..].starts_with([' ', '{', '*', '\n', '"', '\'']);
        is_import.then(|| (at, &rest[..(end + 1).min(rest.len())]))
    })
}

/// What stands before the specifier, and the specifier.
fn specifier(statement: &str) -> Option<(&str, &str)> {
    let quote = statement.find(['"', '\''])?;
    let (head, tail) = statement.split_at(quote);
    Some((head, tail.trim_matches(['"', '\'', '\n'])))
}

fn imported(text: &str) -> Vec<Imported> {
    let mut found = Vec::new();
    for (head, module) in imports(text).filter_map(|(_, statement)| specifier(statement)) {
        if !std_docs::modules().any(|name| name == module) {
            continue;
        }
        let mut add = |local: &str, name: Option<&str>| {
            let (local, module) = (local.trim().to_owned(), module.to_owned());
            found.push(Imported { local, module, name: name.map(|name| name.trim().to_owned()) });
        };
        if let Some((_, local)) = head.split_once("* as ") {
            add(local.split_whitespace().next().unwrap_or_default(), None);
        }
        let list = head.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map_or("", |(list, _)| list);
        for part in list.split(',').map(|part| part.trim().trim_start_matches("type ")) {
            match part.split_once(" as ") {
                Some((name, local)) => add(local, Some(name)),
                None if !part.is_empty() => add(part, Some(part)),
                None => {}
            }
        }
    }
    found
}

/// What is typed of the specifier of an import, if the cursor stands in one.
fn open_specifier(line: &str) -> Option<&str> {
    let quote = line.rfind(['"', '\''])?;
    let (head, typed) = (line[..quote].trim_end(), &line[quote + 1..]);
    let opens = ["from", "import", "import(", "require("].iter().any(|word| head.ends_with(word));
    let is_open = line[..quote].matches(['"', '\'']).count().is_multiple_of(2);
    (opens && is_open).then_some(typed)
}

/// A guess that errs on the side of completing nothing.
fn is_in_text(line: &str) -> bool {
    let quotes = |quote: char| line.matches(quote).count() % 2 == 1;
    line.contains("//") || quotes('"') || quotes('\'')
}

/// The module, if the cursor stands between the braces of an import of it.
fn import_list(text: &str, before: &str) -> Option<String> {
    let (at, statement) =
        imports(text).find(|(at, statement)| *at < before.len() && before.len() < at + statement.len())?;
    let inside = &statement[..before.len() - at];
    let (_, module) = specifier(statement)?;
    (inside.contains('{') && !inside.contains('}')).then(|| module.to_owned())
}

fn word_before(text: &str) -> &str {
    let is_part = |it: char| it.is_alphanumeric() || it == '_' || it == '$';
    let start = text.char_indices().rev().take_while(|(_, it)| is_part(*it)).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// How far back an open bracket is looked for.
const CALL_BYTES_MAX: usize = 4096;

/// The bracket of the call around the end of the text, and how many commas follow it.
fn open_call(before: &str) -> Option<(usize, usize)> {
    let (mut depth, mut commas) = (0usize, 0);
    for (at, character) in before.char_indices().rev() {
        if before.len() - at > CALL_BYTES_MAX {
            return None;
        }
        match character {
            ')' | ']' | '}' => depth += 1,
            '(' if depth == 0 => return Some((at, commas)),
            '[' | '{' if depth == 0 => return None,
            '(' | '[' | '{' => depth -= 1,
            ',' if depth == 0 => commas += 1,
            ';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}
