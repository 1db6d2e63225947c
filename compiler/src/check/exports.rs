//! Names that modules ask of each other and that do not exist: the program would not even start.

use crate::diagnostic::Diagnostic;
use crate::graph::exports::{Answers, Modules, Resolution, Said, missing, no_export};
use crate::graph::walk::{Link, ModuleId, Walked};
use crate::lint::Unit;
use crate::source::{Format, Language};
use crate::syntax::{self, Links, NamedImport};
use corona_std::modules;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};

/// It is there, or nobody can say. Which binding it is nobody asks, so no two of `export *` disagree.
type Exists = ();

/// Looks names up in the modules of a program.
pub(super) struct Exports<'a> {
    walked: &'a Walked<Unit>,
    /// Names that standard modules export.
    std: RefCell<HashMap<String, BTreeSet<String>>>,
    answers: RefCell<Answers<ModuleId, String, Exists>>,
}

impl<'a> Exports<'a> {
    pub(super) fn new(walked: &'a Walked<Unit>) -> Exports<'a> {
        Exports { walked, std: RefCell::default(), answers: RefCell::default() }
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
        match self.answers.borrow_mut().find(&mut &*self, target, &name.to_owned()) {
            Resolution::Found(_) => None,
            wrong => Some(no_export(file, name, &wrong, || self.names(target))),
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

    fn names(&self, module: ModuleId) -> BTreeSet<String> {
        let (mut names, mut seen, mut todo) = (BTreeSet::new(), HashSet::from([module]), vec![module]);
        while let Some(next) = todo.pop() {
            let Some(links) = self.links(next) else { continue };
            let exports = links.exports.iter().map(|export| &export.name);
            names
                .extend(exports.filter(|name| next == module || ***name != *"default").map(|name| (**name).to_owned()));
            let targets = &self.walked.node(next).targets;
            todo.extend(links.stars.iter().filter_map(|request| match targets.get(*request) {
                Some(Link::Module(target)) if seen.insert(*target) => Some(*target),
                _ => None,
            }));
        }
        names
    }
}

/// By module: whether what it exports may be something else, when those that are marked have changed.
pub(super) fn affected(walked: &Walked<Unit>, changed: &[bool]) -> Vec<bool> {
    let mut affected = changed.to_vec();
    let mut passed_on_by: HashMap<ModuleId, Vec<ModuleId>> = HashMap::new();
    for node in walked.nodes.iter().filter(|node| node.built.unit.links.passes_on) {
        let links = &node.built.unit.links;
        let named = links.exports.iter().filter_map(|export| export.from.as_ref().map(|(request, _)| request));
        for request in named.chain(&links.stars) {
            if let Some(Link::Module(target)) = node.targets.get(*request) {
                passed_on_by.entry(*target).or_default().push(node.id);
            }
        }
    }
    let mut todo: Vec<ModuleId> = walked.nodes.iter().map(|node| node.id).filter(|id| changed[id.index()]).collect();
    while let Some(module) = todo.pop() {
        for id in passed_on_by.get(&module).into_iter().flatten() {
            if !std::mem::replace(&mut affected[id.index()], true) {
                todo.push(*id);
            }
        }
    }
    affected
}

impl Modules for &Exports<'_> {
    type Module = ModuleId;
    type Name = String;
    type Found = Exists;

    fn say(&mut self, module: ModuleId, name: &String) -> Said<ModuleId, String, Exists> {
        let fine = Resolution::Found(());
        let Some(links) = self.links(module) else { return Said::Known(fine) };
        let targets = &self.walked.node(module).targets;
        if let Some(export) = links.exports.iter().find(|export| *export.name == **name) {
            return match export.from.as_ref().map(|(request, original)| (targets.get(*request), original)) {
                Some((Some(Link::Module(target)), original)) => Said::PassedOn(*target, original.to_string()),
                _ => Said::Known(fine),
            };
        }
        if name == "default" {
            return Said::Known(Resolution::Missing);
        }
        let (mut modules, mut fallback) = (Vec::new(), Resolution::Missing);
        for target in links.stars.iter().map(|request| targets.get(*request)) {
            match target {
                Some(Link::Module(target)) if self.links(*target).is_some() => modules.push(*target),
                Some(Link::Std(module)) if self.judge_std(module, name).is_some() => {}
                _ => fallback = Resolution::Found(()),
            }
        }
        Said::Starred(modules, fallback)
    }

    fn one_of_several(&self, _: ModuleId, _: &String) -> Exists {}

    fn passed_on_nothing(&self, _: ModuleId) -> Resolution<Exists> {
        Resolution::Found(())
    }
}

/// Empty if they are not known.
fn std_names(module: &str) -> BTreeSet<String> {
    let Some(module) = modules::ALL.iter().find(|it| it.name == module) else { return BTreeSet::new() };
    let language = Language { typescript: false, jsx: false, module: Some(true), declaration: false };
    let source = crate::source::Source {
        name: module.name.to_owned(),
        text: module.code.into(),
        format: Format::Script(language),
        foreign: false,
    };
    let links = syntax::survey(&source, language, &crate::resolve::Settings::default).links;
    if !links.stars.is_empty() {
        return BTreeSet::new();
    }
    links.exports.into_iter().map(|export| export.name.into()).collect()
}
