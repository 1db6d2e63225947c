//! What is packed into one file: for `--format=graph` every module kept apart, for `--compile` the files of a bundle.

use crate::packed::Packed;
use corona_compiler::{Built, Compiler, Contents, Diagnostic, ImportInfo, OutputInfo, OutputKind};
use corona_std::bundle::{How, Import, Kind, Module};
use std::collections::{HashMap, HashSet, VecDeque};
use std::path::Path;
use std::sync::Arc;

/// The program of one entry with everything that it may import, or all that is wrong with it.
pub(super) fn pack(compiler: &Compiler, entry: &Path, folder: &Path) -> Result<Packed, Vec<Diagnostic>> {
    let mut modules: Vec<Module> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut complaints = Vec::new();
    let entry = entry.to_string_lossy().into_owned();
    let mut todo = VecDeque::from([entry]);
    let mut asked = HashSet::new();
    while let Some(root) = todo.pop_front() {
        if !asked.insert(root.clone()) {
            continue;
        }
        let graph = match compiler.graph(&root, "file:///", How::Import) {
            Ok(graph) => graph,
            Err(found) => {
                complaints.extend(found.into_iter().filter(|it| !complaints.contains(it)).collect::<Vec<_>>());
                continue;
            }
        };
        let mut group = Vec::new();
        for module in graph.modules {
            let targets = module.imports.iter().map(|import| &import.target);
            todo.extend(targets.filter(|target| target.starts_with("file:")).cloned());
            let is_root = module.id == graph.root;
            let index = *known.entry(module.id.clone()).or_insert_with(|| {
                modules.push(module);
                modules.len() - 1
            });
            group.insert(if is_root { 0 } else { group.len() }, index);
        }
        groups.push(group);
    }
    if !complaints.is_empty() {
        return Err(complaints);
    }
    relative(&mut modules, folder);
    Ok(Packed { modules, groups })
}

/// Ids relative to `folder`, or to the nearest folder above it that holds all modules.
fn relative(modules: &mut [Module], folder: &Path) {
    let mut base = crate::packed::folder_url(folder);
    for module in modules.iter() {
        while !module.id.starts_with(&base) && base.len() > ROOT.len() {
            let slash = base[..base.len() - 1].rfind('/').unwrap_or(ROOT.len() - 1);
            base.truncate(slash + 1);
        }
    }
    let below = |id: &str| id.strip_prefix(&base).unwrap_or(id).to_owned();
    for module in modules {
        module.id = below(&module.id);
        module.imports.iter_mut().for_each(|import| import.target = below(&import.target));
        module.map = module.map.take().and_then(|map| renamed(&map, &module.id));
    }
}

/// The source map of a module, which names its source by path, as one that names it from beside the module.
fn renamed(map: &str, id: &str) -> Option<Arc<str>> {
    let mut map: serde_json::Value = serde_json::from_str(map).ok()?;
    let name = id.rsplit('/').next().unwrap_or(id);
    map["sources"] = vec![name].into();
    Some(map.to_string().into())
}

const ROOT: &str = "file:///";

/// The files of a bundle as modules that need nothing but each other and Corona.
pub(super) fn pack_bundle(built: &Built) -> Packed {
    let text = |contents: &Contents| Arc::<str>::from(String::from_utf8_lossy(&contents.to_vec()));
    let is_code = |kind: OutputKind| matches!(kind, OutputKind::Entry | OutputKind::Chunk);
    let mut files: Vec<_> = built.files.iter().filter(|file| is_code(file.kind)).collect();
    files.sort_by_key(|file| file.kind != OutputKind::Entry);
    let infos: Vec<Option<&OutputInfo>> =
        files.iter().map(|file| built.metafile.outputs.iter().find(|info| info.name == file.name)).collect();
    let modules = files.iter().zip(&infos).map(|(file, info)| {
        let map = built.files.iter().find(|map| map.name == format!("{}.map", file.name));
        Module {
            id: file.name.clone(),
            kind: Kind::Esm,
            code: text(&file.contents),
            original: None,
            map: map.map(|map| text(&map.contents)),
            imports: info.iter().flat_map(|info| &info.imports).filter_map(|it| import(&file.name, it)).collect(),
            exports: Vec::new(),
            reexports: Vec::new(),
        }
    });
    let modules: Vec<Module> = modules.collect();
    // Each file may be what an `import()` asks for, and brings what it imports statically.
    let groups = (0..modules.len()).map(|root| closure(root, &infos)).collect();
    Packed { modules, groups }
}

fn import(from: &str, info: &ImportInfo) -> Option<Import> {
    if !info.external {
        let specifier = specifier(from, &info.path);
        return Some(Import { specifier, how: How::Import, target: info.path.clone() });
    }
    let is_std = info.path == "corona" || info.path.starts_with("corona:");
    is_std.then(|| Import { specifier: info.path.clone(), how: How::Import, target: info.path.clone() })
}

/// How one output names another.
fn specifier(from: &str, to: &str) -> String {
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut base = folder(from);
    let mut up = String::new();
    while !to.starts_with(&base) {
        base = folder(base.trim_end_matches('/'));
        up.push_str("../");
    }
    let up = if up.is_empty() { "./" } else { &up };
    format!("{up}{}", &to[base.len()..])
}

/// A file and those that it imports statically, directly or not.
fn closure(root: usize, infos: &[Option<&OutputInfo>]) -> Vec<usize> {
    let mut found = vec![root];
    let mut next = 0;
    while let Some(index) = found.get(next) {
        next += 1;
        let imports = infos[*index].iter().flat_map(|info| &info.imports);
        let imports = imports.filter(|it| !it.external && it.kind == "import-statement");
        for import in imports {
            let target = infos.iter().position(|info| info.is_some_and(|info| info.name == import.path));
            if let Some(target) = target.filter(|target| !found.contains(target)) {
                found.push(target);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_name_each_other_relatively() {
        assert_eq!(specifier("main.js", "chunk.js"), "./chunk.js");
        assert_eq!(specifier("main.js", "a/chunk.js"), "./a/chunk.js");
        assert_eq!(specifier("a/main.js", "chunk.js"), "../chunk.js");
        assert_eq!(specifier("a/b/main.js", "a/c/chunk.js"), "../c/chunk.js");
    }
}
