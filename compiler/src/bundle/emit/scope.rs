//! What each chunk needs from others, and what everything in it is called.

mod names;
mod short;

use super::Compact;
use crate::bundle::link::{Bound, ChunkIndex, Linked, Needs, OUTSIDE, Ref, Root, Wrap, interop, namespace, wrapper};
use crate::bundle::load::{Loaded, ModuleIndex};
use crate::bundle::options::BuildOptions;
use crate::crew;
use crate::syntax::bundle::{INTEROP, INTEROP_NODE, Name, SymbolIndex};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// One chunk.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) names: FxHashMap<Ref, Name>,
    /// Names of the slots of inner names.
    pub(super) slots: Vec<Name>,
    /// From each other chunk: what is imported.
    pub(super) imports: BTreeMap<ChunkIndex, BTreeSet<Ref>>,
    /// For other chunks, with the name that they import it by.
    pub(super) exports: BTreeMap<Ref, Name>,
    /// From outside of the build.
    pub(super) externals: BTreeSet<Ref>,
    /// Modules whose namespace object is made here.
    pub(super) namespaces: Vec<ModuleIndex>,
    /// CommonJS modules as they are seen from here.
    pub(super) interops: BTreeSet<Ref>,
    /// Wrapped modules that run with the chunk.
    pub(super) evaluated: BTreeSet<ModuleIndex>,
    /// Of the interops, those that lazy modules need too: who comes first makes them.
    pub(super) shared_interops: BTreeSet<Ref>,
}

/// What one module names.
#[derive(Debug, Default)]
struct Named {
    /// Each once, with whether something inside of the module has the name that it was written by.
    found: Vec<(Ref, bool)>,
    /// Whether its namespace object is made.
    namespace: bool,
    /// Wrapped modules that must have run before it.
    before: Vec<ModuleIndex>,
}

/// What modules name, before anything has a name.
struct Draft {
    scope: Scope,
    users: FxHashMap<Ref, Users>,
}

/// Who names a symbol.
#[derive(Default)]
struct Users {
    modules: Vec<ModuleIndex>,
    /// In one of them something else would be meant by the name that it was written by.
    hidden: bool,
}

pub(super) fn scopes(loaded: &Loaded, linked: &Linked, options: &BuildOptions, compacts: &[Compact]) -> Vec<Scope> {
    let collector = Collector { loaded, linked, options, needs: needs(loaded, linked, options) };
    let modules: Vec<ModuleIndex> = (0..loaded.modules.len()).collect();
    // Starting a thread takes as long as a few hundred modules.
    let threads = crew::threads(options.threads).min(1 + modules.len() / 256);
    let named = crew::map(threads, modules, |_, module| {
        linked.chunk_of[module].map(|_| collector.named(module)).unwrap_or_default()
    });
    let mut drafts: Vec<Draft> = (0..linked.chunks.len()).map(|chunk| collector.draft(chunk, &named)).collect();
    let mut exported: Vec<BTreeSet<Ref>> = vec![BTreeSet::new(); drafts.len()];
    for draft in &drafts {
        for (chunk, references) in &draft.scope.imports {
            exported[*chunk].extend(references);
        }
    }
    for (index, draft) in drafts.iter_mut().enumerate() {
        match options.minify {
            true => short::assign(&collector, index, draft, &exported[index], compacts),
            false => names::assign(&collector, index, draft, &exported[index]),
        }
    }
    drafts.into_iter().map(|draft| draft.scope).collect()
}

pub(super) fn needs<'a>(loaded: &'a Loaded, linked: &'a Linked, options: &BuildOptions) -> Needs<'a> {
    Needs {
        modules: &loaded.modules,
        links: &linked.links,
        helpers: &linked.helpers,
        externals: &linked.external_index,
        inline_dynamic: options.inline_dynamic_imports,
    }
}

