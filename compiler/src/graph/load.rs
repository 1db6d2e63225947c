//! Walks from the entry, and decides what a file that does not load means for those that ask for it.

use super::module::{Edge, Unit};
use super::{Compiler, asked_at};
use crate::crew;
use crate::diagnostic::Diagnostic;
use crate::resolve::{Found, Target, advice};
use crate::source::urls;
use corona_std::bundle::{Graph, How, Module};
use corona_std::errors;
use rustc_hash::FxHashMap;
use std::collections::{HashMap, HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

/// Node's code for a `require` that finds nothing: programs test for it.
const MODULE_NOT_FOUND: &str = "MODULE_NOT_FOUND";

type Loaded = Result<Arc<Unit>, Vec<Diagnostic>>;

pub(super) fn load(compiler: &Compiler, specifier: &str, referrer: &str, how: How) -> Result<Graph, Vec<Diagnostic>> {
    let is_entry = how == How::Import && referrer.ends_with('/');
    let root = match is_entry {
        true => Target::File(entry(compiler, specifier, referrer).map_err(|complaint| vec![complaint])?),
        false => request(compiler, specifier, referrer, how).map_err(|complaint| vec![complaint])?,
    };
    match root {
        Target::Std(name) => Ok(Graph { root: name, modules: Vec::new() }),
        Target::File(found) => graph(compiler, &found),
    }
}

/// The file that the user named on the command line.
fn entry(compiler: &Compiler, specifier: &str, folder: &str) -> Result<Found, Diagnostic> {
    let folder = urls::to_path(folder).unwrap_or_else(|| PathBuf::from("/"));
    let path = match specifier.starts_with("file:") {
        true => urls::to_path(specifier).unwrap_or_default(),
        false => folder.join(specifier),
    };
    let path: PathBuf = path.components().collect();
    super::entry::entry(&*compiler.files, &compiler.resolver, &path, "run").map_err(|complaint| *complaint)
}

/// A request that was not known before the program ran.
fn request(compiler: &Compiler, specifier: &str, referrer: &str, how: How) -> Result<Target, Diagnostic> {
    let file = match urls::to_path(referrer) {
        Some(path) if referrer.ends_with('/') => path.join("[require]"),
        Some(path) => path,
        None => PathBuf::from("/"),
    };
    compiler.resolver.target(&file, specifier, how).map_err(|missing| {
        let code = if how == How::Require { MODULE_NOT_FOUND } else { errors::UNRESOLVED_MODULE };
        let from = if referrer.ends_with('/') { file.parent().unwrap_or(&file) } else { &file };
        let message = format!("cannot find module \"{specifier}\", asked for by {}", from.display());
        Diagnostic::new(code, message).help(advice(&*compiler.files, &file, specifier, &missing))
    })
}

/// Loads `root` and everything that it asks for. A file that does not load breaks those that import it; a `require` of
/// one fails when it runs, as in Node.
fn graph(compiler: &Compiler, root: &Found) -> Result<Graph, Vec<Diagnostic>> {
    let root_id = root.url();
    let loaded = crew::explore(crew::threads(None), vec![(root_id.clone(), root.clone())], |_, found| {
        let unit = compiler.load_unit(&found);
        let edges = unit.iter().flat_map(|unit| &unit.edges);
        let asked = edges.map(|edge| (edge.id.clone(), edge.target.clone())).collect();
        (unit, asked)
    });
    let broken = broken(&loaded);
    if broken.contains(root_id.as_str()) {
        // What failed may have been mended when it is asked for again.
        compiler.resolver.forget();
        return Err(complaints(&root_id, &loaded));
    }
    let whole = |id: &&str| !broken.contains(id);
    let modules = order(&root_id, &loaded).into_iter().filter(whole).filter_map(|id| loaded[id].as_ref().ok());
    let modules = modules.map(|unit| without(&unit.module, &broken)).collect();
    Ok(Graph { root: root_id, modules })
}

/// Breadth-first from the root, whatever order threads took.
fn order<'a>(root: &'a str, loaded: &'a FxHashMap<String, Loaded>) -> Vec<&'a str> {
    let mut order = vec![root];
    let mut seen = HashSet::from([root]);
    let mut next = 0;
    while let Some(id) = order.get(next) {
        next += 1;
        let edges = loaded.get(*id).into_iter().flatten().flat_map(|unit| &unit.edges);
        order.extend(edges.map(|edge| edge.id.as_str()).filter(|id| seen.insert(id)));
    }
    order
}

/// Ids of what did not load, and of what imports one of those.
fn broken(loaded: &FxHashMap<String, Loaded>) -> HashSet<&str> {
    let mut importers: HashMap<&str, Vec<&str>> = HashMap::new();
    for (id, unit) in loaded {
        let edges = unit.iter().flat_map(|unit| &unit.edges).filter(|edge| edge.how == How::Import);
        edges.for_each(|edge| importers.entry(&edge.id).or_default().push(id));
    }
    let mut broken: HashSet<&str> = HashSet::new();
    let mut todo: Vec<&str> = loaded.iter().filter(|(_, unit)| unit.is_err()).map(|(id, _)| id.as_str()).collect();
    while let Some(id) = todo.pop() {
        if broken.insert(id) {
            todo.extend(importers.get(id).into_iter().flatten());
        }
    }
    broken
}

/// What is wrong with the files that `root` imports, nearest first.
fn complaints(root: &str, loaded: &FxHashMap<String, Loaded>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut seen = HashSet::from([root]);
    // With who asks for it, and where.
    let mut todo = VecDeque::from([(root, None::<(&Unit, &Edge)>)]);
    while let Some((id, asker)) = todo.pop_front() {
        match loaded.get(id) {
            Some(Err(complaints)) => {
                let place = || asker.map(|(unit, edge)| unit.source.place(edge.place.0, edge.place.1));
                found.extend(complaints.iter().map(|it| asked_at(it.clone(), place)));
            }
            Some(Ok(unit)) => {
                let edges = unit.edges.iter().filter(|edge| edge.how == How::Import);
                let fresh = edges.filter(|edge| seen.insert(&edge.id));
                todo.extend(fresh.map(|edge| (edge.id.as_str(), Some((&**unit, edge)))));
            }
            None => {}
        }
    }
    found
}

/// The module without the requests that lead to broken ones: those are asked for again when they run.
fn without(module: &Module, broken: &HashSet<&str>) -> Module {
    let mut module = module.clone();
    module.imports.retain(|import| !broken.contains(import.target.as_str()));
    module
}
