//! The module graph of a program: reads, lowers and resolves from the entry on.

mod load;
mod urls;

use crate::resolve::Resolvers;
use corona_std::bundle::{Graph, How, LoadError, Loader};
use std::collections::HashMap;
use std::path::PathBuf;

/// The compiler of one run of a program.
pub struct Compiler {
    resolvers: Resolvers,
    /// Texts that are not on the disk, by absolute path.
    sources: HashMap<PathBuf, String>,
}

impl Compiler {
    pub fn new() -> Compiler {
        Compiler { resolvers: Resolvers::new(), sources: HashMap::new() }
    }

    /// Has the compiler see `text` at `path`, an absolute one, whatever is on the disk.
    pub fn add_source(&mut self, path: PathBuf, text: String) {
        self.sources.insert(path, text);
    }
}

impl Default for Compiler {
    fn default() -> Compiler {
        Compiler::new()
    }
}

/// Stack for the parser: source text may be nested deeply.
const STACK_BYTES: usize = 256 << 20;

impl Loader for Compiler {
    fn load(&self, specifier: &str, referrer: &str, how: How) -> Result<Graph, LoadError> {
        // The parser recurses as deep as the source nests; where the caller's stack ends is unknown here.
        std::thread::scope(|scope| {
            let load = move || load::load(self, specifier, referrer, how);
            let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, load);
            match thread.map(|thread| thread.join()) {
                Ok(Ok(graph)) => graph,
                Ok(Err(_)) => Err(load::internal_error(specifier)),
                Err(error) => Err(load::unreadable(specifier, &error.to_string())),
            }
        })
    }
}