/// Symbols that are used outside of their module.
pub(super) fn shared(
    loaded: &Loaded,
    linked: &Linked,
    options: &BuildOptions,
) -> FxHashMap<ModuleIndex, Vec<SymbolIndex>> {
    let needs = needs(loaded, linked, options);
    let mut found: BTreeSet<Ref> = BTreeSet::new();
    for (module, link) in linked.links.iter().enumerate() {
        for (keep, statement) in link.keep.iter().zip(&loaded.modules[module].record.statements) {
            if *keep {
                needs.of_statement(module, statement, &mut |it| found.extend((it.module != module).then_some(it)));
            }
        }
        found.extend(link.exports.iter().flat_map(|it| it.values()).filter_map(Bound::reference));
        needs.of_wrapper(module, &mut |it| found.extend([it]));
    }
    // A module may import itself, round any number of corners.
    for (module, link) in linked.links.iter().enumerate() {
        let bound = link.bound.values().chain(link.members.values()).filter_map(Bound::reference);
        found.extend(bound.filter(|it| it.module == module));
    }
    for helper in ["__toESM", "__namespace", "__reExport", "__toCommonJS", "__require", "__missing"] {
        found.insert(needs.helper(helper));
    }
    let mut shared: FxHashMap<ModuleIndex, Vec<SymbolIndex>> = FxHashMap::default();
    for reference in found {
        if reference.module != OUTSIDE && linked.used.contains(reference) {
            shared.entry(reference.module).or_default().push(reference.symbol);
        }
    }
    shared
}

struct Collector<'a> {
    loaded: &'a Loaded,
    linked: &'a Linked,
    options: &'a BuildOptions,
    needs: Needs<'a>,
}

impl Collector<'_> {
    /// Every symbol that the chunk names.
    fn draft(&self, index: ChunkIndex, named: &[Named]) -> Draft {
        let mut draft = Draft { scope: Scope::default(), users: FxHashMap::default() };
        let chunk = &self.linked.chunks[index];
        draft.users.reserve(chunk.modules.iter().map(|it| self.loaded.modules[*it].record.symbols.len()).sum());
        for module in &chunk.modules {
            self.of_module(*module, &named[*module], &mut draft);
        }
        if let Some(root) = chunk.root.module() {
            let link = &self.linked.links[root];
            match link.wrap {
                Wrap::Lazy => {
                    draft.scope.evaluated.insert(root);
                }
                // Runs where it is exported.
                Wrap::CommonJs => draft.add(wrapper(root), None),
                Wrap::None => {}
            }
            for reference in link.exports.iter().flat_map(|it| it.values()).filter_map(Bound::reference) {
                draft.add(reference, None);
                draft.evaluates(reference, self.linked);
            }
        }
        if chunk.root == Root::Shared {
            let wrapped = chunk.runs.iter().filter(|it| self.linked.links[**it].wrap != Wrap::None);
            draft.scope.evaluated.extend(wrapped.filter(|it| self.linked.chunk_of[**it] == Some(index)));
        }
        for module in draft.scope.evaluated.clone() {
            draft.add(wrapper(module), None);
        }
        for reference in draft.scope.interops.clone() {
            draft.add(wrapper(reference.module), None);
            draft.add(self.needs.helper("__toESM"), None);
        }
        self.place(index, &mut draft);
        draft
    }

    fn named(&self, module: ModuleIndex) -> Named {
        let link = &self.linked.links[module];
        let mut found = Vec::new();
        for (keep, statement) in link.keep.iter().zip(&self.loaded.modules[module].record.statements) {
            if *keep {
                self.needs.of_statement(module, statement, &mut |it| found.push(it));
                found.extend(statement.declares.iter().map(|symbol| Ref { module, symbol: *symbol }));
            }
        }
        if link.wrap != Wrap::None {
            found.push(wrapper(module));
            self.needs.of_wrapper(module, &mut |it| found.push(it));
        }
        let namespace = namespace(module);
        let has_namespace = self.linked.used.contains(namespace);
        if has_namespace {
            found.extend([namespace, self.needs.helper("__namespace")]);
            for star in &link.stars {
                found.extend([self.needs.helper("__reExport"), *star]);
            }
        }
        found.sort_unstable();
        found.dedup();
        let before = self.before(module, &found);
        let hidden = |it: Ref| !self.options.minify && self.is_hidden(it, &self.base_name(it), module);
        let found = found.into_iter().map(|it| (it, hidden(it))).collect();
        Named { found, namespace: has_namespace, before }
    }

    fn of_module(&self, module: ModuleIndex, named: &Named, draft: &mut Draft) {
        let link = &self.linked.links[module];
        if named.namespace {
            draft.scope.namespaces.push(module);
            let exports = link.exports.iter().flat_map(|it| it.values());
            exports.filter_map(Bound::reference).for_each(|it| draft.add(it, None));
        }
        for (reference, hidden) in &named.found {
            let users = draft.users_of(*reference);
            users.modules.push(module);
            users.hidden |= hidden;
            if link.wrap == Wrap::Lazy
                && matches!(reference.symbol, INTEROP | INTEROP_NODE)
                && reference.module != OUTSIDE
            {
                draft.scope.shared_interops.insert(*reference);
            }
        }
        for it in named.before.iter().copied() {
            match link.wrap {
                Wrap::Lazy => draft.add(wrapper(it), Some(module)),
                _ => {
                    draft.scope.evaluated.insert(it);
                }
            }
        }
    }

    /// Wrapped modules that must have run before an ES module.
    fn before(&self, module: ModuleIndex, found: &[Ref]) -> Vec<ModuleIndex> {
        if !self.loaded.modules[module].record.esm {
            return Vec::new();
        }
        before(self.linked, &self.needs, module, found.iter().copied())
    }

    /// Sorts what is needed by where it is.
    fn place(&self, index: ChunkIndex, draft: &mut Draft) {
        for reference in draft.users.keys().copied().collect::<Vec<_>>() {
            if reference.module == OUTSIDE {
                draft.scope.externals.insert(reference);
            } else if !matches!(reference.symbol, INTEROP | INTEROP_NODE)
                && let Some(chunk) = self.linked.chunk_of[reference.module]
                && chunk != index
            {
                draft.scope.imports.entry(chunk).or_default().insert(reference);
            }
        }
        // Chunks with modules that run before this one's.
        for module in &self.linked.chunks[index].runs {
            if let Some(chunk) = self.linked.chunk_of[*module]
                && chunk != index
                && self.linked.links[*module].wrap == Wrap::None
            {
                draft.scope.imports.entry(chunk).or_default();
            }
        }
    }
}

