//! The tree of a module to text, in one pass, with the places that its parts came from.

use super::input_map;
use super::prepare::Tree;
use super::rewrite::{Plan, rewrite};
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::syntax::guard;
use swc_common::sync::Lrc;
use swc_common::{BytePos, GLOBALS, LineCol, SourceMap};
use swc_ecma_ast::{EsVersion, Program, Script};
use swc_ecma_codegen::text_writer::{JsWriter, WriteJs, omit_trailing_semi};
use swc_ecma_codegen::{Config, Emitter};
use swc_ecma_transforms_base::fixer::fixer;
use swc_ecma_visit::VisitMutWith;

/// Printed statements.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub(crate) code: String,
    pub(crate) mappings: Vec<Mapping>,
    /// What the mappings lead to, when it is not the text of the module but what that was made of.
    pub(crate) origins: Vec<Origin>,
}

/// A text that a module was made of, as the source map says that came with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Relative to the module.
    pub(crate) name: String,
    pub(crate) content: Option<String>,
}

/// A place of the output and the one that it came from. Lines and columns count from 0; columns in UTF-16 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Mapping {
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) source_line: u32,
    pub(crate) source_column: u32,
    /// Index into [`Text::origins`].
    pub(crate) origin: u32,
}

/// How to print.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Style {
    pub(crate) minify: bool,
    pub(crate) mappings: bool,
}

/// Rewrites `tree` as `plan` says and prints it.
pub(crate) fn print(
    source: &Source,
    map: Option<&str>,
    mut tree: Tree,
    esm: bool,
    plan: &Plan,
    style: Style,
) -> Result<Text, Vec<Diagnostic>> {
    guard::run_at(source, tree.levels, || {
        let globals = std::sync::Arc::clone(&tree.globals);
        GLOBALS.set(&globals, || {
            rewrite(&mut tree, esm, plan);
            if style.minify {
                let mut parenthesize = fixer(None);
                tree.body.iter_mut().for_each(|it| it.visit_mut_with(&mut parenthesize));
            }
            let text = emit(source, tree, style);
            Ok(match map {
                Some(map) => input_map::compose(text, map),
                None => text,
            })
        })
    })
}

fn emit(source: &Source, tree: Tree, style: Style) -> Text {
    let start = tree.start;
    let program = Program::Script(Script { body: tree.body, ..Default::default() });
    let map: Lrc<SourceMap> = Lrc::default();
    let mut code = Vec::with_capacity(source.text.len());
    let mut places = Vec::new();
    {
        let config = Config::default()
            .with_target(EsVersion::EsNext)
            .with_minify(style.minify)
            // As esbuild prints: nobody can misread it. Compressed, acorn is 2 % shorter that way, and iconv-lite, which
            // is full of ideographs, 19 % longer.
            .with_ascii_only(style.minify)
            .with_reduce_escaped_newline(style.minify);
        let writer = JsWriter::new(map.clone(), "\n", &mut code, style.mappings.then_some(&mut places));
        let writer: Box<dyn WriteJs> =
            if style.minify { Box::new(omit_trailing_semi(writer)) } else { Box::new(writer) };
        let mut emitter = Emitter { cfg: config, cm: map.clone(), comments: None, wr: writer };
        emitter.emit_program(&program).expect("writing to memory does not fail");
    }
    let code = String::from_utf8(code).expect("swc writes UTF-8");
    Text { code, mappings: mappings(&source.text, start, &places), origins: Vec::new() }
}

/// Positions to lines and columns.
fn mappings(text: &str, start: BytePos, places: &[(BytePos, LineCol)]) -> Vec<Mapping> {
    if places.is_empty() {
        return Vec::new();
    }
    let lines = Lines::of(text);
    let mut found = Vec::with_capacity(places.len());
    let mut near = 0;
    for (position, at) in places {
        if position.is_reserved_for_comments() || position.0 < start.0 {
            continue;
        }
        let offset = (position.0 - start.0) as usize;
        if offset > text.len() {
            continue;
        }
        let (source_line, source_column) = lines.locate(offset, &mut near);
        found.push(Mapping { line: at.line, column: at.col, source_line, source_column, origin: 0 });
    }
    found
}

/// Where the lines of a text begin.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<u32>,
    ascii: bool,
}

impl Lines<'_> {
    fn of(text: &str) -> Lines<'_> {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1));
        Lines { text, starts, ascii: text.is_ascii() }
    }

    /// Line and column; `near` remembers the line, as most places follow one another.
    fn locate(&self, offset: usize, near: &mut usize) -> (u32, u32) {
        let offset_32 = offset as u32;
        let begins = |line: usize| self.starts.get(line).copied().unwrap_or(u32::MAX);
        let mut line = *near;
        if begins(line) > offset_32 || begins(line + 2) <= offset_32 {
            line = self.starts.partition_point(|it| *it <= offset_32) - 1;
        } else if begins(line + 1) <= offset_32 {
            line += 1;
        }
        *near = line;
        let begin = begins(line) as usize;
        let column = match self.ascii {
            true => offset - begin,
            false => self.text.get(begin..offset).map_or(0, |before| before.encode_utf16().count()),
        };
        (line as u32, column as u32)
    }
}
