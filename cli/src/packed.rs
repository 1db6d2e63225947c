//! A program in one file that needs no compiler: what `corona build --format=graph` writes, and what is appended to the
//! executables of `--compile`. Writing, reading, and handing the modules to the runtime.
//!
//! The file is a line `corona-graph 1 <bytes of the header>`, a header in JSON, and then the texts one after the other.
//! Modules are named relative to a folder, so that the same program gives the same bytes wherever it is built.

use corona_compiler::Compiler;
use corona_std::bundle::{Graph, How, Import, Kind, LoadError, Loader, Module};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

const MAGIC: &str = "corona-graph 1 ";

/// Modules whose ids and targets are relative to a folder, or names of standard modules.
#[derive(Debug)]
pub(crate) struct Packed {
    pub(crate) modules: Vec<Module>,
    /// What is loaded together: the entry with what it imports statically, then the same for each target of a dynamic
    /// import. The first module of each is the one that is asked for; the first of all is the entry.
    pub(crate) groups: Vec<Vec<usize>>,
}

impl Packed {
    /// The file's bytes.
    pub(crate) fn write(&self) -> Vec<u8> {
        let modules: Vec<Value> = self.modules.iter().map(describe).collect();
        let header = json!({ "modules": modules, "groups": self.groups }).to_string();
        let mut out = format!("{MAGIC}{}\n{header}\n", header.len()).into_bytes();
        for module in &self.modules {
            for text in texts(module).into_iter().flatten() {
                out.extend_from_slice(text.as_bytes());
            }
        }
        out
    }

    /// Whether a file that starts so is one.
    pub(crate) fn is_packed(start: &[u8]) -> bool {
        start.starts_with(MAGIC.as_bytes())
    }

    /// The reverse of [`Packed::write`]. Nothing when the bytes are damaged.
    pub(crate) fn read(bytes: &[u8]) -> Option<Packed> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (length, rest) = text.strip_prefix(MAGIC)?.split_once('\n')?;
        let length = length.parse::<usize>().ok()?;
        let header: Value = serde_json::from_str(rest.get(..length)?).ok()?;
        let mut rest = rest.get(length + 1..)?;
        let mut modules = Vec::new();
        for described in header.get("modules")?.as_array()? {
            modules.push(module(described, &mut rest)?);
        }
        let group = |value: &Value| -> Option<Vec<usize>> {
            let members = value.as_array()?.iter().map(|it| usize::try_from(it.as_u64()?).ok());
            let members: Vec<usize> = members.collect::<Option<_>>()?;
            (!members.is_empty() && members.iter().all(|index| *index < modules.len())).then_some(members)
        };
        let groups: Vec<Vec<usize>> = header.get("groups")?.as_array()?.iter().map(group).collect::<Option<_>>()?;
        if groups.is_empty() { None } else { Some(Packed { modules, groups }) }
    }

    /// With ids as seen from `base`, a `file:` URL that ends with a slash.
    pub(crate) fn loader(self, base: &str) -> PackedLoader {
        let absolute = |id: &str| if is_std(id) { id.to_owned() } else { format!("{base}{id}") };
        let modules = self.modules.into_iter().map(|mut module| {
            module.id = absolute(&module.id);
            module.imports.iter_mut().for_each(|import| import.target = absolute(&import.target));
            module
        });
        let modules: Vec<Module> = modules.collect();
        let by_id = self.groups.iter().map(|group| (modules[group[0]].id.clone(), group.clone())).collect();
        let entry = modules[self.groups[0][0]].id.clone();
        PackedLoader { modules, by_id, entry, others: Compiler::new() }
    }
}

/// The URL of a folder, with a slash at its end.
pub(crate) fn folder_url(folder: &Path) -> String {
    url::Url::from_directory_path(folder).map_or_else(|()| "file:///".to_owned(), String::from)
}

/// Standard modules are named, all others have a path with an ending.
fn is_std(id: &str) -> bool {
    id == "corona" || id.starts_with("corona:")
}

/// The texts of a module in the order in which they follow the header.
fn texts(module: &Module) -> [Option<&Arc<str>>; 3] {
    [Some(&module.code), module.map.as_ref(), module.original.as_ref()]
}

fn describe(module: &Module) -> Value {
    let how = |how: How| if how == How::Import { "import" } else { "require" };
    let imports = module.imports.iter().map(|it| json!([it.specifier, how(it.how), it.target]));
    let kind = match module.kind {
        Kind::Esm => "esm",
        Kind::CommonJs => "commonjs",
        Kind::Json => "json",
    };
    json!({
        "id": module.id,
        "kind": kind,
        "texts": texts(module).map(|text| text.map(|text| text.len())),
        "imports": imports.collect::<Vec<_>>(),
        "exports": module.exports,
        "reexports": module.reexports,
    })
}

