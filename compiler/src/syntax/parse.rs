//! Source text to swc's tree, and swc's complaints to ours.

use super::{commonjs, guard, imports};
use crate::diagnostic::Diagnostic;
use crate::source::{Language, Source};
use corona_std::errors;
use swc_common::comments::SingleThreadedComments;
use swc_common::{BytePos, FileName, SourceFile, SourceMap, Span, Spanned, sync::Lrc};
use swc_ecma_ast::{EsVersion, ModuleDecl, ModuleItem, Program};
use swc_ecma_parser::error::{Error, SyntaxError};
use swc_ecma_parser::lexer::Lexer;
use swc_ecma_parser::{EsSyntax, Parser, StringInput, Syntax, TsSyntax};

/// A parsed file.
pub(super) struct Parsed {
    pub(super) program: Program,
    /// Whether it is an ES module.
    pub(super) module: bool,
    pub(super) comments: SingleThreadedComments,
    pub(super) map: Lrc<SourceMap>,
    pub(super) start: BytePos,
    file: Lrc<SourceFile>,
}

impl Parsed {
    /// Byte offset in the text of a position of the tree.
    pub(super) fn offset(&self, position: BytePos) -> usize {
        position.0.saturating_sub(self.start.0) as usize
    }

    /// The text before a position of the tree.
    pub(super) fn before(&self, position: BytePos) -> &str {
        self.file.src.get(..self.offset(position)).unwrap_or_default()
    }

    pub(super) fn diagnostic(&self, source: &Source, message: impl Into<String>, span: Span) -> Diagnostic {
        let (low, high) = (self.offset(span.lo), self.offset(span.hi));
        Diagnostic::new(errors::SYNTAX, message).at(source.place(low, high.saturating_sub(low)))
    }
}

/// What to take a text for.
#[derive(Clone, Copy)]
enum Goal {
    Module,
    CommonJs,
    Either,
}

struct Attempt {
    program: Option<Program>,
    comments: SingleThreadedComments,
    errors: Vec<Error>,
}

/// Parses `source`; all errors that the parser can tell.
pub(super) fn parse(source: &Source, language: Language) -> Result<Parsed, Vec<Diagnostic>> {
    let map: Lrc<SourceMap> = Lrc::default();
    let file = map.new_source_file(Lrc::new(FileName::Custom(source.name.clone())), source.text.to_string());
    let (attempt, module) = match language.module {
        _ if language.declaration => (attempt(&file, language, Goal::Module), true),
        Some(true) => (attempt(&file, language, Goal::Module), true),
        Some(false) => (commonjs_by_name(&file, language), false),
        None => either(source, &file, language),
    };
    let Attempt { program, comments, errors } = attempt;
    match program {
        // In other people's packages, what the parser can get over is for V8 to judge.
        Some(program) if errors.is_empty() || (source.foreign && !language.typescript) => {
            let program = guard::check_depth(source, program)?;
            check_attributes(source, &file, &program)?;
            Ok(Parsed { program, module, comments, map, start: file.start_pos, file })
        }
        _ => Err(complaints(source, &file, errors)),
    }
}

/// The parser takes any word after `with` for the brace that opens the attributes.
fn check_attributes(source: &Source, file: &SourceFile, program: &Program) -> Result<(), Vec<Diagnostic>> {
    let Program::Module(module) = program else { return Ok(()) };
    let attributes = module.body.iter().filter_map(|item| match item {
        ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => import.with.as_deref(),
        ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(export)) => export.with.as_deref(),
        ModuleItem::ModuleDecl(ModuleDecl::ExportAll(export)) => export.with.as_deref(),
        _ => None,
    });
    let starts = attributes.map(|object| object.span.lo.0.saturating_sub(file.start_pos.0) as usize);
    let wrong = starts.filter(|start| source.text.as_bytes().get(*start) != Some(&b'{'));
    let complaints =
        wrong.map(|start| Diagnostic::new(errors::SYNTAX, "'{' expected after 'with'").at(source.place(start, 1)));
    let complaints: Vec<Diagnostic> = complaints.collect();
    if complaints.is_empty() { Ok(()) } else { Err(complaints) }
}

/// TypeScript's own forms of CommonJS are declarations of a module to swc.
fn commonjs_by_name(file: &SourceFile, language: Language) -> Attempt {
    let script = attempt(file, language, Goal::CommonJs);
    if script.is_clean() || !language.typescript {
        return script;
    }
    let module = attempt(file, language, Goal::Module);
    let is_fine = module.is_clean() && !module.program.as_ref().is_none_or(imports::is_module);
    if is_fine { module } else { script }
}

