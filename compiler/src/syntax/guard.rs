//! Keeps bad input from hurting: swc recurses as deep as a text nests, and it may panic.

use crate::diagnostic::Diagnostic;
use crate::source::Source;
use corona_std::errors;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use swc_ecma_ast::{Expr, JSXElement, Pat, Program, Stmt, TsType};
use swc_ecma_visit::{Visit, VisitWith};

/// Brackets within brackets beyond this are refused before anything is parsed.
const BRACKETS_MAX: usize = 20_000;
/// Nodes of the tree within nodes.
const NODES_MAX: usize = 20_000;
/// Stack that any file gets.
const STACK_BYTES_MIN: usize = 24 << 20;
/// The most that one gets; the address space is used only as far as the text really nests.
const STACK_BYTES_MAX: usize = 2 << 30;
/// What one level may need, in the parser and in each pass.
const LEVEL_BYTES: usize = 12 << 10;

/// What a text was found to need.
#[derive(Debug, Clone, Copy)]
pub(super) struct Levels(usize);

/// Runs `work` on `source` with a stack that is large enough, and turns a panic into a diagnostic.
pub(super) fn run<T>(source: &Source, work: impl FnOnce() -> Result<T, Vec<Diagnostic>>) -> Result<T, Vec<Diagnostic>> {
    run_at(source, levels(source)?, work)
}

/// How deep a text nests at most; a complaint if that is too deep.
pub(super) fn levels(source: &Source) -> Result<Levels, Vec<Diagnostic>> {
    let nesting = nesting(&source.text);
    match nesting.brackets > BRACKETS_MAX {
        true => Err(vec![too_deep(source)]),
        false => Ok(Levels(nesting.levels())),
    }
}

/// [`run`] for a text of which it is known how deep it nests.
pub(super) fn run_at<T>(
    source: &Source,
    Levels(levels): Levels,
    work: impl FnOnce() -> Result<T, Vec<Diagnostic>>,
) -> Result<T, Vec<Diagnostic>> {
    let stack = (STACK_BYTES_MIN + levels * LEVEL_BYTES).min(STACK_BYTES_MAX);
    quietly(|| catch_unwind(AssertUnwindSafe(|| stacker::maybe_grow(stack, stack, work)))).unwrap_or_else(|payload| {
        let reason = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("no reason given");
        if let Some(mistake) = mistake(reason) {
            let end = source.text.trim_end().len();
            let offset = match reason.contains("<eof>") || reason.contains("Token::Eof") {
                true => end,
                false => namespaced_member(&source.text).unwrap_or(0),
            };
            return Err(vec![Diagnostic::new(errors::SYNTAX, mistake).at(source.place(offset, 1))]);
        }
        let message = format!("the compiler failed on {}: {reason}", source.name);
        let help = "this is a bug of Corona's, not of your program: please report it with the file";
        Err(vec![Diagnostic::new(errors::UNREADABLE_MODULE, message).at(source.place(0, 0)).help(help)])
    })
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// A panic that becomes a diagnostic is not reported by the panic hook as well.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    let was = QUIET.replace(true);
    let result = work();
    QUIET.set(was);
    result
}

/// What a text does wrong when the parser asserts, most often in debug builds only, that texts do not do that.
fn mistake(reason: &str) -> Option<String> {
    if reason.contains("JSXNamespacedName -> JSXObject") {
        return Some("a name in JSX has a colon or dots, not both".to_owned());
    }
    if let Some(tokens) = reason.strip_prefix("assertion failed: expected") {
        return Some(format!("expected{tokens}"));
    }
    if reason.contains("started_with_backtick") {
        return Some("a template begins or ends where none can".to_owned());
    }
    if reason.contains("!self.input().syntax().dts()") {
        return Some("this is code, and a declaration file holds none".to_owned());
    }
    // What follows `<!--`, a comment in scripts, was read as the text of a regular expression.
    if reason.contains("left: Some(60)") && reason.contains("right: Some(47)") {
        return Some("'<!--' stands where no comment can".to_owned());
    }
    let at_the_end = reason.starts_with("parser should not call peek()") && reason.contains("<eof>");
    (at_the_end || reason.contains("!= Token::Eof")).then(|| "unexpected end of the file".to_owned())
}

