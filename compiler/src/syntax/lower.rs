//! A file to what V8 executes. JavaScript that needs nothing of it is handed through as it is.

use super::atomic::{self, Names};
use super::imports::{self, Request};
use super::parse::{Language, Parsed, parse};
use super::commonjs;
use crate::diagnostics::Diagnostic;
use swc_common::{
    DUMMY_SP, FileName, GLOBALS, Globals, Mark, SyntaxContext, comments::Comments, source_map::SourceMapGenConfig,
};
use swc_ecma_ast::{EsVersion, Ident, ImportDecl, ImportNamedSpecifier, ImportSpecifier, ModuleDecl, ModuleItem, Pass, Program, Str};
use swc_ecma_codegen::text_writer::JsWriter;
use swc_ecma_codegen::{Config, Emitter};
use swc_ecma_transforms_base::{fixer::fixer, helpers::{HELPERS, Helpers, inject_helpers}, hygiene::hygiene, resolver};
use swc_ecma_transforms_proposal::decorators;
use swc_ecma_transforms_react as react;
use swc_ecma_transforms_typescript as typescript;

/// What a project's `tsconfig.json` says about lowering.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    /// TypeScript's decorators instead of the standard's.
    pub(crate) legacy_decorators: bool,
    pub(crate) decorator_metadata: bool,
    /// `jsx: "react"`.
    pub(crate) classic_jsx: bool,
    pub(crate) jsx_import_source: Option<String>,
    pub(crate) jsx_factory: Option<String>,
    pub(crate) jsx_fragment_factory: Option<String>,
}

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

/// Printed code with its source map (JSON).
#[derive(Debug)]
pub(crate) struct Printed {
    pub(crate) code: String,
    pub(crate) map: String,
}

/// Parses and lowers `text`. `name` is what the source map calls it.
pub(crate) fn lower(text: &str, name: &str, language: Language, settings: &Settings) -> Result<Lowered, Vec<Diagnostic>> {
    GLOBALS.set(&Globals::new(), || HELPERS.set(&Helpers::new(false), || lower_in_scope(text, name, language, settings)))
}

fn lower_in_scope(
    text: &str,
    name: &str,
    language: Language,
    settings: &Settings,
) -> Result<Lowered, Vec<Diagnostic>> {
    let mut parsed = parse(text, name, language)?;
    let module = language.module.unwrap_or_else(|| {
        imports::is_module(&parsed.program) || !commonjs::is_meant(&parsed.program)
    });
    let has_atomic = text.contains("atomic") && atomic::is_used(&parsed.program);
    if has_atomic {
        let complaints = atomic::check(&parsed);
        if !complaints.is_empty() {
            return Err(complaints);
        }
    }
    let has_decorators = text.contains('@') && has_decorators(&parsed.program);
    let rewrite = has_atomic || language.typescript || language.jsx || has_decorators;
    if rewrite {
        transform(&mut parsed, module, language, settings, has_atomic);
    }
    let requests = imports::requests(&parsed.program);
    let exports = if module { commonjs::Exports::default() } else { commonjs::exports(&parsed.program) };
    let printed = rewrite.then(|| print(&parsed));
    Ok(Lowered { module, printed, requests, exports })
}

fn has_decorators(program: &Program) -> bool {
    use swc_ecma_visit::{Visit, VisitWith};
    struct Finder(bool);
    impl Visit for Finder {
        fn visit_decorator(&mut self, _: &swc_ecma_ast::Decorator) {
            self.0 = true;
        }
    }
    let mut finder = Finder(false);
    program.visit_with(&mut finder);
    finder.0
}