/// Wrapped modules that must have run before `module`: those it imports, in the order of its imports, and those whose
/// symbols it uses, in the order in which all modules run.
pub(super) fn before(
    linked: &Linked,
    needs: &Needs<'_>,
    module: ModuleIndex,
    found: impl Iterator<Item = Ref>,
) -> Vec<ModuleIndex> {
    let mut before = needs.before(module);
    before.retain(|it| *it != module);
    let imported = before.len();
    let mut add = |it: ModuleIndex| {
        let is_wrapped = linked.links[it].live && linked.links[it].wrap != Wrap::None;
        if it != module && is_wrapped && !before.contains(&it) {
            before.push(it);
        }
    };
    let bound: FxHashSet<ModuleIndex> = linked.links[module]
        .bound
        .values()
        .chain(linked.links[module].members.values())
        .filter_map(Bound::reference)
        .map(|it| it.module)
        .collect();
    for reference in found {
        if reference.module != OUTSIDE && bound.contains(&reference.module) {
            add(reference.module);
        }
    }
    before[imported..].sort_unstable_by_key(|it| linked.position[*it]);
    before
}

impl Draft {
    fn users_of(&mut self, reference: Ref) -> &mut Users {
        if reference.module != OUTSIDE && matches!(reference.symbol, INTEROP | INTEROP_NODE) {
            self.scope.interops.insert(reference);
        }
        self.users.entry(reference).or_default()
    }

    fn add(&mut self, reference: Ref, user: Option<ModuleIndex>) {
        self.users_of(reference).modules.extend(user);
    }

    /// What CommonJS exports is there once it has run.
    fn evaluates(&mut self, reference: Ref, linked: &Linked) {
        if reference.module != OUTSIDE && linked.links[reference.module].wrap != Wrap::None {
            self.scope.evaluated.insert(reference.module);
        }
    }
}

/// The interops of `module` that a chunk has.
pub(super) fn interops_of(scope: &Scope, module: ModuleIndex) -> impl Iterator<Item = Ref> + '_ {
    [false, true].into_iter().map(move |strict| interop(module, strict)).filter(|it| scope.interops.contains(it))
}
