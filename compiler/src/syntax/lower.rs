//! A file to what V8 executes. JavaScript that needs nothing of it is handed through as it is.

use super::atomic::{self, Names};
use super::imports::{self, Request};
use super::parse::{Parsed, parse};
use super::print::{Printed, print};
use super::{commonjs, guard, typescript, using};
use crate::diagnostic::Diagnostic;
use crate::resolve::Settings;
use crate::source::{Language, Source};
use std::cell::RefCell;
use std::rc::Rc;
use swc_common::comments::Comments;
use swc_common::errors::{DiagnosticBuilder, Emitter, HANDLER, Handler, Level};
use swc_common::{DUMMY_SP, GLOBALS, Globals, Mark, Span, SyntaxContext};
use swc_ecma_ast::{Decorator, Ident, MetaPropExpr, MetaPropKind, Pass, Program, UsingDecl};
use swc_ecma_transforms_base::helpers::{HELPERS, Helpers, inject_helpers};
use swc_ecma_transforms_base::{fixer::fixer, hygiene::hygiene, resolver};
use swc_ecma_transforms_proposal::explicit_resource_management::explicit_resource_management;
use swc_ecma_transforms_proposal::{decorator_2023_11, decorators};
use swc_ecma_transforms_react as react;
use swc_ecma_visit::{Visit, VisitWith};

/// A lowered file.
#[derive(Debug)]
pub(crate) struct Lowered {
    /// Whether it is an ES module.
    pub(crate) module: bool,
    /// `None`: the text as it is.
    pub(crate) printed: Option<Printed>,
    /// As the lowered code asks: imports of types alone are gone.
    pub(crate) requests: Vec<Request>,
    /// Of a CommonJS module: what it exports and passes on.
    pub(crate) exports: commonjs::Exports,
}

/// Parses and lowers `source`. `settings` is asked only if the text has something that depends on them.
pub(crate) fn lower(
    source: &Source,
    language: Language,
    settings: &dyn Fn() -> Settings,
) -> Result<Lowered, Vec<Diagnostic>> {
    guard::run(source, || GLOBALS.set(&Globals::new(), || lower_in_scope(source, language, settings)))
}

fn lower_in_scope(
    source: &Source,
    language: Language,
    settings: &dyn Fn() -> Settings,
) -> Result<Lowered, Vec<Diagnostic>> {
    let mut parsed = parse(source, language)?;
    let rewrite = lower_tree(source, &mut parsed, language, settings, true)?;
    let requests = imports::requests(&parsed);
    let exports = if parsed.module { commonjs::Exports::default() } else { commonjs::exports(&parsed.program) };
    let printed = rewrite.then(|| print(&parsed));
    Ok(Lowered { module: parsed.module, printed, requests, exports })
}

/// Lowers what V8 does not execute, and `using` unless that may stay. False: there was nothing to do.
pub(super) fn lower_tree(
    source: &Source,
    parsed: &mut Parsed,
    language: Language,
    settings: &dyn Fn() -> Settings,
    using: bool,
) -> Result<bool, Vec<Diagnostic>> {
    let has_atomic = source.text.contains("atomic") && atomic::is_used(&parsed.program);
    if has_atomic {
        let complaints = atomic::check(source, parsed);
        if !complaints.is_empty() {
            return Err(complaints);
        }
    }
    let decorators = ["@", "accessor"].iter().any(|word| source.text.contains(word)) && has_decorators(&parsed.program);
    let using = !using && source.text.contains("using") && has_using(&parsed.program);
    let rewrite = has_atomic || language.typescript || language.jsx || decorators || using;
    if rewrite {
        let settings = if decorators || language.jsx || language.typescript && source.text.contains("class") {
            settings()
        } else {
            Settings::default()
        };
        typescript::check(source, parsed)?;
        transform(source, parsed, &Work { language, settings, has_atomic, decorators, using })?;
    }
    Ok(rewrite)
}

/// What there is to do.
struct Work {
    language: Language,
    settings: Settings,
    has_atomic: bool,
    decorators: bool,
    using: bool,
}

fn has_using(program: &Program) -> bool {
    struct Finder(bool);
    impl Visit for Finder {
        fn visit_using_decl(&mut self, _: &UsingDecl) {
            self.0 = true;
        }
    }
    let mut finder = Finder(false);
    program.visit_with(&mut finder);
    finder.0
}

