//! A file to a tree of plain statements and the record of it. `import` and `export` leave the tree for the record.

use super::ids::Ids;
use super::record::{Name, RESERVED, Record, Spot, Symbol, SymbolIndex};
use super::{define, scan, strict};
use crate::diagnostic::Diagnostic;
use crate::resolve::Settings;
use crate::source::{Language, Source};
use crate::syntax::guard::{self, Levels};
use crate::syntax::parse::{Parsed, parse};
use crate::syntax::unmarked::Unmarked;
use crate::syntax::{early, lower, sloppy};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;
use std::sync::Arc;
use swc_common::comments::{Comment, CommentKind, SingleThreadedComments};
use swc_common::{BytePos, GLOBALS, Globals, Mark, Span, SyntaxContext};
use swc_ecma_ast::{Id, Ident, Pass, Program, Stmt};
use swc_ecma_transforms_base::resolver;
use swc_ecma_visit::VisitMutWith;

/// A module that waits to be linked.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) record: Record,
    pub(crate) tree: Tree,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// The statements of a module. One for each [`super::record::Statement`]; of a CommonJS module, all for the only one.
pub(crate) struct Tree {
    pub(super) body: Vec<Stmt>,
    pub(super) ids: Ids,
    pub(super) globals: Arc<Globals>,
    pub(super) unresolved: Mark,
    pub(super) top_level: Mark,
    /// Inner names that may share a short one.
    pub(super) slots: FxHashMap<Id, u32>,
    /// The only statement is the function that a wrapper calls.
    pub(super) is_function: bool,
    /// Position of the first byte of the text.
    pub(super) start: BytePos,
    /// Comments that say which calls are pure.
    pub(super) annotations: Vec<(BytePos, Vec<Comment>)>,
    /// How deep the text nests.
    pub(super) levels: Levels,
}

impl Clone for Tree {
    fn clone(&self) -> Tree {
        let globals = Arc::clone(&self.globals);
        Tree {
            body: self.body.clone(),
            ids: self.ids.clone(),
            annotations: self.annotations.clone(),
            slots: self.slots.clone(),
            globals,
            ..*self
        }
    }
}

impl std::fmt::Debug for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tree({} statements)", self.body.len())
    }
}

/// What may be said about a module from outside.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wishes<'a> {
    /// Dotted names and what stands for them.
    pub(crate) define: &'a [(String, String)],
    /// Whether `using` may stay.
    pub(crate) using: bool,
}

/// Parses, lowers and scans `source`.
pub(crate) fn prepare(
    source: &Source,
    language: Language,
    settings: &dyn Fn() -> Settings,
    wishes: Wishes<'_>,
) -> Result<Prepared, Vec<Diagnostic>> {
    let levels = guard::levels(source)?;
    guard::run_at(source, levels, || {
        let globals = Globals::new();
        let (mut prepared, diagnostics) =
            GLOBALS.set(&globals, || in_scope(source, language, settings, wishes, levels))?;
        prepared.tree.globals = Arc::new(globals);
        prepared.diagnostics = diagnostics;
        Ok(prepared)
    })
}

fn in_scope(
    source: &Source,
    language: Language,
    settings: &dyn Fn() -> Settings,
    wishes: Wishes<'_>,
    levels: Levels,
) -> Result<(Prepared, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut parsed = parse(source, language)?;
    let mut diagnostics = early::errors(source, &parsed, language.typescript);
    if lower::lower_tree(source, &mut parsed, language, settings, wishes.using)? {
        // The passes have given different things different names.
        parsed.program.visit_mut_with(&mut Unmarked);
    }
    sloppy::hoist(&mut parsed.program);
    let (unresolved, top_level) = (Mark::new(), Mark::new());
    resolver(unresolved, top_level, false).process(&mut parsed.program);
    let unresolved_context = SyntaxContext::empty().apply_mark(unresolved);
    define::define(&mut parsed.program, &source.text, wishes.define, unresolved_context);
    let comments = std::mem::take(&mut parsed.comments);
    let kept = Kept::of(comments);
    let mut program = std::mem::replace(&mut parsed.program, Program::Script(Default::default()));
    if let Program::Script(script) = &mut program {
        let made = strict::make(script, unresolved_context, &parsed, &source.text);
        diagnostics.extend(refused(source, &parsed, made));
    }
    let context = scan::Context {
        source,
        parsed: &parsed,
        unresolved: unresolved_context,
        pure: &kept.pure,
        effectless: &kept.effectless,
    };
    let mut scanned = scan::scan(program, &context);
    scanned.record.legal = kept.legal;
    let tree = Tree {
        body: scanned.body,
        ids: scanned.ids,
        globals: Arc::default(),
        unresolved,
        top_level,
        slots: FxHashMap::default(),
        is_function: false,
        start: parsed.start,
        annotations: kept.annotations,
        levels,
    };
    diagnostics.append(&mut scanned.diagnostics);
    Ok((Prepared { record: scanned.record, tree, diagnostics: Vec::new() }, diagnostics))
}

