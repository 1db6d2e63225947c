//! swc's tree to text, with a source map.

use super::parse::Parsed;
use swc_common::FileName;
use swc_common::source_map::SourceMapGenConfig;
use swc_ecma_ast::EsVersion;
use swc_ecma_codegen::text_writer::JsWriter;
use swc_ecma_codegen::{Config, Emitter};

/// Printed code with its source map (revision 3, JSON).
#[derive(Debug)]
pub(crate) struct Printed {
    pub(crate) code: String,
    pub(crate) map: String,
}

struct MapConfig;

impl SourceMapGenConfig for MapConfig {
    fn file_name_to_source(&self, file: &FileName) -> String {
        match file {
            FileName::Custom(name) => name.clone(),
            other => other.to_string(),
        }
    }

    fn inline_sources_content(&self, _: &FileName) -> bool {
        false
    }
}

pub(super) fn print(parsed: &Parsed) -> Printed {
    let mut code = Vec::new();
    let mut mappings = Vec::new();
    let mut emitter = Emitter {
        cfg: Config::default().with_target(EsVersion::EsNext).with_reduce_escaped_newline(false),
        cm: parsed.map.clone(),
        comments: Some(&parsed.comments),
        wr: JsWriter::new(parsed.map.clone(), "\n", &mut code, Some(&mut mappings)),
    };
    emitter.emit_program(&parsed.program).expect("writing to memory does not fail");
    let mut map = Vec::new();
    let built = parsed.map.build_source_map(&mappings, None, MapConfig);
    built.to_writer(&mut map).expect("writing to memory does not fail");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("swc writes UTF-8");
    Printed { code: text(code), map: text(map) }
}
