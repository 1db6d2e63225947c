//! Source maps that modules bring along: the output leads to what those were made of.

use super::print::{Mapping, Origin, Text};
use swc_sourcemap::{DecodedMap, decode_slice};

/// Leads the mappings of `text` through `map`. A map that cannot be read is no reason to have none.
pub(super) fn compose(text: Text, map: &str) -> Text {
    let map = match decode_slice(map.as_bytes()) {
        Ok(DecodedMap::Regular(map)) => map,
        Ok(DecodedMap::Index(map)) => match map.flatten() {
            Ok(map) => map,
            Err(_) => return text,
        },
        _ => return text,
    };
    let origins = (0..map.get_source_count())
        .map(|index| Origin {
            name: map.get_source(index).map(|it| it.to_string()).unwrap_or_default(),
            content: map.get_source_contents(index).map(|it| it.to_string()),
        })
        .collect();
    let mappings = text
        .mappings
        .iter()
        .filter_map(|it| {
            let token = map.lookup_token(it.source_line, it.source_column)?;
            // The nearest token of another line says nothing about this one.
            let same_line = token.get_dst_line() == it.source_line && token.has_source();
            same_line.then(|| Mapping {
                source_line: token.get_src_line(),
                source_column: token.get_src_col(),
                origin: token.get_src_id(),
                ..*it
            })
        })
        .collect();
    Text { code: text.code, mappings, origins }
}
