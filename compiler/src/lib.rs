//! Source text to modules that the runtime executes: `source → syntax (swc) → resolve (oxc_resolver) → graph`, each
//! module importing only what stands before it. Knows nothing of V8, and reaches the disk only through [`FileSystem`].

mod bundle;
mod check;
mod config;
mod crew;
mod diagnostic;
mod effects;
mod facts;
mod file_system;
mod graph;
mod ide;
mod lint;
mod nearest;
mod numbers;
mod outline;
mod patterns;
mod resolve;
mod source;
mod syntax;
#[cfg(test)]
mod tests;

pub use bundle::{
    BuildOptions, Built, Bundler, Contents, ImportInfo, InputInfo, Loader, Metafile, OutputFile, OutputInfo,
    OutputKind, Platform, SourceMap, Target, build,
};
pub use check::{Checker, FunctionReport, Report};
pub use config::Config;
pub use diagnostic::{Diagnostic, Edit, Fix, Note, Place, Position, Severity};
pub use file_system::{FileKind, FileSystem, MemoryFiles, OsFiles, Overlay};
pub use graph::Compiler;
pub use ide::{
    CallHelp, Completion, FoundSymbol, FunctionView, Hover, Ide, Neighbour, Seen, Signature, Spot, StdItem, SymbolTree,
    Token,
};
pub use lint::{LINTS, Lint};
pub use outline::{FoldKind, Kind};
pub use source::urls::{from_path as file_url, to_path as url_path};
