//! Source text to swc's tree, and swc's complaints to ours.

use crate::diagnostics::Diagnostic;
use corona_std::errors;
use swc_common::comments::SingleThreadedComments;
use swc_common::{BytePos, FileName, SourceFile, SourceMap, Spanned, sync::Lrc};
use swc_ecma_ast::{EsVersion, Program};
use swc_ecma_parser::lexer::Lexer;
use swc_ecma_parser::error::SyntaxError;
use swc_ecma_parser::{EsSyntax, Parser, StringInput, Syntax, TsSyntax};

/// How a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Language {
    pub(crate) typescript: bool,
    pub(crate) jsx: bool,
    /// `Some` when the file's name or its package says so.
    pub(crate) module: Option<bool>,
}

/// A parsed file.
pub(crate) struct Parsed {
    pub(crate) program: Program,
    pub(crate) comments: SingleThreadedComments,
    pub(crate) map: Lrc<SourceMap>,
    pub(crate) start: BytePos,
}

impl Parsed {
    /// Byte offset in the text of a position of the tree.
    pub(crate) fn offset(&self, position: BytePos) -> usize {
        (position.0.saturating_sub(self.start.0)) as usize
    }

    pub(crate) fn diagnostic(&self, message: impl Into<String>, span: swc_common::Span) -> Diagnostic {
        let (low, high) = (self.offset(span.lo), self.offset(span.hi));
        Diagnostic::new(errors::SYNTAX, message, low, high.saturating_sub(low))
    }
}

/// Parses `text`; all errors that the parser can tell.
pub(crate) fn parse(text: &str, name: &str, language: Language) -> Result<Parsed, Vec<Diagnostic>> {
    let map: Lrc<SourceMap> = Lrc::default();
    let file = map.new_source_file(Lrc::new(FileName::Custom(name.to_owned())), text.to_owned());
    let comments = SingleThreadedComments::default();
    let mut parser = Parser::new_from(Lexer::new(
        syntax(language),
        EsVersion::EsNext,
        StringInput::from(&*file),
        Some(&comments),
    ));
    let result = match language.module {
        Some(true) => parser.parse_module().map(Program::Module),
        Some(false) => parser.parse_commonjs().map(Program::Script),
        None => parser.parse_program(),
    };
    let mut errors = parser.take_errors();
    // An atomic block in another is no label to its reader; lowering gives it a name of its own.
    errors.retain(|error| !matches!(error.kind(), SyntaxError::DuplicateLabel(label) if &**label == "atomic"));
    let program = match result {
        Ok(program) => Some(program),
        Err(error) => {
            errors.push(error);
            None
        }
    };
    match program {
        Some(program) if errors.is_empty() => Ok(Parsed { program, comments, map, start: file.start_pos }),
        _ => Err(complaints(&file, errors)),
    }
}

fn syntax(language: Language) -> Syntax {
    if language.typescript {
        Syntax::Typescript(TsSyntax { tsx: language.jsx, decorators: true, ..Default::default() })
    } else {
        Syntax::Es(EsSyntax {
            jsx: language.jsx,
            decorators: true,
            auto_accessors: true,
            explicit_resource_management: true,
            import_attributes: true,
            ..Default::default()
        })
    }
}

fn complaints(file: &SourceFile, errors: Vec<swc_ecma_parser::error::Error>) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = errors
        .into_iter()
        .map(|error| {
            let span = error.span();
            let low = span.lo.0.saturating_sub(file.start_pos.0) as usize;
            let high = span.hi.0.saturating_sub(file.start_pos.0) as usize;
            Diagnostic::new(errors::SYNTAX, error.kind().msg().to_string(), low, high.saturating_sub(low))
        })
        .collect();
    diagnostics.sort_by_key(|diagnostic| diagnostic.offset);
    diagnostics.dedup_by_key(|diagnostic| diagnostic.offset);
    diagnostics
}
