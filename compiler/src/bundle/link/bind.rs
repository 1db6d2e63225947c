//! Which export each import means.

use super::{Bound, Linker, OUTSIDE, Ref, interop, namespace};
use crate::bundle::load::{ModuleIndex, Target};
use crate::diagnostic::{Diagnostic, Severity};
use crate::nearest::nearest;
use crate::resolve::standard;
use crate::syntax::bundle::{AskForm, Import, NAMESPACE, Name, Spot};
use corona_std::errors;
use std::collections::{BTreeMap, BTreeSet};

/// What a module exports under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Resolution {
    Found(Bound),
    Missing,
    /// Two `export *` disagree.
    Ambiguous,
    /// Passed on in a circle.
    Circular,
}

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
                let Some(import) = modules[module].record.imports.iter().find(|it| it.local == *local) else {
                    continue;
                };
                let resolution = match &modules[module].targets[import.request as usize] {
                    _ if import.name.is_some() => match self.links[module].bound.get(local) {
                        Some(Bound::Symbol(Ref { module: target, symbol: NAMESPACE })) if *target != OUTSIDE => {
                            self.export(*target, name, modules[module].strict, &mut BTreeSet::new())
                        }
                        _ => continue,
                    },
                    Target::Module(target) => self.export(*target, name, modules[module].strict, &mut BTreeSet::new()),
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

    fn import(&mut self, module: ModuleIndex, import: &Import) -> Resolution {
        let modules = self.modules;
        let importer = &modules[module];
        match (&importer.targets[import.request as usize], &import.name) {
            (Target::Module(target), Some(name)) => self.export(*target, name, importer.strict, &mut BTreeSet::new()),
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

    /// What `module` exports as `name`, for an importer that is or is not `strict`. `seen` is what was asked on the way:
    /// a module may pass on one name from a module that passes on another from it.
    pub(super) fn export(
        &mut self,
        module: ModuleIndex,
        name: &Name,
        strict: bool,
        seen: &mut BTreeSet<(ModuleIndex, Name)>,
    ) -> Resolution {
        let modules = self.modules;
        let record = &modules[module].record;
        if modules[module].tree.is_none() && modules[module].source.name.is_empty() {
            return Resolution::Found(Bound::Undefined); // did not load: that is what was complained about
        }
        if !record.esm {
            return Resolution::Found(Bound::Member(interop(module, strict), name.clone()));
        }
        let key = (module, name.clone(), strict);
        if let Some(known) = self.resolved.get(&key) {
            return known.clone();
        }
        let outermost = seen.is_empty();
        if !seen.insert((module, name.clone())) {
            return Resolution::Circular;
        }
        let resolution = match record.exports.get(name) {
            Some(export) => match record.imports.iter().find(|it| it.local == export.local) {
                Some(import) => match (&modules[module].targets[import.request as usize], &import.name) {
                    (Target::Module(target), Some(name)) => self.export(*target, name, modules[module].strict, seen),
                    _ => self.import(module, import),
                },
                None => Resolution::Found(Bound::Symbol(Ref { module, symbol: export.local })),
            },
            None if &**name == "default" => Resolution::Missing,
            None => self.starred(module, name, seen),
        };
        // What was not found in the middle of a circle may be found from outside.
        if outermost || matches!(resolution, Resolution::Found(_)) {
            self.resolved.insert(key, resolution.clone());
        }
        resolution
    }

    /// What `export *` passes on as `name`.
    fn starred(&mut self, module: ModuleIndex, name: &Name, seen: &mut BTreeSet<(ModuleIndex, Name)>) -> Resolution {
        let modules = self.modules;
        let mut found = Resolution::Missing;
        // What only exists when it runs counts if nothing else has the name.
        let mut fallback = Resolution::Missing;
        for request in &modules[module].record.stars {
            match &modules[module].targets[*request as usize] {
                Target::Module(target) if !modules[*target].record.esm => {
                    let object = interop(*target, modules[module].strict);
                    fallback = Resolution::Found(Bound::Member(object, name.clone()));
                }
                Target::Module(target) => match (self.export(*target, name, modules[module].strict, seen), &found) {
                    (Resolution::Missing | Resolution::Circular, _) => {}
                    (resolution, Resolution::Missing) => found = resolution,
                    (resolution, known) if resolution != *known => return Resolution::Ambiguous,
                    _ => {}
                },
                Target::External(specifier) => {
                    let symbol = self.external(&specifier.clone(), Some(name.clone()));
                    fallback = Resolution::Found(Bound::Symbol(symbol));
                }
                Target::Asset(_) | Target::Missing => {}
            }
        }
        if found == Resolution::Missing { fallback } else { found }
    }

    /// Everything an ES module exports that is known before it runs.
    pub(super) fn exports(&mut self, module: ModuleIndex) -> BTreeMap<Name, Bound> {
        let mut names = BTreeSet::new();
        self.names(module, &mut names, &mut BTreeSet::new());
        let mut found = BTreeMap::new();
        for name in names {
            match self.export(module, &name, false, &mut BTreeSet::new()) {
                Resolution::Found(bound) => {
                    found.insert(name, bound);
                }
                // Ambiguous names are none.
                Resolution::Ambiguous | Resolution::Missing | Resolution::Circular => {}
            }
        }
        found
    }

    fn names(&self, module: ModuleIndex, names: &mut BTreeSet<Name>, seen: &mut BTreeSet<ModuleIndex>) {
        if !seen.insert(module) {
            return;
        }
        let outermost = seen.len() == 1;
        let module = &self.modules[module];
        names.extend(module.record.exports.keys().filter(|it| outermost || &***it != "default").cloned());
        for request in &module.record.stars {
            if let Target::Module(target) = module.targets[*request as usize] {
                self.names(target, names, seen);
            }
        }
    }

    /// Complains about an import that means nothing.
    fn unbound(&mut self, module: ModuleIndex, import: &Import, resolution: &Resolution) {
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

    fn no_export(&self, target: ModuleIndex, name: &Name, resolution: &Resolution) -> Diagnostic {
        let file = &self.modules[target].name;
        match resolution {
            Resolution::Ambiguous => {
                let message = format!("\"{name}\" means two things in {file}: more than one \"export *\" has it");
                let help = "export it by name from one of them";
                Diagnostic::new(errors::AMBIGUOUS_EXPORT, message).help(help)
            }
            Resolution::Circular => {
                let message = format!("\"{name}\" is exported in a circle: {file} passes on what it is passed");
                Diagnostic::new(errors::CIRCULAR_EXPORT, message)
            }
            _ => {
                let mut names = BTreeSet::new();
                self.names(target, &mut names, &mut BTreeSet::new());
                let diagnostic = Diagnostic::new(errors::MISSING_EXPORT, format!("{file} has no export \"{name}\""));
                match nearest(name, names.iter().map(|it| &**it)) {
                    Some(near) => diagnostic.help(format!("did you mean \"{near}\"?")),
                    None if names.contains("default") => {
                        diagnostic.help("it has a default export: import it without braces")
                    }
                    None => diagnostic,
                }
            }
        }
    }

    fn place(&self, module: ModuleIndex, place: Spot) -> crate::diagnostic::Place {
        self.modules[module].source.place(place.offset as usize, place.length as usize)
    }
}