fn transform(parsed: &mut Parsed, module: bool, language: Language, settings: &Settings, has_atomic: bool) {
    let unresolved = Mark::new();
    let top_level = Mark::new();
    let program = &mut parsed.program;
    resolver(unresolved, top_level, language.typescript).process(program);
    if has_atomic {
        lower_atomic(program, module, SyntaxContext::empty().apply_mark(unresolved));
    }
    let config = decorators::Config {
        legacy: settings.legacy_decorators,
        emit_metadata: settings.decorator_metadata,
        use_define_for_class_fields: !settings.legacy_decorators,
    };
    if settings.legacy_decorators {
        decorators::decorators(config).process(program);
    }
    if language.typescript {
        let config = typescript::Config { no_empty_export: !module, ..Default::default() };
        typescript::typescript(config, unresolved, top_level).process(program);
    }
    if !settings.legacy_decorators {
        swc_ecma_transforms_proposal::decorator_2022_03::decorator_2022_03().process(program);
    }
    if language.jsx {
        let comments = Some(parsed.comments.clone());
        react::react(parsed.map.clone(), comments, jsx_options(settings), top_level, unresolved).process(program);
    }
    inject_helpers(unresolved).process(program);
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

/// Lowers atomic blocks and imports the two functions that they call.
fn lower_atomic(program: &mut Program, module: bool, unresolved: SyntaxContext) {
    let names = Names {
        enter: Ident::new_private("enterAtomic".into(), DUMMY_SP),
        leave: Ident::new_private("leaveAtomic".into(), DUMMY_SP),
    };
    atomic::lower(program, &names);
    match program {
        Program::Module(body) if module => {
            let named = |local: &Ident, imported: &str| {
                ImportSpecifier::Named(ImportNamedSpecifier {
                    span: DUMMY_SP,
                    local: local.clone(),
                    imported: Some(swc_ecma_ast::ModuleExportName::Ident(swc_ecma_ast::Ident::new_no_ctxt(imported.into(), DUMMY_SP))),
                    is_type_only: false,
                })
            };
            let import = ImportDecl {
                span: DUMMY_SP,
                specifiers: vec![named(&names.enter, "enter"), named(&names.leave, "leave")],
                src: Box::new(Str { span: DUMMY_SP, value: "corona:atomic".into(), raw: None }),
                type_only: false,
                with: None,
                phase: Default::default(),
            };
            body.body.insert(0, ModuleItem::ModuleDecl(ModuleDecl::Import(import)));
        }
        Program::Module(body) => {
            let declaration = commonjs::require_atomic(&names.enter, &names.leave, unresolved);
            let at = directives(body.body.iter().map(|item| item.as_stmt()));
            body.body.insert(at, ModuleItem::Stmt(declaration));
        }
        Program::Script(body) => {
            let declaration = commonjs::require_atomic(&names.enter, &names.leave, unresolved);
            let at = directives(body.body.iter().map(Some));
            body.body.insert(at, declaration);
        }
    }
}

/// Number of directives (`"use strict"`) at the start.
fn directives<'a>(statements: impl Iterator<Item = Option<&'a swc_ecma_ast::Stmt>>) -> usize {
    statements.take_while(|statement| statement.is_some_and(swc_ecma_ast::Stmt::is_directive)).count()
}

trait IsDirective {
    fn is_directive(&self) -> bool;
}

impl IsDirective for swc_ecma_ast::Stmt {
    fn is_directive(&self) -> bool {
        matches!(self, swc_ecma_ast::Stmt::Expr(statement)
            if matches!(&*statement.expr, swc_ecma_ast::Expr::Lit(swc_ecma_ast::Lit::Str(_))))
    }
}

struct MapConfig;

impl SourceMapGenConfig for MapConfig {
    fn file_name_to_source(&self, file: &FileName) -> String {
        file.to_string()
    }

    fn inline_sources_content(&self, _: &FileName) -> bool {
        false
    }
}

fn print(parsed: &Parsed) -> Printed {
    let mut code = Vec::new();
    let mut mappings = Vec::new();
    let writer = JsWriter::new(parsed.map.clone(), "\n", &mut code, Some(&mut mappings));
    let mut emitter = Emitter {
        cfg: Config::default().with_target(EsVersion::EsNext),
        cm: parsed.map.clone(),
        comments: Some(&parsed.comments),
        wr: writer,
    };
    // Writing to memory does not fail.
    let _ = emitter.emit_program(&parsed.program);
    let map = parsed.map.build_source_map(&mappings, None, MapConfig);
    let mut json = Vec::new();
    let _ = map.to_writer(&mut json);
    Printed {
        code: String::from_utf8_lossy(&code).into_owned(),
        map: String::from_utf8_lossy(&json).into_owned(),
    }
}
