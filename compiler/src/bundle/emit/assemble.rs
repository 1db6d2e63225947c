//! Printed modules to files.

use super::text::{Joined, quoted};
use super::{Emitter, files};
use crate::bundle::contents::Contents;
use crate::bundle::link::{Bound, ChunkIndex, Ref, Root, Wrap, namespace, wrapper};
use crate::bundle::load::{ModuleIndex, Target, relative};
use crate::bundle::options::{ImportInfo, OutputFile, OutputInfo, OutputKind, SourceMap};
use crate::crew;
use crate::resolve::{is_builtin, standard};
use crate::source::urls;
use crate::syntax::bundle::{AskForm, Mappings, Name, Origin, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// What ends a line, and so a comment.
const LINE_ENDS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// A chunk as it grows.
#[derive(Default)]
struct Built {
    joined: Joined,
    sources: Vec<SourceOf>,
    inputs: Vec<(String, usize)>,
}

impl Built {
    fn finish(self) -> Finished {
        let Built { joined, sources, inputs } = self;
        let (code, mappings) = joined.finish();
        Finished { code, mappings, sources, inputs }
    }
}

/// A chunk before hashes are known. Its code is in pieces.
struct Finished {
    code: Vec<String>,
    mappings: Mappings,
    sources: Vec<SourceOf>,
    inputs: Vec<(String, usize)>,
}

/// A text that a source map leads to.
struct SourceOf {
    module: ModuleIndex,
    /// What the module was made of.
    origin: Option<Origin>,
}

impl Emitter<'_> {
    pub(super) fn files(mut self, mut texts: Vec<Text>) -> Vec<(OutputFile, Option<OutputInfo>)> {
        let mut chunks: Vec<Finished> =
            (0..self.linked.chunks.len()).map(|chunk| self.chunk(chunk, &mut texts).finish()).collect();
        let links: Vec<BTreeSet<ChunkIndex>> = (0..chunks.len()).map(|chunk| self.linked_chunks(chunk)).collect();
        let mut names = std::mem::take(&mut self.names.chunks);
        files::settle(&mut names, chunks.iter_mut().map(|it| &mut it.code), &links);
        let mut found = Vec::new();
        for (index, chunk) in chunks.into_iter().enumerate() {
            self.finish(index, chunk, &names, &links[index], &mut found);
        }
        found
    }

    /// Chunks that a chunk names.
    fn linked_chunks(&self, chunk: ChunkIndex) -> BTreeSet<ChunkIndex> {
        let mut found: BTreeSet<ChunkIndex> = self.scopes[chunk].imports.keys().copied().collect();
        for module in &self.linked.chunks[chunk].modules {
            let module = &self.loaded.modules[*module];
            for (ask, target) in module.record.requests.iter().zip(&module.targets) {
                if let (AskForm::Dynamic, Target::Module(target)) = (ask.form, target) {
                    found.extend(self.root_chunk(*target));
                }
            }
        }
        found.remove(&chunk);
        found
    }

    fn chunk(&self, index: ChunkIndex, texts: &mut [Text]) -> Built {
        let mut built = Built::default();
        let out = &mut built.joined;
        if !self.options.banner.is_empty() {
            out.line(&self.options.banner);
        }
        self.imports(index, out);
        let chunk = &self.linked.chunks[index];
        let is_wrapped = |it: &&ModuleIndex| self.linked.links[**it].wrap != Wrap::None;
        // What is only defined comes first: whoever runs may ask for it.
        let early = |it: &&ModuleIndex| is_wrapped(it) || self.is_definition(**it);
        let (runtime, data): (Vec<ModuleIndex>, Vec<ModuleIndex>) =
            chunk.modules.iter().filter(early).partition(|it| **it == crate::bundle::load::RUNTIME);
        for module in runtime {
            self.module(module, texts, &mut built);
        }
        self.objects(index, &mut built.joined);
        for module in data {
            self.module(module, texts, &mut built);
        }
        for module in self.running(index) {
            if self.linked.links[module].wrap != Wrap::None {
                for statement in self.evaluate(module, index) {
                    let declares = self.declares_interop(module, index, &statement);
                    built.joined.line(&format!("{declares}{statement};"));
                }
                continue;
            }
            for statement in self.stars(module, index) {
                built.joined.line(&format!("{statement};"));
            }
            if !self.is_definition(module) {
                self.module(module, texts, &mut built);
            }
        }
        self.exports(index, &mut built.joined);
        self.legal(index, &mut built.joined);
        if !self.options.footer.is_empty() {
            built.joined.line(&self.options.footer);
        }
        built
    }

    /// Whether running a module does nothing but make values, so that it may stand before all others.
    fn is_definition(&self, module: ModuleIndex) -> bool {
        module == crate::bundle::load::RUNTIME || self.loaded.modules[module].data
    }

    /// Modules that run with the chunk, in order: its own, and wrapped ones wherever they are.
    fn running(&self, index: ChunkIndex) -> Vec<ModuleIndex> {
        let own = self.linked.chunks[index].modules.iter().filter(|it| self.linked.links[**it].wrap == Wrap::None);
        let mut all: Vec<ModuleIndex> = own.chain(&self.scopes[index].evaluated).copied().collect();
        all.sort_by_key(|it| self.linked.position[*it]);
        all
    }

    fn module(&self, module: ModuleIndex, texts: &mut [Text], built: &mut Built) {
        let (entry, text) = (&self.loaded.modules[module], std::mem::take(&mut texts[module]));
        if text.code.is_empty() {
            return;
        }
        let out = &mut built.joined;
        if !self.options.minify && module != crate::bundle::load::RUNTIME {
            if out.bytes() > 0 {
                out.line("");
            }
            out.line(&format!("// {}", entry.name.replace(LINE_ENDS, " ")));
        }
        let (before, first_source) = (out.bytes(), built.sources.len() as u32);
        match text.origins.is_empty() {
            true => built.sources.push(SourceOf { module, origin: None }),
            false => {
                let origins = text.origins.iter().cloned().map(Some);
                built.sources.extend(origins.map(|origin| SourceOf { module, origin }));
            }
        }
        out.text(text, first_source);
        if module != crate::bundle::load::RUNTIME {
            built.inputs.push((entry.name.clone(), out.bytes() - before));
        }
    }

    /// `import` of other chunks, and of what is outside.
    fn imports(&self, index: ChunkIndex, out: &mut Joined) {
        let scope = &self.scopes[index];
        let mut by_specifier: BTreeMap<&str, Vec<(Ref, Option<&Name>)>> = BTreeMap::new();
        for reference in &scope.externals {
            let external = &self.linked.externals[reference.symbol as usize];
            by_specifier.entry(&external.specifier).or_default().push((*reference, external.name.as_ref()));
        }
        for specifier in self.outside(index) {
            let names = by_specifier.remove(specifier.as_str()).unwrap_or_default();
            self.import_outside(index, &specifier, &names, out);
        }
        for (specifier, names) in by_specifier {
            self.import_outside(index, specifier, &names, out);
        }
        for (chunk, references) in &scope.imports {
            let from = quoted(&self.names.to_chunk(index, *chunk));
            if references.is_empty() {
                out.line(&format!("import {from};"));
                continue;
            }
            let names: Vec<String> =
                references.iter().map(|it| renamed(&self.scopes[*chunk].exports[it], &scope.names[it])).collect();
            self.list("import", &names, &format!("from {from}"), out);
        }
    }

    /// `import` or `export` of names.
    fn list(&self, word: &str, names: &[String], from: &str, out: &mut Joined) {
        if self.options.minify {
            out.line(&format!("{word}{{{}}}{};", names.join(","), from.replace("from ", "from")));
        } else {
            let space = if from.is_empty() { "" } else { " " };
            out.line(&format!("{word} {{ {} }}{space}{from};", names.join(", ")));
        }
    }

    /// What the modules that run with the chunk import from outside, in order.
    fn outside(&self, index: ChunkIndex) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for module in &self.linked.chunks[index].modules {
            let module = &self.loaded.modules[*module];
            for (ask, target) in module.record.requests.iter().zip(&module.targets) {
                if let (AskForm::Import, Target::External(specifier)) = (ask.form, target)
                    && !found.contains(specifier)
                {
                    found.push(specifier.clone());
                }
            }
        }
        found
    }

    fn import_outside(&self, index: ChunkIndex, specifier: &str, names: &[(Ref, Option<&Name>)], out: &mut Joined) {
        let from = quoted(specifier);
        let local = |reference: &Ref| self.name(*reference, index);
        let mut named = Vec::new();
        for (reference, name) in names {
            match name {
                Some(name) => named.push(renamed(name, &local(reference))),
                None => out.line(&format!("import * as {} from {from};", local(reference))),
            }
        }
        if !named.is_empty() {
            self.list("import", &named, &format!("from {from}"), out);
        } else if names.is_empty() && standard(specifier).is_none() && !is_builtin(specifier) {
            out.line(&format!("import {from};"));
        }
    }

    /// Namespaces, and variables for what lazy modules share.
    fn objects(&self, index: ChunkIndex, out: &mut Joined) {
        let scope = &self.scopes[index];
        for module in &scope.namespaces {
            let helper = self.name(self.helper("__namespace"), index);
            let exports = self.linked.links[*module].exports.iter().flatten();
            let getters: Vec<String> = exports
                .map(|(name, bound)| {
                    let value = self.value(bound, index);
                    if self.options.minify {
                        format!("{}:()=>{value}", property(name))
                    } else {
                        format!("{}: () => {value}", property(name))
                    }
                })
                .collect();
            let object = self.name(namespace(*module), index);
            if getters.is_empty() {
                out.line(&format!("var {object} = {helper}({{}});"));
            } else if self.options.minify {
                out.line(&format!("var {object}={helper}({{{}}});", getters.join(",")));
            } else {
                out.line(&format!("var {object} = {helper}({{\n  {},\n}});", getters.join(",\n  ")));
            }
        }
        for interop in &scope.interops {
            if scope.shared_interops.contains(interop) || !scope.evaluated.contains(&interop.module) {
                out.line(&format!("var {};", self.name(*interop, index)));
            }
        }
    }

    /// `var ` where the statement is the only one that gives an interop its value.
    fn declares_interop(&self, module: ModuleIndex, index: ChunkIndex, statement: &str) -> &'static str {
        let scope = &self.scopes[index];
        let assigned = super::scope::interops_of(scope, module).any(|it| {
            !scope.shared_interops.contains(&it) && statement.starts_with(&format!("{} = ", self.name(it, index)))
        });
        if assigned { "var " } else { "" }
    }

    /// A bound export as an expression.
    fn value(&self, bound: &Bound, index: ChunkIndex) -> String {
        match bound {
            Bound::Symbol(reference) => self.name(*reference, index).to_string(),
            Bound::Member(object, name) => {
                let object = self.name(*object, index);
                if is_identifier(name) { format!("{object}.{name}") } else { format!("{object}[{}]", quoted(name)) }
            }
            Bound::Undefined => "void 0".to_owned(),
        }
    }

    fn exports(&self, index: ChunkIndex, out: &mut Joined) {
        let chunk = &self.linked.chunks[index];
        let mut names: Vec<String> = Vec::new();
        if let Some(root) = chunk.root.module() {
            if self.linked.links[root].wrap == Wrap::CommonJs {
                out.line(&format!("export default {}();", self.name(wrapper(root), index)));
            }
            for (name, bound) in self.linked.links[root].exports.iter().flatten() {
                match bound {
                    Bound::Symbol(reference) => names.push(renamed(&self.name(*reference, index), name)),
                    bound => {
                        // A property of what CommonJS exports has no name of its own.
                        let local = format!("export_{index}_{}", names.len());
                        out.line(&format!("var {local} = {};", self.value(bound, index)));
                        names.push(renamed(&local.into(), name));
                    }
                }
            }
            for specifier in self.outside_stars(root) {
                out.line(&format!("export * from {};", quoted(&specifier)));
            }
        }
        names.extend(self.scopes[index].exports.iter().map(|(it, alias)| renamed(&self.name(*it, index), alias)));
        if !names.is_empty() {
            self.list("export", &names, "", out);
        }
    }

    /// What the root of a chunk passes on from outside.
    fn outside_stars(&self, root: ModuleIndex) -> Vec<String> {
        let (mut found, mut seen, mut todo) = (Vec::new(), BTreeSet::from([root]), vec![root]);
        while let Some(module) = todo.pop() {
            let module = &self.loaded.modules[module];
            for request in &module.record.stars {
                match &module.targets[*request as usize] {
                    Target::External(specifier) if !found.contains(specifier) => found.push(specifier.clone()),
                    Target::Module(target) if seen.insert(*target) => todo.push(*target),
                    _ => {}
                }
            }
        }
        found
    }

    fn legal(&self, index: ChunkIndex, out: &mut Joined) {
        let mut seen = BTreeSet::new();
        for module in &self.linked.chunks[index].modules {
            for comment in &self.loaded.modules[*module].record.legal {
                if seen.insert(comment) {
                    out.line(comment);
                }
            }
        }
    }

    /// Adds the files of a chunk: itself, and its source map.
    fn finish(
        &self,
        index: ChunkIndex,
        finished: Finished,
        names: &[String],
        links: &BTreeSet<ChunkIndex>,
        found: &mut Vec<(OutputFile, Option<OutputInfo>)>,
    ) {
        let chunk = &self.linked.chunks[index];
        let name = &names[index];
        let Finished { mut code, mappings, sources, inputs } = finished;
        let map = self.options.source_map.map(|kind| {
            let map = self.map(name, &sources, mappings);
            let url = match kind {
                SourceMap::External => {
                    let file = name.rsplit('/').next().unwrap_or(name);
                    format!("{}.map", urls::encode(file.as_bytes()))
                }
                SourceMap::Inline => {
                    let data = crate::bundle::load::base64(map.concat().as_bytes());
                    format!("data:application/json;base64,{data}")
                }
            };
            code.push(format!("//# sourceMappingURL={url}\n"));
            (kind, map)
        });
        let contents: Contents = code.into_iter().collect();
        let exports = chunk.root.module().and_then(|it| self.linked.links[it].exports.as_ref());
        let outside = self.outside(index);
        let import = |path: String, kind, external| ImportInfo { path, kind, external };
        let chunks = links.iter().map(|it| {
            let is_static = self.scopes[index].imports.contains_key(it);
            import(names[*it].clone(), if is_static { "import-statement" } else { "dynamic-import" }, false)
        });
        let info = OutputInfo {
            name: name.clone(),
            bytes: contents.len(),
            entry: chunk.root.module().map(|it| self.loaded.modules[it].name.clone()),
            exports: exports.into_iter().flat_map(|it| it.keys()).map(|it| it.to_string()).collect(),
            imports: chunks.chain(outside.into_iter().map(|it| import(it, "import-statement", true))).collect(),
            inputs,
        };
        let kind = if matches!(chunk.root, Root::Entry(_)) { OutputKind::Entry } else { OutputKind::Chunk };
        found.push((OutputFile { name: name.clone(), contents, kind }, Some(info)));
        if let Some((SourceMap::External, map)) = map {
            let contents = map.into_iter().collect();
            found.push((OutputFile { name: format!("{name}.map"), contents, kind: OutputKind::SourceMap }, None));
        }
    }

    /// A source map, revision 3, in pieces.
    fn map<'a>(&'a self, name: &str, sources: &'a [SourceOf], mappings: Mappings) -> Vec<String> {
        let file = self.options.out_dir.join(name);
        let folder = file.parent().unwrap_or(Path::new("/"));
        let name = |source: &SourceOf| {
            let module = &self.loaded.modules[source.module];
            match &source.origin {
                Some(origin) if origin.name.contains("://") => origin.name.clone(),
                Some(origin) => {
                    let beside = module.path.parent().unwrap_or(Path::new("/")).join(&origin.name);
                    relative(folder, &normal(&beside))
                }
                None if module.path == Path::new("/") => module.name.clone(),
                None => relative(folder, &module.path),
            }
        };
        let content = |source: &'a SourceOf| match &source.origin {
            Some(origin) => origin.content.as_deref(),
            None => Some(&*self.loaded.modules[source.module].source.text),
        };
        let names: Vec<String> = sources.iter().map(name).collect();
        let mut pieces = vec![format!("{{\"version\":3,\"sources\":{},\"sourcesContent\":[", json(&names))];
        let threads = crew::threads(self.options.threads);
        let contents = crew::map(threads, sources.iter().collect(), |_, it| {
            json(&content(it).filter(|_| self.options.sources_content))
        });
        for (index, content) in contents.into_iter().enumerate() {
            pieces.extend((index > 0).then(|| ",".to_owned()));
            pieces.push(content);
        }
        pieces.push("],\"names\":[],\"mappings\":\"".to_owned());
        pieces.extend(mappings.encoded());
        pieces.push("\"}".to_owned());
        pieces
    }
}

/// A path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                normal.pop();
            }
            Component::CurDir => {}
            part => normal.push(part),
        }
    }
    normal
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// `local as name`, or `name` alone.
fn renamed(local: &Name, name: &Name) -> String {
    let written = |name: &Name| if is_identifier(name) { name.to_string() } else { quoted(name) };
    if local == name { written(local) } else { format!("{} as {}", written(local), written(name)) }
}

fn property(name: &Name) -> String {
    if &**name == "__proto__" {
        return "[\"__proto__\"]".to_owned();
    }
    if is_identifier(name) { name.to_string() } else { quoted(name) }
}

/// Whether a name may stand after a dot; other letters than those of ASCII are quoted.
fn is_identifier(name: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '$';
    !name.is_empty() && name.chars().all(plain) && !name.starts_with(|it: char| it.is_ascii_digit())
}
