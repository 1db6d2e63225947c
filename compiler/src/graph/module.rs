//! One module: read, lowered, and what it asks for resolved.

use super::Compiler;
use crate::diagnostic::Diagnostic;
use crate::resolve::{Found, Missing, advice, standard};
use crate::source::{self, Format, Source, urls};
use crate::syntax::{self, Form, Lowered, Request};
use corona_std::bundle::{How, Import, Kind, Module};
use corona_std::errors;
use std::path::Path;
use std::sync::Arc;

/// A module, and where its loading goes on.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) module: Module,
    pub(super) edges: Vec<Edge>,
}

/// A file that a module asks for before it runs.
#[derive(Debug)]
pub(super) struct Edge {
    pub(super) how: How,
    pub(super) target: Found,
    pub(super) id: String,
}

/// The id of a file.
pub(super) fn id(found: &Found) -> String {
    format!("{}{}", urls::from_path(&found.path), found.suffix)
}

/// Where a request leads.
pub(super) enum Target {
    Std(String),
    File(Found),
}

impl Compiler {
    /// Resolves a specifier written in the file `referrer`.
    pub(super) fn resolve(&self, referrer: &Path, specifier: &str, how: How) -> Result<Target, Missing> {
        if let Some(name) = standard(specifier) {
            return Ok(Target::Std(name));
        }
        if specifier.starts_with("file:") {
            let path = urls::to_path(specifier).ok_or(Missing::NotFound)?;
            let path = path.to_str().ok_or(Missing::NotFound)?;
            let suffix = specifier.find(['?', '#']).map_or("", |at| &specifier[at..]);
            let found = self.resolver.resolve(referrer, path, how)?;
            return Ok(Target::File(Found { suffix: suffix.to_owned(), ..found }));
        }
        let found = self.resolver.resolve(referrer, specifier, how);
        // `import` reads specifiers as URLs.
        let decoded = (found.is_err() && how == How::Import && specifier.contains('%'))
            .then(|| urls::decode(specifier))
            .flatten();
        match decoded {
            Some(specifier) => self.resolver.resolve(referrer, &specifier, how).map(Target::File),
            None => found.map(Target::File),
        }
    }

    /// What to do about a specifier that leads nowhere.
    pub(super) fn advice(&self, referrer: &Path, specifier: &str, missing: &Missing) -> String {
        advice(&*self.files, referrer, specifier, missing)
    }

    /// Reads and lowers one file, or takes what it has.
    pub(super) fn load_unit(&self, found: &Found) -> Result<Arc<Unit>, Vec<Diagnostic>> {
        let id = id(found);
        if let Some(unit) = self.unit(&id) {
            return Ok(unit);
        }
        let unit = Arc::new(self.read_unit(found, id.clone())?);
        self.keep(id, &unit);
        Ok(unit)
    }

    fn read_unit(&self, found: &Found, id: String) -> Result<Unit, Vec<Diagnostic>> {
        let source = match self.given(&found.path) {
            Some(text) => source::from_bytes(&found.path, text.to_vec(), found.package),
            None => source::read(&*self.files, &found.path, found.package),
        };
        let source = source.map_err(|complaint| vec![complaint])?;
        match source.format {
            Format::Json => {
                source::check_json(&source).map_err(|complaint| vec![complaint])?;
                Ok(Unit { module: plain(id, Kind::Json, &source), edges: Vec::new() })
            }
            Format::Foreign => {
                let message = format!("{} is no module: JavaScript, TypeScript and JSON can be imported", source.name);
                Err(vec![Diagnostic::new(errors::UNSUPPORTED, message).help("read it with \"corona:fs\"")])
            }
            Format::Script(language) => {
                let settings = || self.resolver.settings(&found.path);
                let lowered = syntax::lower(&source, language, &settings)?;
                self.link(found, id, &source, lowered)
            }
        }
    }

    /// Resolves what a lowered file asks for.
    fn link(&self, found: &Found, id: String, source: &Source, lowered: Lowered) -> Result<Unit, Vec<Diagnostic>> {
        let kind = if lowered.module { Kind::Esm } else { Kind::CommonJs };
        let mut unit = Unit { module: plain(id, kind, source), edges: Vec::new() };
        let mut complaints = Vec::new();
        for request in &lowered.requests {
            let how = if request.form == Form::Require { How::Require } else { How::Import };
            match self.resolve(&found.path, &request.specifier, how) {
                Ok(target) => unit.add(request, how, target),
                Err(missing) if request.form == Form::Static => {
                    complaints.push(self.unresolved(&found.path, source, request, &missing));
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
            unit.module.original = Some(Arc::clone(&source.text));
            unit.module.code = printed.code.into();
            unit.module.map = Some(printed.map.into());
        }
        Ok(unit)
    }

    fn unresolved(&self, file: &Path, source: &Source, request: &Request, missing: &Missing) -> Diagnostic {
        let mut help = self.advice(file, &request.specifier, missing);
        if request.length == 0 {
            help.push_str("; JSX calls it: set jsxImportSource in tsconfig.json, or write /** @jsxImportSource … */");
        }
        let message = format!("cannot find module \"{}\"", request.specifier);
        let place = source.place(request.offset, request.length);
        Diagnostic::new(errors::UNRESOLVED_MODULE, message).at(place).help(help)
    }
}

impl Unit {
    fn add(&mut self, request: &Request, how: How, target: Target) {
        let (name, file) = match target {
            Target::Std(name) => (name, None),
            Target::File(found) => (id(&found), Some(found)),
        };
        let import = Import { specifier: request.specifier.clone(), how, target: name.clone() };
        if !self.module.imports.contains(&import) {
            self.module.imports.push(import);
        }
        // A dynamic import is loaded when it runs: it may never, and its errors are its own.
        if let (Some(target), true) = (file, request.form != Form::Dynamic) {
            self.edges.push(Edge { how, target, id: name });
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
