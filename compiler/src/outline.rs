//! What editors want to know of one text, as plain data: names and where they are used, calls, sections, what folds.
//! Made from the tree once per text, on demand.

use crate::facts::Span;

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Outline {
    pub(crate) bindings: Vec<Binding>,
    /// By place.
    pub(crate) uses: Vec<Use>,
    pub(crate) imports: Vec<Import>,
    /// `names.name`, where `names` is an imported namespace.
    pub(crate) members: Vec<Member>,
    pub(crate) exports: Vec<Export>,
    /// By place, so that what is around comes first.
    pub(crate) symbols: Vec<Symbol>,
    /// By place.
    pub(crate) calls: Vec<Call>,
    pub(crate) sections: Vec<Section>,
    /// Statements that stand in a list of statements, by place.
    pub(crate) statements: Vec<Span>,
    pub(crate) folds: Vec<Fold>,
}

/// The number of a binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct BindingId(pub(crate) u32);

/// A name of the module, in its scope.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Binding {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Of the whole module.
    pub(crate) is_top_level: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Function,
    Class,
    Constructor,
    Method,
    Property,
    Constant,
    Variable,
    Parameter,
    Import,
    Type,
    Enum,
    Namespace,
}

/// A place where a name of the program is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Use {
    pub(crate) span: Span,
    pub(crate) binding: BindingId,
    pub(crate) is_definition: bool,
    /// How it looks if the binding gets another name.
    pub(crate) form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Plain,
    /// `{ a }`: becomes `{ a: b }`.
    Property,
    /// `import { a }`: becomes `import { a as b }`.
    Import,
    /// `export { a }`: becomes `export { b as a }`.
    Export,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Import {
    pub(crate) binding: BindingId,
    pub(crate) specifier: String,
    /// Where the specifier stands.
    pub(crate) offset: usize,
    /// None for the namespace.
    pub(crate) name: Option<String>,
    /// Of the imported name, where it is written apart from the local one.
    pub(crate) name_span: Option<Span>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member {
    pub(crate) binding: BindingId,
    pub(crate) name: String,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Export {
    /// None for `export *`.
    pub(crate) name: Option<String>,
    /// Of the name that others import, where it is written.
    pub(crate) span: Option<Span>,
    pub(crate) what: Exported,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Exported {
    Binding(BindingId),
    /// `export { a as b } from "c"`: place of the specifier, name over there and where it is written.
    From {
        offset: usize,
        name: Option<String>,
        span: Option<Span>,
    },
    /// `export default 1`.
    Value,
}

/// What a list of symbols shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Symbol {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) span: Span,
    pub(crate) selection: Span,
    /// Index of the symbol around.
    pub(crate) parent: Option<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    pub(crate) span: Span,
    pub(crate) callee: Span,
    /// What of the callee names it: `write` of `socket.write`.
    pub(crate) name: Span,
    /// The binding that is called, if it is called by its name.
    pub(crate) binding: Option<BindingId>,
    /// The call is all of a statement.
    pub(crate) is_statement: bool,
}

/// Code in which nothing may block, by its looks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    /// The word `atomic`.
    pub(crate) word: Span,
    pub(crate) body: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fold {
    pub(crate) span: Span,
    pub(crate) kind: FoldKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoldKind {
    Code,
    Comment,
    Imports,
}

impl Outline {
    pub(crate) fn binding(&self, id: BindingId) -> &Binding {
        &self.bindings[id.0 as usize]
    }

    /// What is written at an offset, or just before it.
    pub(crate) fn use_at(&self, offset: usize) -> Option<&Use> {
        let touches = |it: &&Use| it.span.start as usize <= offset && offset <= it.span.end as usize;
        let inside = |it: &&Use| touches(it) && offset < it.span.end as usize;
        self.uses.iter().find(inside).or_else(|| self.uses.iter().find(touches))
    }

    pub(crate) fn uses_of(&self, binding: BindingId) -> impl Iterator<Item = &Use> {
        self.uses.iter().filter(move |it| it.binding == binding)
    }

    pub(crate) fn definition(&self, binding: BindingId) -> Option<&Use> {
        self.uses_of(binding).find(|it| it.is_definition)
    }

    pub(crate) fn import_of(&self, binding: BindingId) -> Option<&Import> {
        self.imports.iter().find(|it| it.binding == binding)
    }
}
