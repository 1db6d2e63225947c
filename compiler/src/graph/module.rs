//! One module: read, lowered, and what it asks for resolved.

use super::{Compiler, unresolved};
use crate::diagnostic::Diagnostic;
use crate::resolve::{Found, Target};
use crate::source::{self, Format, Source};
use crate::syntax::{self, Form, Lowered, Request};
use corona_std::bundle::{How, Import, Kind, Module};
use std::sync::Arc;

/// A module, and where its loading goes on.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) module: Module,
    pub(super) source: Source,
    pub(super) edges: Vec<Edge>,
}

/// A file that a module asks for before it runs.
#[derive(Debug)]
pub(super) struct Edge {
    pub(super) how: How,
    pub(super) target: Found,
    pub(super) id: String,
    /// Where it is asked for: offset and length.
    pub(super) place: (usize, usize),
}

impl Compiler {
    /// Reads and lowers one file, or takes what it has.
    pub(super) fn load_unit(&self, found: &Found) -> Result<Arc<Unit>, Vec<Diagnostic>> {
        let id = found.url();
        if let Some(unit) = self.unit(&id) {
            return Ok(unit);
        }
        let unit = Arc::new(self.read_unit(found, id.clone())?);
        self.keep(id, &unit);
        Ok(unit)
    }

    fn read_unit(&self, found: &Found, id: String) -> Result<Unit, Vec<Diagnostic>> {
        let source = source::read(&*self.files, &found.path, found.package).map_err(|complaint| vec![complaint])?;
        match source.format {
            Format::Json => {
                source::check_json(&source).map_err(|complaint| vec![complaint])?;
                Ok(Unit { module: plain(id, Kind::Json, &source), source, edges: Vec::new() })
            }
            Format::Foreign => Err(vec![source::no_module(&source)]),
            Format::Script(language) => {
                let settings = || self.resolver.settings(&found.path);
                let lowered = syntax::lower(&source, language, &settings)?;
                self.link(found, id, source, lowered)
            }
        }
    }

    /// Resolves what a lowered file asks for.
    fn link(&self, found: &Found, id: String, source: Source, lowered: Lowered) -> Result<Unit, Vec<Diagnostic>> {
        let kind = if lowered.module { Kind::Esm } else { Kind::CommonJs };
        let mut unit = Unit { module: plain(id, kind, &source), source, edges: Vec::new() };
        let mut complaints = Vec::new();
        for request in &lowered.requests {
            let how = request.form.how();
            match self.resolver.target(&found.path, &request.specifier, how) {
                Ok(target) => unit.add(request, how, target),
                Err(missing) if request.form == Form::Static => {
                    let place = unit.source.place(request.offset, request.length);
                    complaints.push(unresolved(&*self.files, &found.path, place, &request.specifier, &missing));
                }
                Err(_) => {} // fails when it runs, if it does
            }
        }
        if !complaints.is_empty() {
            return Err(complaints);
        }
        unit.module.exports = lowered.exports.names.into_iter().filter(|name| name != "default").collect();
        unit.module.reexports = lowered.exports.reexports;
        if let Some(printed) = lowered.printed {
            unit.module.original = Some(Arc::clone(&unit.source.text));
            unit.module.code = printed.code.into();
            unit.module.map = Some(printed.map.into());
        }
        Ok(unit)
    }
}

impl Unit {
    fn add(&mut self, request: &Request, how: How, target: Target) {
        let (name, file) = match target {
            Target::Std(name) => (name, None),
            Target::File(found) => (found.url(), Some(found)),
        };
        let import = Import { specifier: request.specifier.clone(), how, target: name.clone() };
        if !self.module.imports.contains(&import) {
            self.module.imports.push(import);
        }
        // A dynamic import is loaded when it runs: it may never, and its errors are its own.
        if let (Some(target), true) = (file, request.form != Form::Dynamic) {
            let place = (request.offset, request.length);
            self.edges.push(Edge { how, target, id: name, place });
        }
    }
}

fn plain(id: String, kind: Kind, source: &Source) -> Module {
    Module {
        id,
        kind,
        code: Arc::clone(&source.text),
        original: None,
        map: None,
        imports: Vec::new(),
        exports: Vec::new(),
        reexports: Vec::new(),
    }
}
