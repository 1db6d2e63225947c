//! The tree of a module to text, in one pass, with the places that its parts came from.

use super::input_map::InputMap;
use super::mappings::Mappings;
use super::prepare::Tree;
use super::rewrite::{Plan, rewrite};
use super::writer::{Places, Writer};
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::syntax::guard;
use swc_common::sync::Lrc;
use swc_common::{GLOBALS, SourceMap};
use swc_ecma_ast::{EsVersion, Script};
use swc_ecma_codegen::text_writer::{WriteJs, omit_trailing_semi};
use swc_ecma_codegen::{Config, Emitter};
use swc_ecma_transforms_base::fixer::fixer;
use swc_ecma_visit::VisitMutWith;

/// Printed statements.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub(crate) code: String,
    /// How many lines end in it.
    pub(crate) lines: u32,
    pub(crate) mappings: Mappings,
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

/// How to print.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Style {
    pub(crate) minify: bool,
    pub(crate) mappings: bool,
}

/// Rewrites `tree` as `plan` says and prints it. What is left of the tree comes back: freeing it takes a tenth of the time of
/// a build, and nobody waits for that.
pub(crate) fn print(
    source: &Source,
    map: Option<&str>,
    mut tree: Tree,
    plan: &Plan,
    style: Style,
) -> Result<(Text, Tree), Vec<Diagnostic>> {
    guard::run_at(source, tree.levels, || {
        let globals = std::sync::Arc::clone(&tree.globals);
        GLOBALS.set(&globals, || {
            rewrite(&mut tree, plan);
            if style.minify {
                let mut parenthesize = fixer(None);
                tree.body.iter_mut().for_each(|it| it.visit_mut_with(&mut parenthesize));
            }
            Ok((emit(source, map, &mut tree, style), tree))
        })
    })
}

fn emit(source: &Source, map: Option<&str>, tree: &mut Tree, style: Style) -> Text {
    let map = map.filter(|_| style.mappings).and_then(InputMap::read);
    let places = style.mappings.then(|| Places::new(&source.text, tree.start, map.as_ref()));
    let mut script = Script { body: std::mem::take(&mut tree.body), ..Default::default() };
    let mut writer = Writer::new(String::with_capacity(source.text.len()), places);
    if style.minify {
        write(&script, omit_trailing_semi(&mut writer), true);
    } else {
        write(&script, &mut writer, false);
    }
    tree.body = std::mem::take(&mut script.body);
    let (code, lines, mappings) = writer.finish();
    Text { code, lines, mappings, origins: map.map(|it| it.origins()).unwrap_or_default() }
}

fn write(script: &Script, writer: impl WriteJs, minify: bool) {
    let config = Config::default()
        .with_target(EsVersion::EsNext)
        .with_minify(minify)
        // As esbuild prints: nobody can misread it. Compressed, acorn is 2 % shorter that way, and iconv-lite, which
        // is full of ideographs, 19 % longer.
        .with_ascii_only(minify)
        .with_reduce_escaped_newline(minify);
    let map: Lrc<SourceMap> = Lrc::default();
    let mut emitter = Emitter { cfg: config, cm: map, comments: None, wr: writer };
    emitter.emit_script(script).expect("writing to memory does not fail");
}
