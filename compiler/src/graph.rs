//! The module graph of a program: from a specifier to every module that has to be there before it runs.

pub(crate) mod entry;
pub(crate) mod exports;
mod load;
mod module;
pub(crate) mod walk;

use crate::diagnostic::{Diagnostic, Place};
use crate::file_system::{FileSystem, OsFiles};
use crate::resolve::{Missing, Resolver, advice};
use corona_std::bundle::{Graph, How};
use corona_std::errors;
use module::Unit;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The compiler of one run of a program. What it has read stays as it was read.
pub struct Compiler {
    files: Arc<dyn FileSystem>,
    resolver: Resolver,
    /// By id: everything that loaded without a complaint.
    units: Mutex<HashMap<String, Arc<Unit>>>,
}

impl Compiler {
    /// For the files of this machine.
    pub fn new() -> Compiler {
        Compiler::with_files(Arc::new(OsFiles))
    }

    pub fn with_files(files: Arc<dyn FileSystem>) -> Compiler {
        let resolver = Resolver::new(Arc::clone(&files));
        Compiler { files, resolver, units: Mutex::default() }
    }

    /// The graph of `specifier` as seen from the module `referrer`. A referrer that ends with a slash is a folder; an
    /// import from one is the program's entry, and its specifier a path.
    pub fn graph(&self, specifier: &str, referrer: &str, how: How) -> Result<Graph, Vec<Diagnostic>> {
        load::load(self, specifier, referrer, how)
    }

    fn unit(&self, id: &str) -> Option<Arc<Unit>> {
        self.units.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    fn keep(&self, id: String, unit: &Arc<Unit>) {
        self.units.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(unit));
    }
}

impl Default for Compiler {
    fn default() -> Compiler {
        Compiler::new()
    }
}

/// A complaint about a whole file has the place where the file is asked for.
pub(crate) fn asked_at(complaint: Diagnostic, place: impl FnOnce() -> Option<Place>) -> Diagnostic {
    let place = if complaint.place.is_none() { place() } else { None };
    match place {
        Some(place) => complaint.at(place),
        None => complaint,
    }
}

/// The complaint about a specifier, written at a place in a file, that leads nowhere.
pub(crate) fn unresolved(
    files: &dyn FileSystem,
    file: &Path,
    place: Place,
    specifier: &str,
    missing: &Missing,
) -> Diagnostic {
    let mut help = advice(files, file, specifier, missing);
    if place.length == 0 {
        help.push_str("; JSX calls it: set jsxImportSource in tsconfig.json, or write /** @jsxImportSource … */");
    }
    let message = format!("cannot find module \"{specifier}\"");
    Diagnostic::new(errors::UNRESOLVED_MODULE, message).at(place).help(help)
}