/// A text of which only the syntax says whether it is an ES module. It is one if it uses what only they have; it is
/// CommonJS if it uses what only that has, or what is not valid in a module. What could be either is an ES module,
/// except in a package.
fn either(source: &Source, file: &SourceFile, language: Language) -> (Attempt, bool) {
    let has = |words: &[&str]| words.iter().any(|word| source.text.contains(word));
    let open = !source.foreign;
    if !has(&["import", "export", "await"]) {
        if open && !has(&["require", "module", "exports", "__filename", "__dirname"]) {
            let module = attempt(file, language, Goal::Module);
            if module.is_clean() {
                return (module, true);
            }
        }
        let script = attempt(file, language, Goal::CommonJs);
        let module = open && script.is_clean() && !script.program.as_ref().is_none_or(commonjs::is_meant);
        let strict = module.then(|| attempt(file, language, Goal::Module)).filter(Attempt::is_clean);
        return strict.map_or((script, false), |strict| (strict, true));
    }
    let first = attempt(file, language, Goal::Either);
    let is_module = |attempt: &Attempt| attempt.program.as_ref().is_some_and(imports::is_module);
    if is_module(&first) {
        // What the parser has taken for a module without complaint, it reads no other way when told that it is one.
        let is_read = first.is_clean() && matches!(first.program, Some(Program::Module(_)));
        return (if is_read { first } else { attempt(file, language, Goal::Module) }, true);
    }
    // `return` at the top level, and words that only modules reserve.
    let script = attempt(file, language, Goal::CommonJs);
    let undecided = open && !first.program.as_ref().is_none_or(commonjs::is_meant);
    if script.is_clean() && !undecided {
        return if is_typescript_commonjs(&first) { (first, false) } else { (script, false) };
    }
    let module = attempt(file, language, Goal::Module);
    if module.is_clean() && (undecided || is_module(&module)) || !script.is_clean() && is_module(&module) {
        return (module, true);
    }
    if module.is_clean() && language.typescript {
        return (module, false);
    }
    if !script.is_clean() && looks_like_module(&source.text) {
        return (module, true);
    }
    let of_script = script.is_clean() || first.program.is_none();
    (if of_script { script } else { first }, false)
}

/// For a text that reads as neither: whether to complain about it as a module.
fn looks_like_module(text: &str) -> bool {
    let declares = |line: &str, word: &str| {
        line.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '{', '*', '"', '\'']))
    };
    text.lines().any(|line| declares(line, "import") || declares(line, "export"))
}

/// `export =` and `import x = require()` are declarations of a module to swc, and CommonJS all the same.
fn is_typescript_commonjs(attempt: &Attempt) -> bool {
    matches!(&attempt.program, Some(Program::Module(_))) && attempt.errors.is_empty()
}

impl Attempt {
    fn is_clean(&self) -> bool {
        self.program.is_some() && self.errors.is_empty()
    }
}

fn attempt(file: &SourceFile, language: Language, goal: Goal) -> Attempt {
    let comments = SingleThreadedComments::default();
    let lexer = Lexer::new(syntax(language), EsVersion::EsNext, StringInput::from(file), Some(&comments));
    let mut parser = Parser::new_from(lexer);
    let result = match goal {
        Goal::Module => parser.parse_module().map(Program::Module),
        Goal::CommonJs => parser.parse_commonjs().map(Program::Script),
        Goal::Either => parser.parse_program(),
    };
    let mut errors = parser.take_errors();
    // An atomic block in another is no label to its reader; lowering gives it a name of its own.
    errors.retain(|error| !matches!(error.kind(), SyntaxError::DuplicateLabel(label) if &**label == "atomic"));
    let program = result.map_err(|error| errors.push(error)).ok();
    Attempt { program, comments, errors }
}

fn syntax(language: Language) -> Syntax {
    if language.typescript {
        let dts = language.declaration;
        Syntax::Typescript(TsSyntax { tsx: language.jsx, decorators: true, dts, ..Default::default() })
    } else {
        Syntax::Es(EsSyntax {
            jsx: language.jsx,
            decorators: true,
            decorators_before_export: true,
            auto_accessors: true,
            explicit_resource_management: true,
            import_attributes: true,
            ..Default::default()
        })
    }
}

fn complaints(source: &Source, file: &SourceFile, errors: Vec<Error>) -> Vec<Diagnostic> {
    // What is missing at the end of the text is missing behind the last thing in it.
    let end = source.text.trim_end().len();
    let mut found: Vec<(usize, Diagnostic)> = errors
        .into_iter()
        .map(|error| {
            let span = error.span();
            let low = span.lo.0.saturating_sub(file.start_pos.0) as usize;
            let high = span.hi.0.saturating_sub(file.start_pos.0) as usize;
            let place = if low < end { source.place(low, high.saturating_sub(low)) } else { source.place(end, 0) };
            let diagnostic = Diagnostic::new(errors::SYNTAX, message(&error)).at(place);
            (low, help(diagnostic, source, error.kind()))
        })
        .collect();
    found.sort_by_key(|(offset, _)| *offset);
    found.dedup_by_key(|(offset, _)| *offset);
    found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// The parser's message without the marks of its own house.
fn message(error: &Error) -> String {
    let message = error.kind().msg();
    let message = message.trim_end_matches('.').replace("<eof>", "the end of the file").replace('`', "'");
    message.replace("Syntax Error", "this is not valid here")
}

fn help(diagnostic: Diagnostic, source: &Source, kind: &SyntaxError) -> Diagnostic {
    let is_commonjs_by_name = source.name.ends_with(".cjs") || source.name.ends_with(".cts");
    match kind {
        SyntaxError::ImportExportInScript | SyntaxError::TopLevelAwaitInScript if is_commonjs_by_name => diagnostic
            .help("the file's ending makes it a CommonJS module: use require, or call it .mjs, .mts, .js or .ts"),
        _ => diagnostic,
    }
}
