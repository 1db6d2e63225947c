//! Takes the call that an atomic block begins with out of it: nothing of the block has happened before the call, so the
//! block does the same without it.

use super::program::Program;
use crate::diagnostic::{Edit, Fix};
use crate::effects::{Site, Verdict};
use crate::facts::{Section, SectionKind, Span};
use crate::graph::walk::ModuleId;

/// The fix, where the call is certain to be the first thing that the block does.
pub(super) fn hoist(program: &Program<'_>, module: ModuleId, site: &Site) -> Option<Fix> {
    let node = program.node(module);
    let (facts, text) = (program.facts(module), &*node.source.text);
    let call = site.span;
    let encloses = |section: &&Section| {
        section.kind == SectionKind::Block && section.span.start <= call.start && call.end <= section.span.end
    };
    // The only one around: taken out of an inner block, the call would still stand in the outer one.
    let mut around = facts.sections.iter().filter(encloses);
    let (section, None) = (around.next()?, around.next()) else { return None };
    let is_plain = site.verdict == Verdict::Proven
        && site.call.is_some()
        && site.function == section.function
        && section.parent.is_none()
        && !declares(program, module, section.span, call);
    let label = start_of_label(text, section.span)?;
    let open = label + text.get(label..call.start as usize)?.find('{')?;
    let before = text.get(open + 1..call.start as usize)?;
    if !is_plain || !is_start_of_statement(before) || !stands_in_a_list(text, label) {
        return None;
    }
    let rest = text.get(call.end as usize..section.span.end as usize)?;
    if names_of_the_block(before, rest)
        .any(|declared| has_word(&text[call.start as usize..call.end as usize], declared))
    {
        return None;
    }
    let name = fresh_name(text);
    let indent_start = text[..label].rfind('\n').map_or(0, |index| index + 1);
    let indent: String = text[indent_start..label].chars().take_while(|it| it.is_whitespace()).collect();
    let call_text = text.get(call.start as usize..call.end as usize)?;
    let path = &node.found.path;
    let edit = |offset: usize, length: usize, text: String| Edit { path: path.clone(), offset, length, text };
    Some(Fix {
        title: "do it before the block".to_owned(),
        edits: vec![
            edit(label, 0, format!("const {name} = {call_text};\n{indent}")),
            edit(call.start as usize, call_text.len(), name),
        ],
        safe: true,
    })
}

/// Whether the block declares functions or classes, which the call might use.
fn declares(program: &Program<'_>, module: ModuleId, section: Span, call: Span) -> bool {
    let inside = |outer: Span, inner: Span| outer.start <= inner.start && inner.end <= outer.end;
    let functions = &program.facts(module).functions;
    functions.iter().any(|it| inside(section, it.span) && !inside(call, it.span))
}

/// Where `atomic:` begins; the span of a section may begin with it or with its brace.
fn start_of_label(text: &str, section: Span) -> Option<usize> {
    let start = section.start as usize;
    if text.get(start..)?.starts_with("atomic") {
        return Some(start);
    }
    let before = text.get(..start)?.trim_end().strip_suffix(':')?.trim_end();
    before.ends_with("atomic").then(|| before.len() - "atomic".len())
}

/// `const x =`, `x =`, `return` or nothing: what follows is evaluated first.
fn is_start_of_statement(before: &str) -> bool {
    let is_name =
        |text: &str| !text.is_empty() && text.chars().all(|it| it.is_alphanumeric() || it == '_' || it == '$');
    let before = before.trim();
    if before.is_empty() || before == "return" {
        return true;
    }
    let Some(target) = before.strip_suffix('=').map(str::trim) else { return false };
    let declared = ["const ", "let ", "var "].iter().find_map(|word| target.strip_prefix(word));
    // A type annotation says nothing that runs.
    let name = declared.map_or(target, |rest| rest.split(':').next().unwrap_or(rest));
    is_name(name.trim())
}

/// Whether a statement may be put before it: what stands there ends a statement or begins a list of them.
fn stands_in_a_list(text: &str, label: usize) -> bool {
    let before = text[..label].trim_end();
    // In a comment, what ends a statement ends none.
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_comment = line.contains("//") || line.contains("*/");
    before.is_empty() || before.ends_with([';', '{', '}']) && !is_comment
}

/// Words of the patterns that the block declares: outside of it they are other variables, or none. More words than
/// those of variables do no harm.
fn names_of_the_block<'a>(before: &'a str, rest: &'a str) -> impl Iterator<Item = &'a str> {
    let declarations = ["const ", "let ", "using "].into_iter().flat_map(move |word| {
        let patterns = [before, rest].into_iter().flat_map(move |text| text.split(word).skip(1));
        patterns.map(|pattern| pattern.split([';', '\n']).next().unwrap_or_default().trim_start())
    });
    declarations.flat_map(|pattern| {
        let count = if pattern.starts_with(['{', '[']) { usize::MAX } else { 1 };
        pattern.split(',').flat_map(move |part| words(part).take(count))
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !(it.is_alphanumeric() || it == '_' || it == '$')).filter(|word| !word.is_empty())
}

fn has_word(text: &str, wanted: &str) -> bool {
    words(text).any(|word| word == wanted)
}

fn fresh_name(text: &str) -> String {
    let names = std::iter::once("result".to_owned()).chain((2..).map(|number| format!("result{number}")));
    names.into_iter().find(|name| !text.contains(name.as_str())).unwrap_or_default()
}
