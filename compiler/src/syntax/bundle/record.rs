//! What the linker knows of a module: data only, no trees. Written by the scan.

use crate::syntax::commonjs::Exports;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A name in a program.
pub(crate) type Name = Arc<str>;

/// Index into [`Record::symbols`].
pub(crate) type SymbolIndex = u32;

/// Every record begins with these symbols, which the linker uses as far as it needs them.
pub(crate) const NAMESPACE: SymbolIndex = 0;
/// The function that runs a wrapped module.
pub(crate) const WRAPPER: SymbolIndex = 1;
/// What a CommonJS module exports, as an ES module sees it.
pub(crate) const INTEROP: SymbolIndex = 2;
/// The same, as Node shows it to a file that is an ES module by its name or package.
pub(crate) const INTEROP_NODE: SymbolIndex = 3;
pub(crate) const RESERVED: &[&str] = &["exports", "require", "import", "import"];

/// One module.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// Whether it is an ES module; otherwise CommonJS.
    pub(crate) esm: bool,
    pub(crate) requests: Vec<Ask>,
    /// What is declared or imported at the top level, after the reserved ones.
    pub(crate) symbols: Vec<Symbol>,
    pub(crate) imports: Vec<Import>,
    /// By exported name.
    pub(crate) exports: BTreeMap<Name, Export>,
    /// Of a CommonJS module: what it exports as far as its text tells.
    pub(crate) commonjs: Exports,
    /// Requests of `export * from`.
    pub(crate) stars: Vec<u32>,
    pub(crate) statements: Vec<Statement>,
    /// Names that are declared nowhere in the module.
    pub(crate) globals: Vec<Name>,
    /// Names that are declared in inner scopes, sorted: a top-level name that is one of them may be hidden by it.
    pub(crate) nested: Vec<Name>,
    /// It calls `eval`: code may look up any name when it runs.
    pub(crate) evals: bool,
    /// Whether it waits at the top level.
    pub(crate) awaits: bool,
    /// Comments that must be kept.
    pub(crate) legal: Vec<String>,
    /// Of a CommonJS module: whether it names `module`.
    pub(crate) names_module: bool,
    /// Whether it names `require`, which no other module declares.
    pub(crate) names_require: bool,
    /// Symbols that are given a value elsewhere than where they are declared.
    pub(crate) assigned: FxHashSet<SymbolIndex>,
}

impl Record {
    /// The import that has this local name.
    pub(crate) fn import(&self, local: SymbolIndex) -> Option<&Import> {
        // Both are numbered in the order of the text.
        self.imports.binary_search_by_key(&local, |it| it.local).ok().map(|at| &self.imports[at])
    }
}

/// Which construct asks for another module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum AskForm {
    Import,
    Dynamic,
    Require,
    /// `require.resolve("x")`.
    Resolve,
    /// `new URL("x", import.meta.url)`.
    Url,
}

/// `with { type: "…" }`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Attribute {
    Json,
    Text,
    Bytes,
    /// One that nobody knows: passed on.
    Other,
}

/// A literal specifier.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub(crate) specifier: String,
    pub(crate) form: AskForm,
    pub(crate) attribute: Option<Attribute>,
    /// Inside `try`: what it asks for may be absent.
    pub(crate) guarded: bool,
    pub(crate) place: Spot,
}

/// Bytes of the source text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) offset: u32,
    pub(crate) length: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Symbol {
    pub(crate) name: Name,
}

/// A local name for what another module exports.
#[derive(Debug, Clone)]
pub(crate) struct Import {
    pub(crate) local: SymbolIndex,
    pub(crate) request: u32,
    /// `None`: the whole module.
    pub(crate) name: Option<Name>,
    pub(crate) place: Spot,
}

#[derive(Debug, Clone)]
pub(crate) struct Export {
    pub(crate) local: SymbolIndex,
}

/// One top-level statement, or one declarator of one.
#[derive(Debug, Default)]
pub(crate) struct Statement {
    pub(crate) declares: Vec<SymbolIndex>,
    pub(crate) uses: Vec<SymbolIndex>,
    /// `it.name`, where `it` is an import: if that is a namespace, uses of that export only.
    pub(crate) members: Vec<(SymbolIndex, Name)>,
    /// Dynamic imports, `require` and URLs in it.
    pub(crate) requests: Vec<u32>,
    /// Running it can be noticed.
    pub(crate) effects: bool,
    /// It does nothing but furnish this symbol: needed when that is.
    pub(crate) furnishes: Option<SymbolIndex>,
    pub(crate) place: Spot,
}