fn has_decorators(program: &Program) -> bool {
    struct Finder(bool);
    impl Visit for Finder {
        fn visit_decorator(&mut self, _: &Decorator) {
            self.0 = true;
        }
        fn visit_auto_accessor(&mut self, _: &swc_ecma_ast::AutoAccessor) {
            self.0 = true;
        }
    }
    let mut finder = Finder(false);
    program.visit_with(&mut finder);
    finder.0
}

/// Runs swc's passes; what they complain about is the result.
fn transform(source: &Source, parsed: &mut Parsed, work: &Work) -> Result<(), Vec<Diagnostic>> {
    let complaints: Rc<RefCell<Vec<(String, Span)>>> = Rc::default();
    let handler = Handler::with_emitter(false, false, Box::new(Collector(Rc::clone(&complaints))));
    HANDLER.set(&handler, || HELPERS.set(&Helpers::new(false), || passes(source, parsed, work)));
    let complaints = complaints.borrow();
    if complaints.is_empty() {
        return Ok(());
    }
    Err(complaints.iter().map(|(message, span)| parsed.diagnostic(source, message.clone(), *span)).collect())
}

struct Collector(Rc<RefCell<Vec<(String, Span)>>>);

impl Emitter for Collector {
    fn emit(&mut self, diagnostic: &mut DiagnosticBuilder<'_>) {
        if matches!(diagnostic.level, Level::Error | Level::Fatal | Level::Bug) {
            let span = diagnostic.span.primary_span().unwrap_or(DUMMY_SP);
            self.0.borrow_mut().push((diagnostic.message(), span));
        }
    }
}

fn passes(source: &Source, parsed: &mut Parsed, work: &Work) {
    let unresolved = Mark::new();
    let top_level = Mark::new();
    let Work { language, settings, .. } = work;
    let program = &mut parsed.program;
    resolver(unresolved, top_level, language.typescript).process(program);
    if work.has_atomic {
        let names = Names {
            enter: Ident::new_private("enterAtomic".into(), DUMMY_SP),
            leave: Ident::new_private("leaveAtomic".into(), DUMMY_SP),
        };
        atomic::lower(program, &names);
        imports::add_atomic(program, parsed.module, &names, SyntaxContext::empty().apply_mark(unresolved));
    }
    if language.typescript && settings.assigned_fields {
        typescript::drop_bare_fields(program);
    }
    if work.decorators && settings.legacy_decorators {
        let config = decorators::Config {
            legacy: true,
            emit_metadata: settings.decorator_metadata,
            use_define_for_class_fields: !settings.assigned_fields,
        };
        decorators::decorators(config).process(program);
        if settings.assigned_fields {
            typescript::drop_bare_fields(program);
        }
    } else if work.decorators {
        decorator_2023_11::decorator_2023_11().process(program);
    }
    if language.typescript {
        typescript::strip(source, parsed, settings, language.jsx, unresolved, top_level);
    }
    let program = &mut parsed.program;
    if language.jsx {
        let comments = Some(parsed.comments.clone());
        react::react(parsed.map.clone(), comments, jsx_options(settings), top_level, unresolved).process(program);
    }
    if work.using {
        using::prepare(program);
        explicit_resource_management().process(program);
    }
    inject_helpers(unresolved).process(program);
    if work.using {
        using::mend(program);
    }
    hygiene().process(program);
    fixer(Some(&parsed.comments as &dyn Comments)).process(program);
}

fn jsx_options(settings: &Settings) -> react::Options {
    let runtime = if settings.classic_jsx { react::Runtime::Classic } else { react::Runtime::Automatic };
    react::Options {
        runtime: Some(runtime),
        import_source: settings.jsx_import_source.clone().map(Into::into),
        pragma: settings.jsx_factory.clone().map(Into::into),
        pragma_frag: settings.jsx_fragment_factory.clone().map(Into::into),
        development: Some(false),
        ..Default::default()
    }
}

/// Whether `import.meta` stands anywhere in the program.
pub(super) fn has_import_meta(program: &Program) -> bool {
    struct Finder(bool);
    impl Visit for Finder {
        fn visit_meta_prop_expr(&mut self, meta: &MetaPropExpr) {
            self.0 |= meta.kind == MetaPropKind::ImportMeta;
        }
    }
    let mut finder = Finder(false);
    program.visit_with(&mut finder);
    finder.0
}