/// Complaints about what a bundle cannot hold.
fn refused(source: &Source, parsed: &Parsed, refused: Vec<strict::Refused>) -> Vec<Diagnostic> {
    let complain = |it: strict::Refused| {
        let message = format!("only sloppy code may have {}, and code in a bundle is strict", it.what);
        let help = "leave the module out with --external, or build with --format=graph, which leaves it as it is";
        parsed.diagnostic(source, message, it.span).help(help)
    };
    refused.into_iter().map(complain).collect()
}

/// Comments that mean something.
#[derive(Default)]
struct Kept {
    legal: Vec<String>,
    annotations: Vec<(BytePos, Vec<Comment>)>,
    pure: FxHashSet<BytePos>,
    /// Positions of functions whose calls are pure.
    effectless: FxHashSet<BytePos>,
}

impl Kept {
    fn of(comments: SingleThreadedComments) -> Kept {
        let (leading, trailing) = comments.take_all();
        let mut kept = Kept::default();
        let mut legal: Vec<(BytePos, String)> = Vec::new();
        for (map, is_leading) in [(leading, true), (trailing, false)] {
            let map = Rc::try_unwrap(map).map(|it| it.into_inner()).unwrap_or_default();
            for (position, comments) in map {
                for comment in &comments {
                    if is_legal(comment) {
                        legal.push((comment.span.lo, written(comment)));
                    }
                }
                let has = |word: &str| comments.iter().any(|it| it.text.contains(word));
                if is_leading && (has("#__PURE__") || has("@__PURE__")) {
                    kept.pure.insert(position);
                    kept.annotations.push((position, comments));
                } else if is_leading && has("__NO_SIDE_EFFECTS__") {
                    kept.effectless.insert(position);
                }
            }
        }
        legal.sort();
        legal.dedup();
        kept.legal = legal.into_iter().map(|(_, text)| text).collect();
        kept.annotations.sort_by_key(|(position, _)| *position);
        kept
    }
}

fn is_legal(comment: &Comment) -> bool {
    comment.text.starts_with('!') || comment.text.contains("@license") || comment.text.contains("@preserve")
}

fn written(comment: &Comment) -> String {
    match comment.kind {
        CommentKind::Line => format!("//{}", comment.text.trim_end()),
        CommentKind::Block => format!("/*{}*/", comment.text),
    }
}

/// A record with the symbols that every one begins with.
pub(super) fn new_record(esm: bool) -> Record {
    let symbols = RESERVED.iter().map(|name| Symbol { name: Name::from(*name) }).collect();
    Record { esm, symbols, ..Record::default() }
}

pub(super) fn spot(parsed: &Parsed, span: Span) -> Spot {
    let (low, high) = (parsed.offset(span.lo), parsed.offset(span.hi));
    Spot { offset: low as u32, length: high.saturating_sub(low) as u32 }
}

/// Adds a symbol for `name`, or finds the one there is.
pub(super) fn symbol(record: &mut Record, ids: &mut Ids, name: &Ident) -> SymbolIndex {
    if let Some(symbol) = ids.get(name) {
        return symbol;
    }
    record.symbols.push(Symbol { name: Arc::from(&*name.sym) });
    let symbol = (record.symbols.len() - 1) as SymbolIndex;
    ids.insert(name.to_id(), symbol);
    symbol
}