fn module(described: &Value, rest: &mut &str) -> Option<Module> {
    let mut taken = described.get("texts")?.as_array()?.iter().map(|length| {
        let Some(length) = length.as_u64() else { return Some(None) };
        let (text, after) = rest.split_at_checked(usize::try_from(length).ok()?)?;
        *rest = after;
        Some(Some(Arc::<str>::from(text)))
    });
    let (code, map, original) = (taken.next()??, taken.next()??, taken.next()??);
    let strings = |name: &str| -> Option<Vec<String>> {
        described.get(name)?.as_array()?.iter().map(|it| it.as_str().map(str::to_owned)).collect()
    };
    let import = |value: &Value| {
        let how = if value.get(1)?.as_str()? == "import" { How::Import } else { How::Require };
        let part = |index: usize| value.get(index)?.as_str().map(str::to_owned);
        Some(Import { specifier: part(0)?, how, target: part(2)? })
    };
    Some(Module {
        id: described.get("id")?.as_str()?.to_owned(),
        kind: match described.get("kind")?.as_str()? {
            "esm" => Kind::Esm,
            "commonjs" => Kind::CommonJs,
            _ => Kind::Json,
        },
        code: code?,
        map,
        original,
        imports: described.get("imports")?.as_array()?.iter().map(import).collect::<Option<_>>()?,
        exports: strings("exports")?,
        reexports: strings("reexports")?,
    })
}

/// Gives the runtime what is packed, and asks the compiler for everything else: packages left external, and what a
/// program finds only when it runs.
pub(crate) struct PackedLoader {
    modules: Vec<Module>,
    by_id: HashMap<String, Vec<usize>>,
    entry: String,
    others: Compiler,
}

impl PackedLoader {
    fn target(&self, specifier: &str, referrer: &str, how: How) -> Option<&str> {
        if how == How::Import && referrer.ends_with('/') {
            return Some(&self.entry);
        }
        let module = self.modules.iter().find(|module| module.id == referrer)?;
        let import = module.imports.iter().find(|import| import.specifier == specifier && import.how == how)?;
        Some(&import.target)
    }
}

impl Loader for PackedLoader {
    fn load(&self, specifier: &str, referrer: &str, how: How) -> Result<Graph, LoadError> {
        let target = self.target(specifier, referrer, how);
        let group = target.and_then(|target| Some((target.to_owned(), self.by_id.get(target)?)));
        match group {
            Some((root, group)) => {
                Ok(Graph { root, modules: group.iter().map(|index| self.modules[*index].clone()).collect() })
            }
            None => crate::loader::load(&self.others, specifier, referrer, how, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Packed {
        let module = |id: &str, target: &str, map: Option<&str>| Module {
            id: id.to_owned(),
            kind: Kind::Esm,
            code: format!("import './{target}'; // ü").into(),
            original: None,
            map: map.map(Arc::from),
            imports: vec![Import { specifier: format!("./{target}"), how: How::Import, target: target.to_owned() }],
            exports: vec!["a".to_owned()],
            reexports: Vec::new(),
        };
        let modules = vec![module("main.js", "b/c.js", Some("{}")), module("b/c.js", "corona:net", None)];
        Packed { modules, groups: vec![vec![0], vec![1]] }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let bytes = sample().write();
        let read = Packed::read(&bytes).expect("it is whole");
        assert_eq!(format!("{:?}", read.modules), format!("{:?}", sample().modules));
        assert_eq!(read.groups, sample().groups);
    }

    #[test]
    fn damaged_files_are_refused() {
        let bytes = sample().write();
        for length in 0..bytes.len() {
            assert!(Packed::read(&bytes[..length]).is_none(), "{length}");
        }
    }

    #[test]
    fn modules_are_loaded_in_groups_from_where_the_file_lies() {
        let loader = sample().loader("file:///app/");
        let entry = loader.load("anything", "file:///", How::Import).unwrap();
        assert_eq!((entry.root.as_str(), entry.modules.len()), ("file:///app/main.js", 1));
        let other = loader.load("./b/c.js", "file:///app/main.js", How::Import).unwrap();
        assert_eq!(other.root, "file:///app/b/c.js");
        assert_eq!(other.modules[0].imports[0].target, "corona:net");
    }
}
