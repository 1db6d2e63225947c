//! `--metafile`: esbuild's format, which its analysers read.

use corona_compiler::{Built, ImportInfo, OutputKind};
use serde_json::{Map, Value, json};

/// The text. Outputs are named as they lie relative to the working directory.
pub(super) fn json(built: &Built, output: impl Fn(&str) -> String) -> String {
    let inputs = built.metafile.inputs.iter().map(|input| {
        let imports: Vec<Value> = input.imports.iter().map(|it| import(it, &|path| path.to_owned())).collect();
        (input.path.clone(), json!({ "bytes": input.bytes, "format": input.format, "imports": imports }))
    });
    let outputs = built.metafile.outputs.iter().map(|info| {
        let inputs = info.inputs.iter().map(|(path, bytes)| (path.clone(), json!({ "bytesInOutput": bytes })));
        let imports: Vec<Value> = info.imports.iter().map(|it| import(it, &output)).collect();
        let mut value = json!({
            "bytes": info.bytes,
            "inputs": inputs.collect::<Map<String, Value>>(),
            "imports": imports,
            "exports": info.exports,
        });
        if let Some(entry) = &info.entry {
            value["entryPoint"] = entry.clone().into();
        }
        (output(&info.name), value)
    });
    let others = built.files.iter().filter(|file| !matches!(file.kind, OutputKind::Entry | OutputKind::Chunk));
    let others = others.map(|file| {
        let value = json!({ "bytes": file.contents.len(), "inputs": {}, "imports": [], "exports": [] });
        (output(&file.name), value)
    });
    let whole = json!({
        "inputs": inputs.collect::<Map<String, Value>>(),
        "outputs": outputs.chain(others).collect::<Map<String, Value>>(),
    });
    format!("{whole:#}\n")
}

fn import(info: &ImportInfo, name: &dyn Fn(&str) -> String) -> Value {
    let path = if info.external { info.path.clone() } else { name(&info.path) };
    let mut value = json!({ "path": path, "kind": info.kind });
    if info.external {
        value["external"] = true.into();
    }
    value
}
