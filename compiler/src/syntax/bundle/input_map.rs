//! Source maps that modules bring along: the output leads to what those were made of.

use super::mappings::Mapping;
use super::print::Origin;
use swc_sourcemap::{DecodedMap, SourceMap, decode_slice};

pub(super) struct InputMap(SourceMap);

impl InputMap {
    /// A map that cannot be read is no reason to have none.
    pub(super) fn read(map: &str) -> Option<InputMap> {
        match decode_slice(map.as_bytes()) {
            Ok(DecodedMap::Regular(map)) => Some(InputMap(map)),
            Ok(DecodedMap::Index(map)) => map.flatten().ok().map(InputMap),
            _ => None,
        }
    }

    pub(super) fn origins(&self) -> Vec<Origin> {
        let origin = |index| Origin {
            name: self.0.get_source(index).map(|it| it.to_string()).unwrap_or_default(),
            content: self.0.get_source_contents(index).map(|it| it.to_string()),
        };
        (0..self.0.get_source_count()).map(origin).collect()
    }

    /// Where what `mapping` leads to was made from.
    pub(super) fn lead(&self, mapping: Mapping) -> Option<Mapping> {
        let token = self.0.lookup_token(mapping.source_line, mapping.source_column)?;
        // The nearest token of another line says nothing about this one.
        let same_line = token.get_dst_line() == mapping.source_line && token.has_source();
        same_line.then(|| Mapping {
            source: token.get_src_id(),
            source_line: token.get_src_line(),
            source_column: token.get_src_col(),
            ..mapping
        })
    }
}
