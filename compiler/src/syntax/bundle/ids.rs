//! Symbols by the names of a resolved tree.

use super::record::SymbolIndex;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::SyntaxContext;
use swc_ecma_ast::{Id, Ident};

/// Which symbol each name of the top level is.
#[derive(Debug, Clone, Default)]
pub(super) struct Ids {
    symbols: FxHashMap<Id, SymbolIndex>,
    /// Where those names are declared: a name of another scope need not be looked up.
    scopes: FxHashSet<SyntaxContext>,
}

impl Ids {
    pub(super) fn get(&self, name: &Ident) -> Option<SymbolIndex> {
        if !self.scopes.contains(&name.ctxt) {
            return None;
        }
        self.symbols.get(&name.to_id()).copied()
    }

    pub(super) fn of(&self, id: &Id) -> Option<SymbolIndex> {
        self.symbols.get(id).copied()
    }

    pub(super) fn insert(&mut self, id: Id, symbol: SymbolIndex) {
        self.scopes.insert(id.1);
        self.symbols.insert(id, symbol);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Id, SymbolIndex)> {
        self.symbols.iter().map(|(id, symbol)| (id, *symbol))
    }
}
