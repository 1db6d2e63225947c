//! The tree to an outline.

mod names;
mod shapes;

use super::guard;
use super::parse::{Parsed, parse};
use crate::diagnostic::Diagnostic;
use crate::facts::Span;
use crate::outline::{Fold, FoldKind, Outline};
use crate::source::{Language, Source};
use swc_common::{GLOBALS, Globals, Mark, SyntaxContext};
use swc_ecma_ast::Pass;
use swc_ecma_transforms_base::resolver;
use swc_ecma_visit::VisitWith;

/// The outline of a text that can be parsed.
pub(crate) fn outline(source: &Source, language: Language) -> Result<Outline, Vec<Diagnostic>> {
    guard::run(source, || {
        GLOBALS.set(&Globals::new(), || {
            let mut parsed = parse(source, language)?;
            let (unresolved, top_level) = (Mark::new(), Mark::new());
            resolver(unresolved, top_level, language.typescript).process(&mut parsed.program);
            let context = |mark| SyntaxContext::empty().apply_mark(mark);
            let mut outline = Outline::default();
            names::collect(&parsed, context(unresolved), context(top_level), &mut outline);
            let mut shapes = shapes::Shapes::new(&parsed, &mut outline);
            parsed.program.visit_with(&mut shapes);
            comments(source, &parsed, &mut outline);
            finish(&mut outline);
            Ok(outline)
        })
    })
}

fn span(parsed: &Parsed, span: swc_common::Span) -> Span {
    let small = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span { start: small(parsed.offset(span.lo)), end: small(parsed.offset(span.hi)) }
}

/// Block comments, and line comments that follow each other.
fn comments(source: &Source, parsed: &Parsed, outline: &mut Outline) {
    let (leading, trailing) = parsed.comments.borrow_all();
    let all = leading.values().chain(trailing.values()).flatten();
    let mut spans: Vec<Span> = all.map(|comment| span(parsed, comment.span)).collect();
    spans.sort_unstable();
    spans.dedup();
    let mut joined: Vec<Span> = Vec::new();
    for next in spans {
        match joined.last_mut() {
            Some(last)
                if source.text.get(last.end as usize..next.start as usize).is_some_and(|it| it.trim().is_empty()) =>
            {
                last.end = next.end;
            }
            _ => joined.push(next),
        }
    }
    outline.folds.extend(joined.into_iter().map(|span| Fold { span, kind: FoldKind::Comment }));
}

fn finish(outline: &mut Outline) {
    outline.uses.sort_by_key(|it| (it.span, !it.is_definition));
    outline.uses.dedup_by_key(|it| it.span);
    outline.calls.sort_by_key(|it| it.span);
    outline.statements.sort_unstable();
    outline.folds.sort_unstable_by_key(|it| (it.span.start, it.kind));
    for call in &mut outline.calls {
        let found = outline.uses.binary_search_by_key(&call.callee, |it| it.span).ok();
        call.binding = found.map(|index| outline.uses[index].binding);
    }
}
