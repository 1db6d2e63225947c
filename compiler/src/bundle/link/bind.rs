//! Which export each import means.

use super::{Bound, Linker, OUTSIDE, Ref, interop, namespace};
use crate::bundle::load::{Module, ModuleIndex, Target};
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::exports::{Modules, Resolution, Said, no_export};
use crate::resolve::standard;
use crate::syntax::bundle::{AskForm, Import, NAMESPACE, Name, Spot};
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

impl Linker<'_> {
    /// Finds what every import means, and complains about those that mean nothing.
    pub(super) fn bind_imports(&mut self) {
        let modules = self.modules;
        for (index, module) in modules.iter().enumerate() {
            let passed_on: BTreeSet<u32> = module.record.exports.values().map(|it| it.local).collect();
            for import in &module.record.imports {
                let resolution = self.import(index, import);
                let bound = match resolution {
                    Resolution::Found(bound) => bound,
                    // A type that is passed on: TypeScript cannot tell from one file alone.
                    Resolution::Missing if self.is_typescript(index) && passed_on.contains(&import.local) => {
                        Bound::Undefined
                    }
                    resolution => {
                        self.unbound(index, import, &resolution);
                        Bound::Undefined
                    }
                };
                self.links[index].bound.insert(import.local, bound);
            }
            self.bind_members(index);
            for (ask, target) in module.record.requests.iter().zip(&module.targets) {
                if let (AskForm::Require, Target::External(specifier)) = (ask.form, target)
                    && standard(specifier).is_some()
                {
                    self.external(specifier, None);
                }
            }
        }
    }

    fn is_typescript(&self, module: ModuleIndex) -> bool {
        let name = &self.modules[module].name;
        [".ts", ".tsx", ".mts", ".cts"].iter().any(|it| name.ends_with(it))
    }

    /// `namespace.name` of imports.
    fn bind_members(&mut self, module: ModuleIndex) {
        let modules = self.modules;
        for statement in &modules[module].record.statements {
            for (local, name) in &statement.members {
                if self.links[module].members.contains_key(&(*local, name.clone())) {
                    continue;
                }
                let Some(import) = modules[module].record.import(*local) else { continue };
                let resolution = match &modules[module].targets[import.request as usize] {
                    _ if import.name.is_some() => match self.links[module].bound.get(local) {
                        Some(Bound::Symbol(Ref { module: target, symbol: NAMESPACE })) if *target != OUTSIDE => {
                            self.export(*target, name, modules[module].strict)
                        }
                        _ => continue,
                    },
                    Target::Module(target) => self.export(*target, name, modules[module].strict),
                    Target::External(specifier) => {
                        let namespace = self.external(&specifier.clone(), None);
                        Resolution::Found(Bound::Member(namespace, name.clone()))
                    }
                    _ => Resolution::Found(Bound::Undefined),
                };
                let bound = match resolution {
                    Resolution::Found(bound) => bound,
                    _ => {
                        self.undefined_member(module, import.request, name, statement.place);
                        Bound::Undefined
                    }
                };
                self.links[module].members.insert((*local, name.clone()), bound);
            }
        }
    }

    fn import(&mut self, module: ModuleIndex, import: &Import) -> Resolution<Bound> {
        let modules = self.modules;
        let importer = &modules[module];
        match (&importer.targets[import.request as usize], &import.name) {
            (Target::Module(target), Some(name)) => self.export(*target, name, importer.strict),
            (Target::Module(target), None) if modules[*target].record.esm => {
                Resolution::Found(Bound::Symbol(namespace(*target)))
            }
            (Target::Module(target), None) => Resolution::Found(Bound::Symbol(interop(*target, importer.strict))),
            (Target::External(specifier), name) => {
                Resolution::Found(Bound::Symbol(self.external(&specifier.clone(), name.clone())))
            }
            (Target::Asset(_) | Target::Missing, _) => Resolution::Found(Bound::Undefined),
        }
    }

    /// What `module` exports as `name`, for an importer that is or is not `strict`.
    pub(super) fn export(&mut self, module: ModuleIndex, name: &Name, strict: bool) -> Resolution<Bound> {
        let mut answers = std::mem::take(&mut self.answers);
        let exporter = self.exporter(module, strict);
        let resolution = answers.find(&mut Program(self), exporter, name);
        self.answers = answers;
        resolution
    }

    fn exporter(&self, module: ModuleIndex, strict: bool) -> Exporter {
        Exporter { module, strict: strict && !self.modules[module].record.esm }
    }

    /// Everything that an ES module exports, as far as it is known before it runs.
    pub(super) fn exports(&mut self, module: ModuleIndex) -> BTreeMap<Name, Bound> {
        let names = self.names(module).into_iter();
        let bound = names.filter_map(|name| match self.export(module, &name, false) {
            Resolution::Found(bound) => Some((name, bound)),
            // Ambiguous names are none.
            Resolution::Ambiguous | Resolution::Missing | Resolution::Circular => None,
        });
        let mut exports = bound.collect();
        if !self.modules[module].record.stars.is_empty() {
            self.export_commonjs(module, &mut exports);
        }
        exports
    }

    /// Names that an ES module exports, those that it passes on with them; sorted.
    pub(super) fn names(&self, module: ModuleIndex) -> Vec<Name> {
        let (mut names, mut seen, mut todo) = (Vec::new(), FxHashSet::from_iter([module]), vec![module]);
        while let Some(next) = todo.pop() {
            let it = &self.modules[next];
            names.extend(it.record.exports.keys().filter(|name| next == module || &***name != "default").cloned());
            todo.extend(it.record.stars.iter().filter_map(|request| match it.targets[*request as usize] {
                Target::Module(target) if seen.insert(target) => Some(target),
                _ => None,
            }));
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Complains about an import that means nothing.
    fn unbound(&mut self, module: ModuleIndex, import: &Import, resolution: &Resolution<Bound>) {
        let modules = self.modules;
        let name = import.name.clone().unwrap_or_else(|| "*".into());
        let Target::Module(target) = modules[module].targets[import.request as usize] else { return };
        let diagnostic = self.no_export(target, &name, resolution);
        let place = self.place(module, import.place);
        self.complain(diagnostic.at(place));
    }

    fn undefined_member(&mut self, module: ModuleIndex, request: u32, name: &Name, place: Spot) {
        let Target::Module(target) = self.modules[module].targets[request as usize] else { return };
        let mut diagnostic = self.no_export(target, name, &Resolution::Missing);
        diagnostic.severity = Severity::Warning;
        diagnostic.message.push_str(": it is undefined");
        let place = self.place(module, place);
        self.complain(diagnostic.at(place));
    }

    fn no_export(&self, target: ModuleIndex, name: &Name, resolution: &Resolution<Bound>) -> Diagnostic {
        let names = || self.names(target).iter().map(|name| name.to_string()).collect();
        no_export(&self.modules[target].name, name, resolution, names)
    }

    fn place(&self, module: ModuleIndex, place: Spot) -> crate::diagnostic::Place {
        self.modules[module].source.place(place.offset as usize, place.length as usize)
    }
}

/// A module as somebody sees it: who is strict sees CommonJS in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Exporter {
    module: ModuleIndex,
    strict: bool,
}

