//! Names for the top level of a chunk: those that were written, as far as they do not meet.

use super::{Collector, Draft};
use crate::bundle::link::{ChunkIndex, OUTSIDE, Ref, Wrap};
use crate::bundle::load::{Module, ModuleIndex};
use crate::syntax::bundle::{INTEROP, INTEROP_NODE, NAMESPACE, Name, WRAPPER};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// What is known of a name.
#[derive(Default)]
struct Taken {
    taken: bool,
    /// The number that the last one got that would have been called like this.
    count: usize,
}

impl Taken {
    const YES: Taken = Taken { taken: true, count: 0 };
}

/// Names everything, and says by which names others import what they need of the chunk.
pub(super) fn assign(collector: &Collector<'_>, index: ChunkIndex, draft: &mut Draft, exported: &BTreeSet<Ref>) {
    for reference in exported {
        draft.add(*reference, None);
    }
    let chunk = &collector.linked.chunks[index];
    let mut taken: FxHashMap<Name, Taken> = reserved().into_iter().map(|name| (name, Taken::YES)).collect();
    for module in &chunk.modules {
        let globals = collector.loaded.modules[*module].record.globals.iter();
        taken.extend(globals.map(|name| (name.clone(), Taken::YES)));
    }
    let position: FxHashMap<ModuleIndex, usize> = chunk.modules.iter().enumerate().map(|(at, it)| (*it, at)).collect();
    // Code that is made when it runs looks for names as they were written, so those come first.
    let evals = |module: ModuleIndex| collector.loaded.modules.get(module).is_some_and(|it| it.record.evals);
    let place = |it: &Ref| (!evals(it.module), position.get(&it.module).copied().unwrap_or(usize::MAX), *it);
    let mut references: Vec<(bool, usize, Ref)> = draft.users.keys().map(place).collect();
    references.sort_unstable();
    draft.scope.names.reserve(references.len());
    for (_, _, reference) in references {
        let base = collector.base_name(reference);
        let users = &draft.users[&reference];
        let hidden = |name: &Name| users.modules.iter().any(|user| collector.is_hidden(reference, name, *user));
        let known = taken.entry(base.clone()).or_default();
        let name = if !known.taken && !users.hidden {
            known.taken = true;
            base
        } else {
            let mut count = known.count;
            let name = loop {
                count += 1;
                let name: Name = format!("{base}${count}").into();
                if !taken.get(&name).is_some_and(|it| it.taken) && !hidden(&name) {
                    break name;
                }
            };
            taken.entry(base).or_default().count = count;
            taken.entry(name.clone()).or_default().taken = true;
            name
        };
        draft.scope.names.insert(reference, name);
    }
    aliases(collector, index, draft, exported);
}

/// Says by which names other chunks import what they need of this one: none that it exports for itself.
pub(super) fn aliases(collector: &Collector<'_>, index: ChunkIndex, draft: &mut Draft, exported: &BTreeSet<Ref>) {
    let chunk = &collector.linked.chunks[index];
    let root_exports = chunk.root.module().and_then(|it| collector.linked.links[it].exports.as_ref());
    let mut public: BTreeSet<Name> = root_exports.into_iter().flat_map(|it| it.keys().cloned()).collect();
    for reference in exported {
        let name = draft.scope.names[reference].clone();
        let mut alias = name.clone();
        let mut count = 0;
        while !public.insert(alias.clone()) {
            count += 1;
            alias = format!("{name}${count}").into();
        }
        draft.scope.exports.insert(*reference, alias);
    }
}

impl Collector<'_> {
    /// Whether something inside of `module` has this name, so that it cannot be that of `reference` there. Where that was
    /// written by this name, nothing is in its way.
    pub(super) fn is_hidden(&self, reference: Ref, name: &Name, module: ModuleIndex) -> bool {
        let record = &self.loaded.modules[module].record;
        let own = module == reference.module && record.symbols[reference.symbol as usize].name == *name;
        !own && record.nested.binary_search(name).is_ok()
    }

    /// What a symbol is called if nothing is in the way.
    pub(super) fn base_name(&self, reference: Ref) -> Name {
        if reference.module == OUTSIDE {
            let external = &self.linked.externals[reference.symbol as usize];
            return match &external.name {
                Some(name) if &**name != "default" => identifier(name).into(),
                _ => stem(&external.specifier).into(),
            };
        }
        let module = &self.loaded.modules[reference.module];
        let stem = || stem_of(module);
        match reference.symbol {
            NAMESPACE => format!("{}_exports", stem()).into(),
            WRAPPER if self.linked.links[reference.module].wrap == Wrap::Lazy => format!("init_{}", stem()).into(),
            WRAPPER => format!("require_{}", stem()).into(),
            INTEROP | INTEROP_NODE => format!("import_{}", stem()).into(),
            symbol => match &module.record.symbols[symbol as usize].name {
                name if &**name == "default" => format!("{}_default", stem()).into(),
                name => name.clone(),
            },
        }
    }
}

/// A name after the file.
fn stem_of(module: &Module) -> String {
    let path = module.name.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let name = file.split('.').next().unwrap_or_default();
    let name = if name == "index" || name.is_empty() { parts.next().unwrap_or(name) } else { name };
    identifier(name)
}

fn stem(specifier: &str) -> String {
    identifier(specifier.trim_start_matches("node:").rsplit('/').next().unwrap_or(specifier))
}

/// `text` with what no name may hold replaced.
pub(in crate::bundle) fn identifier(text: &str) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '$';
    let mut name: String = text.chars().map(|it| if plain(it) { it } else { '_' }).collect();
    if name.is_empty() || name.starts_with(|it: char| it.is_ascii_digit()) {
        name.insert(0, '_');
    }
    name
}

const RESERVED: &str = "arguments as async await break case catch class const continue debugger default delete do else enum \
    eval export extends false finally for from function get if implements import in instanceof interface \
    let new null of package private protected public return set static super switch this throw true try \
    typeof using var void while with yield undefined NaN Infinity exports module require Promise Object \
    Symbol WeakMap Error URL Uint8Array atob globalThis process __filename __dirname";

/// Words that are no names, and names that would hide what every program uses.
pub(in crate::bundle) fn reserved() -> FxHashSet<Name> {
    RESERVED.split(' ').map(Name::from).collect()
}
