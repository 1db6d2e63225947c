//! What becomes of one module, in names of its chunk.

use super::scope::{self, interops_of};
use super::{Emitter, text};
use crate::bundle::link::{Asked, Bound, ChunkIndex, Ref, Wrap, asked, namespace, wrapper};
use crate::bundle::load::{ModuleIndex, RUNTIME};
use crate::syntax::bundle::{AskForm, INTEROP_NODE, Meaning, Name, Plan, RESERVED, Shape, SymbolIndex};
use rustc_hash::FxHashSet;
use std::sync::Arc;

impl Emitter<'_> {
    pub(super) fn plan(&self, module: ModuleIndex, chunk: ChunkIndex) -> Plan {
        let (link, record) = (&self.linked.links[module], &self.loaded.modules[module].record);
        let meaning = |bound: &Bound| self.meaning(bound, chunk);
        let extra = self.extra.get(module).copied().unwrap_or(0);
        let meanings = (0..(record.symbols.len() + extra) as u32)
            .map(|symbol| match link.bound.get(&symbol) {
                Some(bound) => meaning(bound),
                None => self.scopes[chunk].names.get(&Ref { module, symbol }).cloned().map(Meaning::Name),
            })
            .collect();
        let members = link.members.iter().filter_map(|(key, bound)| Some((key.clone(), meaning(bound)?))).collect();
        let renamed = if self.options.minify { FxHashSet::default() } else { self.renamed(module, chunk) };
        let reassigned = renamed.iter().any(|it| record.assigned.contains(it));
        let mut plan = Plan { keep: link.keep.clone(), meanings, members, renamed, reassigned, ..Plan::default() };
        if !record.esm || self.options.minify {
            plan.keep = Vec::new(); // cut already, or all
        }
        plan.slots = Arc::clone(&self.slots[chunk]);
        for (index, ask) in record.requests.iter().enumerate() {
            if let Some(code) = self.request(module, index, chunk) {
                plan.requests.insert((ask.form, ask.specifier.clone()), code);
            }
        }
        if module != RUNTIME {
            let require = self.scopes[chunk].names.get(&self.helper("__require"));
            plan.free.extend(require.map(|name| ("require", name.to_string())));
            if !record.esm {
                plan.free.push(("__filename", "import.meta.filename".to_owned()));
                plan.free.push(("__dirname", "import.meta.dirname".to_owned()));
            }
        }
        plan.shape = self.shape(module, chunk);
        if link.wrap == Wrap::Lazy {
            plan.prologue = self.prologue(module, chunk);
        }
        plan
    }

    /// What the module itself declares and the chunk calls otherwise.
    fn renamed(&self, module: ModuleIndex, chunk: ChunkIndex) -> FxHashSet<SymbolIndex> {
        let names = &self.scopes[chunk].names;
        let symbols = (0..).zip(&self.loaded.modules[module].record.symbols).skip(RESERVED.len());
        let own = symbols.filter(|(symbol, _)| !self.linked.links[module].bound.contains_key(symbol));
        let other = |name: &Name, symbol| names.get(&Ref { module, symbol }).is_some_and(|new| new != name);
        own.filter(|(symbol, it)| other(&it.name, *symbol)).map(|(symbol, _)| symbol).collect()
    }

    pub(super) fn helper(&self, name: &str) -> Ref {
        Ref { module: RUNTIME, symbol: self.linked.helpers.get(name).copied().unwrap_or_default() }
    }

    /// What a symbol is called in a chunk. Everything that is printed has been given a name.
    pub(super) fn name(&self, reference: Ref, chunk: ChunkIndex) -> Name {
        self.scopes[chunk].names.get(&reference).cloned().unwrap_or_else(|| "undefined".into())
    }

    fn meaning(&self, bound: &Bound, chunk: ChunkIndex) -> Option<Meaning> {
        let names = &self.scopes[chunk].names;
        match bound {
            Bound::Symbol(reference) => names.get(reference).cloned().map(Meaning::Name),
            Bound::Member(reference, property) => {
                let object = names.get(reference).cloned()?;
                Some(Meaning::Member { object, property: property.clone() })
            }
            Bound::Undefined => Some(Meaning::Undefined),
        }
    }

    fn shape(&self, module: ModuleIndex, chunk: ChunkIndex) -> Shape {
        let name = |helper| (self.name(self.helper(helper), chunk), self.name(wrapper(module), chunk));
        match self.linked.links[module].wrap {
            Wrap::None => Shape::Plain,
            Wrap::CommonJs => {
                let (helper, name) = name("__commonJS");
                Shape::CommonJs { helper, name }
            }
            Wrap::Lazy => {
                let (helper, name) = name("__esm");
                Shape::Lazy { helper, name, awaits: self.linked.links[module].awaits }
            }
        }
    }

    /// What runs before a lazy module.
    fn prologue(&self, module: ModuleIndex, chunk: ChunkIndex) -> Vec<String> {
        let needs = scope::needs(self.loaded, self.linked, self.options);
        let mut found = Vec::new();
        for (keep, statement) in
            self.linked.links[module].keep.iter().zip(&self.loaded.modules[module].record.statements)
        {
            if *keep {
                needs.of_statement(module, statement, &mut |it| found.push(it));
            }
        }
        let before = scope::before(self.linked, &needs, module, found.into_iter());
        let mut code: Vec<String> = before.into_iter().flat_map(|it| self.evaluate(it, chunk)).collect();
        code.extend(self.stars(module, chunk));
        code
    }

    /// Statements that run a wrapped module.
    pub(super) fn evaluate(&self, module: ModuleIndex, chunk: ChunkIndex) -> Vec<String> {
        let link = &self.linked.links[module];
        let name = self.name(wrapper(module), chunk);
        if link.wrap == Wrap::Lazy {
            return vec![if link.awaits { format!("await {name}()") } else { format!("{name}()") }];
        }
        let scope = &self.scopes[chunk];
        let interops: Vec<Ref> = interops_of(scope, module).collect();
        if interops.is_empty() {
            return vec![format!("{name}()")];
        }
        let to_esm = self.name(self.helper("__toESM"), chunk);
        let made = |interop: &Ref| {
            let strict = if interop.symbol == INTEROP_NODE { ", 1" } else { "" };
            let shared = scope.shared_interops.contains(interop);
            let sign = if shared { "??=" } else { "=" };
            format!("{} {sign} {to_esm}({name}(){strict})", self.name(*interop, chunk))
        };
        interops.iter().map(made).collect()
    }

    /// Adds to the namespace of a module what `export *` finds when it runs.
    pub(super) fn stars(&self, module: ModuleIndex, chunk: ChunkIndex) -> Vec<String> {
        if !self.linked.used.contains(namespace(module)) {
            return Vec::new();
        }
        let stars = self.linked.links[module].stars.iter();
        let re_export = self.name(self.helper("__reExport"), chunk);
        let object = self.name(namespace(module), chunk);
        stars.map(|it| format!("{re_export}({object}, {})", self.name(*it, chunk))).collect()
    }

    /// Code in place of a request.
    fn request(&self, module: ModuleIndex, request: usize, chunk: ChunkIndex) -> Option<String> {
        let ask = &self.loaded.modules[module].record.requests[request];
        let name = |reference| self.name(reference, chunk);
        let quoted = text::quoted;
        Some(match asked(&self.loaded.modules, module, request)? {
            Asked::CommonJs(target) => format!("{}()", name(wrapper(target))),
            Asked::Lazy(target) => {
                let convert = name(self.helper("__toCommonJS"));
                format!("({}(), {convert}({}))", name(wrapper(target)), name(namespace(target)))
            }
            Asked::Data(target) => {
                let needs = scope::needs(self.loaded, self.linked, self.options);
                name(needs.default_of(target)?).to_string()
            }
            Asked::Dynamic(target) => self.dynamic(target, self.loaded.modules[module].strict, chunk),
            Asked::External(specifier) if ask.form == AskForm::Dynamic => format!("import({})", quoted(&specifier)),
            Asked::External(specifier) => match self.linked.namespace_of(&specifier) {
                Some(reference) if ask.form == AskForm::Require => name(reference).to_string(),
                _ => {
                    let method = if ask.form == AskForm::Resolve { ".resolve" } else { "" };
                    format!("{}{method}({})", name(self.helper("__require")), quoted(&specifier))
                }
            },
            Asked::Missing(specifier) => {
                let call = format!("{}({})", name(self.helper("__missing")), quoted(&specifier));
                match ask.form {
                    AskForm::Dynamic => format!("Promise.resolve().then(() => {call})"),
                    _ => call,
                }
            }
            Asked::Asset(index) => quoted(&self.names.to_asset(chunk, &self.loaded.assets[index].name)),
        })
    }

    /// `import()` of a module of the build.
    fn dynamic(&self, target: ModuleIndex, strict: bool, chunk: ChunkIndex) -> String {
        let name = |reference| self.name(reference, chunk);
        let link = &self.linked.links[target];
        let mode = if strict { ", 1" } else { "" };
        if let Some(file) = self.root_chunk(target).filter(|_| !self.options.inline_dynamic_imports) {
            let import = format!("import({})", text::quoted(&self.names.to_chunk(chunk, file)));
            return match link.wrap {
                Wrap::CommonJs => {
                    format!("{import}.then((it) => {}(it.default{mode}))", name(self.helper("__toESM")))
                }
                _ => import,
            };
        }
        let start = "Promise.resolve().then";
        match link.wrap {
            Wrap::CommonJs => {
                format!("{start}(() => {}({}(){mode}))", name(self.helper("__toESM")), name(wrapper(target)))
            }
            Wrap::Lazy if link.awaits => {
                format!("{start}({}).then(() => {})", name(wrapper(target)), name(namespace(target)))
            }
            Wrap::Lazy => format!("{start}(() => ({}(), {}))", name(wrapper(target)), name(namespace(target))),
            Wrap::None => format!("{start}(() => {})", name(namespace(target))),
        }
    }
}