/// What the linker links, to whoever looks for names in it.
pub(super) struct Program<'a, 'b>(&'a mut Linker<'b>);

impl Modules for Program<'_, '_> {
    type Module = Exporter;
    type Name = Name;
    type Found = Bound;

    fn say(&mut self, exporter: Exporter, name: &Name) -> Said<Exporter, Name, Bound> {
        let modules = self.0.modules;
        let Exporter { module, strict } = exporter;
        let found = |bound| Said::Known(Resolution::Found(bound));
        let Module { record, targets, .. } = &modules[module];
        if modules[module].tree.is_none() && modules[module].source.name.is_empty() {
            return found(Bound::Undefined); // did not load: that is what was complained about
        }
        if !record.esm {
            return found(Bound::Member(interop(module, strict), name.clone()));
        }
        match record.exports.get(name) {
            Some(export) => match record.import(export.local) {
                Some(import) => match (&targets[import.request as usize], &import.name) {
                    (Target::Module(target), Some(name)) => {
                        Said::PassedOn(self.0.exporter(*target, modules[module].strict), name.clone())
                    }
                    _ => Said::Known(self.0.import(module, import)),
                },
                None => found(Bound::Symbol(Ref { module, symbol: export.local })),
            },
            None if &**name == "default" => Said::Known(Resolution::Missing),
            None => self.starred(module, name),
        }
    }

    fn one_of_several(&self, exporter: Exporter, name: &Name) -> Bound {
        Bound::Member(namespace(exporter.module), name.clone())
    }

    fn passed_on_nothing(&self, exporter: Exporter) -> Resolution<Bound> {
        // Whether TypeScript has passed on a type nobody can tell, so nobody has been told.
        if self.0.is_typescript(exporter.module) { Resolution::Missing } else { Resolution::Found(Bound::Undefined) }
    }
}

impl Program<'_, '_> {
    /// What `export *` passes on. What only exists when it runs counts if nothing else has the name.
    fn starred(&mut self, module: ModuleIndex, name: &Name) -> Said<Exporter, Name, Bound> {
        let modules = self.0.modules;
        let Module { record, targets, strict, .. } = &modules[module];
        let (mut exporters, mut late) = (Vec::new(), Vec::new());
        for request in &record.stars {
            match &targets[*request as usize] {
                Target::Module(target) if !modules[*target].record.esm => {
                    late.push(Bound::Member(interop(*target, *strict), name.clone()));
                }
                Target::Module(target) => exporters.push(self.0.exporter(*target, *strict)),
                Target::External(specifier) => {
                    let symbol = self.0.external(specifier, Some(name.clone()));
                    late.push(Bound::Symbol(symbol));
                }
                Target::Asset(_) | Target::Missing => {}
            }
        }
        // Which of several has it, the namespace finds out.
        let fallback = match late.len() {
            0 => Resolution::Missing,
            1 => late.pop().map_or(Resolution::Missing, Resolution::Found),
            _ => Resolution::Found(self.one_of_several(Exporter { module, strict: false }, name)),
        };
        Said::Starred(exporters, fallback)
    }
}
