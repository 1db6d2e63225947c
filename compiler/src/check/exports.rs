//! Names that modules ask of each other and that do not exist: the program would not even start.

use crate::diagnostic::Diagnostic;
use crate::graph::walk::{Link, ModuleId, Walked};
use crate::lint::Unit;
use crate::nearest::nearest;
use crate::source::{Format, Language};
use crate::syntax::{self, Links, NamedImport};
use corona_std::{errors, modules};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// Looks names up in the modules of a program.
pub(super) struct Exports<'a> {
    walked: &'a Walked<Unit>,
    /// Names that standard modules export.
    std: RefCell<HashMap<String, BTreeSet<String>>>,
}

#[derive(Debug, PartialEq, Eq)]
enum Answer {
    /// It is there, or nobody can say.
    Fine,
    Missing,
    Circular,
}

impl<'a> Exports<'a> {
    pub(super) fn new(walked: &'a Walked<Unit>) -> Exports<'a> {
        Exports { walked, std: RefCell::default() }
    }

    /// Complaints about what a module asks of others.
    pub(super) fn complaints(&self, module: ModuleId) -> Vec<Diagnostic> {
        let node = self.walked.node(module);
        let imports = node.built.unit.links.imports.iter();
        let complaint = |import: &NamedImport| {
            let link = node.targets.get(import.request)?;
            let found = match link {
                Link::Module(target) => self.judge(*target, &import.name)?,
                Link::Std(name) => self.judge_std(name, &import.name)?,
                Link::Missing(_) => return None,
            };
            let (start, end) = (import.span.start as usize, import.span.end as usize);
            Some(found.at(node.source.place(start, end.saturating_sub(start))))
        };
        imports.filter_map(complaint).collect()
    }

    fn judge(&self, target: ModuleId, name: &str) -> Option<Diagnostic> {
        let file = &self.walked.node(target).source.name;
        match self.look_up(target, name, &mut BTreeSet::new()) {
            Answer::Fine => None,
            Answer::Circular => {
                let message = format!("\"{name}\" is exported in a circle: {file} passes on what it is passed");
                Some(Diagnostic::new(errors::CIRCULAR_EXPORT, message))
            }
            Answer::Missing => {
                let mut names = BTreeSet::new();
                self.names(target, &mut names, &mut BTreeSet::new());
                Some(missing(&format!("{file} has no export \"{name}\""), name, &names))
            }
        }
    }

    fn judge_std(&self, module: &str, name: &str) -> Option<Diagnostic> {
        let mut known = self.std.borrow_mut();
        let names = known.entry(module.to_owned()).or_insert_with(|| std_names(module));
        let is_fine = names.is_empty() || names.contains(name);
        (!is_fine).then(|| missing(&format!("\"{module}\" has no export \"{name}\""), name, names))
    }

    /// A module whose exports are known: an ES module without errors.
    fn links(&self, module: ModuleId) -> Option<&Links> {
        let node = self.walked.node(module);
        let links = &node.built.unit.links;
        (links.module && node.built.diagnostics.is_empty()).then_some(links)
    }

    fn look_up(&self, module: ModuleId, name: &str, seen: &mut BTreeSet<(ModuleId, String)>) -> Answer {
        let Some(links) = self.links(module) else { return Answer::Fine };
        if !seen.insert((module, name.to_owned())) {
            return Answer::Circular;
        }
        let targets = &self.walked.node(module).targets;
        if let Some(export) = links.exports.iter().find(|export| export.name == name) {
            return match export.from.as_ref().map(|(request, original)| (targets.get(*request), original)) {
                // A module that passes on what is not there is told so at its own place.
                Some((Some(Link::Module(target)), original)) => match self.look_up(*target, original, seen) {
                    Answer::Circular => Answer::Circular,
                    _ => Answer::Fine,
                },
                _ => Answer::Fine,
            };
        }
        if name == "default" {
            return Answer::Missing;
        }
        let stars = links.stars.iter().map(|request| targets.get(*request));
        let found = stars.map(|target| match target {
            Some(Link::Module(target)) => self.look_up(*target, name, seen),
            Some(Link::Std(module)) if self.judge_std(module, name).is_some() => Answer::Missing,
            _ => Answer::Fine,
        });
        // A circle of `export *` alone has no name; that is no fault of its own.
        if found.into_iter().any(|answer| answer == Answer::Fine) { Answer::Fine } else { Answer::Missing }
    }

    fn names(&self, module: ModuleId, names: &mut BTreeSet<String>, seen: &mut BTreeSet<ModuleId>) {
        let (Some(links), true) = (self.links(module), seen.insert(module)) else { return };
        names.extend(links.exports.iter().map(|export| export.name.clone()));
        for request in &links.stars {
            if let Some(Link::Module(target)) = self.walked.node(module).targets.get(*request) {
                self.names(*target, names, seen);
            }
        }
    }
}

fn missing(message: &str, name: &str, names: &BTreeSet<String>) -> Diagnostic {
    let found = Diagnostic::new(errors::MISSING_EXPORT, message);
    match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => found.help(format!("did you mean \"{near}\"?")),
        None if name == "default" => found.help("it has no default export: import what it has by name, in braces"),
        None if names.contains("default") => found.help("it has a default export: import it without braces"),
        None => found,
    }
}

/// Empty if they are not known.
fn std_names(module: &str) -> BTreeSet<String> {
    let Some(module) = modules::ALL.iter().find(|it| it.name == module) else { return BTreeSet::new() };
    let language = Language { typescript: false, jsx: false, module: Some(true) };
    let source = crate::source::Source {
        name: module.name.to_owned(),
        text: module.code.into(),
        format: Format::Script(language),
        foreign: false,
    };
    let links = syntax::survey(&source, language).links;
    if !links.stars.is_empty() {
        return BTreeSet::new();
    }
    links.exports.into_iter().map(|export| export.name).collect()
}
