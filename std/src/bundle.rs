//! A *graph bundle*: what the compiler hands the runtime. Data only; who resolves and lowers lives in the compiler,
//! who instantiates and evaluates in the runtime.

use std::fmt;
use std::sync::Arc;

/// How a module's code is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An ES module.
    Esm,
    /// The body of a CommonJS module: code for `function (exports, require, module, __filename, __dirname) { … }`.
    CommonJs,
    /// A JSON text; its value is the default export (and what `require` returns).
    Json,
}

/// From which kind of place a specifier was written: package `exports` conditions differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    Import,
    Require,
}

/// One resolved request of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// As written in the source.
    pub specifier: String,
    pub how: How,
    /// Id of the module meant: a `file:` URL, or the name of a standard module (`corona:net`).
    pub target: String,
}

/// One module, lowered to what V8 executes.
#[derive(Debug, Clone)]
pub struct Module {
    /// A `file:` URL; unique in the graph; what stack traces show and `import.meta.url` holds.
    pub id: String,
    pub kind: Kind,
    /// JavaScript without types, JSX or `atomic:` labels; for [`Kind::Json`] the text.
    pub code: Arc<str>,
    /// The file as it stands on disk, where `code` is not the same text: code frames quote it.
    pub original: Option<Arc<str>>,
    /// Source map (revision 3, JSON) from `code` to `original`; `None` when they are the same.
    pub map: Option<Arc<str>>,
    /// Static imports and literal `require` calls, in source order. Those that could not be resolved are absent for
    /// `require` and for dynamic `import()` (they fail when they run); a static import that fails is a [`LoadError`].
    pub imports: Vec<Import>,
    /// Names an ES module may import from this CommonJS module, besides `default`.
    pub exports: Vec<String>,
    /// Specifiers whose exports this CommonJS module passes on (`module.exports = require("x")`).
    pub reexports: Vec<String>,
}

/// A module and everything that it statically imports.
#[derive(Debug, Clone)]
pub struct Graph {
    /// Id of the module that was asked for.
    pub root: String,
    /// Every module of the graph that is not one of std, each once.
    pub modules: Vec<Module>,
}

/// Why a module could not be loaded. `message` is whole sentences for a person; it may hold several lines with a code
/// frame when the source text is at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// A stable code: see [`crate::errors`], or Node's where Node has one.
    pub code: &'static str,
    pub message: String,
    /// True for errors of syntax: JavaScript sees a `SyntaxError`.
    pub syntax: bool,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for LoadError {}

/// The compiler as the runtime sees it: called at start for the entry, and later for `import()` and `require` of
/// specifiers that were not known before. Called on the pool's threads: it may read files.
pub trait Loader: Send + Sync {
    /// Resolves `specifier` as seen from the module `referrer`, and loads it with everything it imports statically.
    /// Modules that were handed out before may be repeated; the first one stays.
    fn load(&self, specifier: &str, referrer: &str, how: How) -> Result<Graph, LoadError>;
}