/// Where an element of JSX seems to be called `a:b.c`.
fn namespaced_member(text: &str) -> Option<usize> {
    let is_name = |it: char| it.is_alphanumeric() || ['$', '_', '-'].contains(&it);
    text.match_indices(':').map(|(at, _)| at).find(|at| {
        let (before, after) = (text[..*at].trim_end_matches(is_name), text[at + 1..].trim_start_matches(is_name));
        before.ends_with('<') && after.starts_with('.')
    })
}

/// A bound, from the text alone, on how deep it nests. Strings and comments are not told apart from code: they make
/// the bound larger, never smaller by more than they are long.
struct Nesting {
    brackets: usize,
    /// Most operators and spaces without one of `; , { }` between them: what nests without brackets.
    run: usize,
}

impl Nesting {
    fn levels(&self) -> usize {
        self.brackets + self.run
    }
}

fn nesting(text: &str) -> Nesting {
    let (mut depth, mut found) = (0usize, Nesting { brackets: 0, run: 0 });
    let mut run = 0usize;
    // Block by block, so that the compiler counts many bytes at once; what counts is a bound, not where in a block it is.
    let (blocks, rest) = text.as_bytes().as_chunks::<64>();
    for counts in blocks.iter().map(|block| Counts::of(block)).chain([Counts::of(rest)]) {
        let Counts { opened, closed, joins, resets } = counts;
        found.brackets = found.brackets.max(depth + opened as usize);
        depth = depth.saturating_sub(closed as usize) + opened as usize;
        found.run = found.run.max(run + joins as usize);
        run = joins as usize + if resets > 0 { 0 } else { run };
    }
    found
}

/// Of at most 64 bytes.
#[derive(Clone, Copy, Default)]
struct Counts {
    opened: u8,
    closed: u8,
    /// Operators and spaces.
    joins: u8,
    /// What ends a run of them.
    resets: u8,
}

impl Counts {
    fn of(bytes: &[u8]) -> Counts {
        let mut counts = Counts::default();
        for byte in bytes {
            counts.opened += u8::from(matches!(byte, b'(' | b'[' | b'{'));
            counts.closed += u8::from(matches!(byte, b')' | b']' | b'}'));
            counts.resets += u8::from(matches!(byte, b';' | b',' | b'{' | b'}'));
            counts.joins += u8::from(matches!(
                byte,
                b'!' | b'~'
                    | b'?'
                    | b'='
                    | b'-'
                    | b'+'
                    | b'<'
                    | b':'
                    | b'*'
                    | b'&'
                    | b'|'
                    | b'.'
                    | b' '
                    | b'\n'
                    | b'\t'
            ));
        }
        counts
    }
}

fn too_deep(source: &Source) -> Diagnostic {
    Diagnostic::new(errors::SYNTAX, "the code nests too deeply").at(source.place(0, 1))
}

/// Hands the tree back if every pass can walk it. A tree that is too deep is leaked: dropping it recurses as well.
pub(super) fn check_depth(source: &Source, program: Program) -> Result<Program, Vec<Diagnostic>> {
    let mut depth = Depth { now: 0, exceeded: false };
    program.visit_with(&mut depth);
    if depth.exceeded {
        std::mem::forget(program);
        return Err(vec![too_deep(source)]);
    }
    Ok(program)
}

struct Depth {
    now: usize,
    exceeded: bool,
}

impl Depth {
    fn descend(&mut self, visit: impl FnOnce(&mut Self)) {
        if self.now >= NODES_MAX {
            self.exceeded = true;
            return;
        }
        self.now += 1;
        visit(self);
        self.now -= 1;
    }
}

impl Visit for Depth {
    fn visit_expr(&mut self, node: &Expr) {
        self.descend(|it| node.visit_children_with(it));
    }

    fn visit_stmt(&mut self, node: &Stmt) {
        self.descend(|it| node.visit_children_with(it));
    }

    fn visit_pat(&mut self, node: &Pat) {
        self.descend(|it| node.visit_children_with(it));
    }

    fn visit_ts_type(&mut self, node: &TsType) {
        self.descend(|it| node.visit_children_with(it));
    }

    fn visit_jsx_element(&mut self, node: &JSXElement) {
        self.descend(|it| node.visit_children_with(it));
    }
}
