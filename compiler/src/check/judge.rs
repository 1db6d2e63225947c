//! Everything there is to say about a program. After an edit only that is said anew which rests on what the edit changed.

use super::declared::Ambient;
use super::exports::{self, Exports};
use super::{Checker, suppress};
use crate::crew;
use crate::diagnostic::{Diagnostic, Severity};
use crate::effects::{Basis, Effects, ModuleIx, Site};
use crate::graph::asked_at;
use crate::graph::walk::{File, Link, ModuleId, Node, Walked};
use crate::lint::{self, Called, Lint, Program, RestsOn, Unit};
use crate::source::{self, Format};
use crate::syntax;
use std::path::Path;
use std::sync::Arc;

/// Fewer modules than that are not worth a thread.
const FEW: usize = 64;

/// What is known of a program.
pub(crate) struct Judgement {
    pub(crate) effects: Effects,
    modules: Vec<Judged>,
    /// By module: calls that may block where nothing may.
    sites: Vec<Arc<[Site]>>,
    called: Vec<Called>,
    /// What is wrong with `tsconfig.json`.
    settings: Vec<Diagnostic>,
}

/// What is known of a module.
struct Judged {
    file: Arc<File<Unit>>,
    targets: Vec<Link>,
    /// It was asked about, not only imported.
    is_entry: bool,
    /// What keeps it from running.
    complaints: Vec<Diagnostic>,
    /// What lints find in it, and in it because of the sections of others; and what that rests on.
    reached: (Vec<Diagnostic>, Basis),
    program: (Vec<Diagnostic>, Basis),
    /// Of what was found, that which is neither suppressed nor turned off.
    findings: Vec<Diagnostic>,
}

impl Judgement {
    /// Judges a program. `before` is what was known of an earlier state.
    pub(super) fn new(checker: &Checker, walked: &Walked<Unit>, before: Option<Judgement>) -> Judgement {
        let is_same_module = |(known, node): (&Judged, &Node<Unit>)| known.file.url == node.url;
        let has_grown = |before: &Judgement| {
            before.modules.len() <= walked.nodes.len() && before.modules.iter().zip(&walked.nodes).all(is_same_module)
        };
        match before.filter(has_grown) {
            Some(mut known) => {
                known.update(checker, walked);
                known
            }
            None => Judgement::anew(checker, walked),
        }
    }

    fn anew(checker: &Checker, walked: &Walked<Unit>) -> Judgement {
        let ambient = Ambient::new(walked);
        let mut known = Judgement {
            effects: Effects::new(walked.nodes.iter().map(|node| ambient.unit(walked, node)).collect()),
            modules: walked.nodes.iter().map(Judged::new).collect(),
            sites: vec![Arc::default(); walked.nodes.len()],
            called: Vec::new(),
            settings: settings(checker, walked),
        };
        known.modules.iter_mut().zip(is_entry(walked)).for_each(|(known, is_entry)| known.is_entry = is_entry);
        let all = vec![true; walked.nodes.len()];
        known.say(checker, walked, &all, &all);
        known
    }

    fn update(&mut self, checker: &Checker, walked: &Walked<Unit>) {
        let is_same =
            |known: &Judged, node: &Node<Unit>| Arc::ptr_eq(&known.file, &node.file) && known.targets == node.targets;
        let is_changed = |node: &Node<Unit>| !self.modules.get(node.id.index()).is_some_and(|it| is_same(it, node));
        let changed: Vec<bool> = walked.nodes.iter().map(is_changed).collect();
        let has_grown = self.modules.len() < walked.nodes.len();
        self.modules.extend(walked.nodes[self.modules.len()..].iter().map(Judged::new));
        self.sites.resize(walked.nodes.len(), Arc::default());
        let edited: Vec<&Node<Unit>> = walked.nodes.iter().filter(|node| changed[node.id.index()]).collect();
        if has_grown || edited.len() == walked.nodes.len() {
            self.settings = settings(checker, walked);
        }
        let ambient = Ambient::new(walked);
        let changes =
            self.effects.update(edited.iter().map(|node| (ModuleIx(node.id.0), ambient.unit(walked, node))).collect());
        for node in edited {
            let known = &mut self.modules[node.id.index()];
            (known.file, known.targets) = (Arc::clone(&node.file), node.targets.clone());
        }
        let concerned = |known: &Judged| changes.concern(&known.reached.1) || changes.concern(&known.program.1);
        let modules = self.modules.iter().zip(&changed);
        let mut dirty: Vec<bool> = modules.map(|(known, changed)| *changed || concerned(known)).collect();
        let is_entry = is_entry(walked);
        for (id, is_entry) in is_entry.into_iter().enumerate() {
            dirty[id] |= std::mem::replace(&mut self.modules[id].is_entry, is_entry) != is_entry;
        }
        self.say(checker, walked, &changed, &dirty);
    }

    /// Says anew what there is to say about modules that changed, and what others are found to do with them.
    fn say(&mut self, checker: &Checker, walked: &Walked<Unit>, changed: &[bool], dirty: &[bool]) {
        self.complain(checker, walked, changed);
        let wanted: Vec<ModuleId> = (0..dirty.len() as u32).map(ModuleId).filter(|id| dirty[id.index()]).collect();
        let threads = if wanted.len() < FEW { 1 } else { crew::threads(checker.threads) };
        let modules: Vec<ModuleIx> = wanted.iter().map(|id| ModuleIx(id.0)).collect();
        let sites = self.effects.sites(threads, &modules);
        for (id, (sites, basis)) in wanted.into_iter().zip(sites) {
            self.effects.rest_on(basis);
            self.sites[id.index()] = sites.into();
            let program = Program::new(walked, &mut self.effects, &self.sites, &[]);
            let known = &mut self.modules[id.index()];
            let found = if known.is_entry { lint::find(&program, id, RestsOn::Reached) } else { Vec::new() };
            known.reached = (found, self.effects.basis());
        }
        let before = std::mem::take(&mut self.called);
        let called = self.sites.iter().flat_map(|sites| sites.iter()).flat_map(|site| lint::called(walked, site));
        self.called = called.collect();
        let calls_others = before != self.called;
        for id in (0..dirty.len() as u32).map(ModuleId).filter(|id| calls_others || dirty[id.index()]) {
            let program = Program::new(walked, &mut self.effects, &self.sites, &self.called);
            let known = &mut self.modules[id.index()];
            let found = if known.is_entry { lint::find(&program, id, RestsOn::Program) } else { Vec::new() };
            known.program = (found, self.effects.basis());
            known.findings = findings(checker, known);
        }
    }

    fn complain(&mut self, checker: &Checker, walked: &Walked<Unit>, changed: &[bool]) {
        let exports = Exports::new(walked);
        let affected = exports::affected(walked, changed);
        let asks_others = |link: &Link| matches!(link, Link::Module(id) if affected[id.index()]);
        let is_own = |node: &&Node<Unit>| !node.source.foreign && !source::is_declaration(&node.found.path);
        for node in walked.nodes.iter().filter(is_own) {
            // What cannot be read is told of where it is asked for, which may have moved.
            let holds = node.readable && !changed[node.id.index()] && !node.targets.iter().any(asks_others);
            if holds {
                continue;
            }
            let complaints = &mut self.modules[node.id.index()].complaints;
            *complaints = exports.complaints(node.id);
            let own = node.built.diagnostics.iter().cloned();
            complaints.extend(own.map(|it| asked_at(it, || walked.asked_at(node.id))));
            let missing: Vec<&Diagnostic> = node.targets.iter().filter_map(missing).collect();
            if !missing.is_empty() {
                complaints.extend(needed(checker, node, missing).cloned());
            }
        }
    }

    /// Everything, by file and place; `unreadable` is what was wrong with folders.
    pub(crate) fn diagnostics(&self, unreadable: &[Diagnostic]) -> Vec<Diagnostic> {
        let of_modules = self.modules.iter().flat_map(|known| known.complaints.iter().chain(&known.findings));
        let mut found: Vec<Diagnostic> = unreadable.iter().chain(&self.settings).chain(of_modules).cloned().collect();
        let key = |it: &Diagnostic| it.place.as_ref().map(|place| (place.file.clone(), place.offset));
        found.sort_by_cached_key(|it| (key(it), it.code, it.message.clone()));
        found.dedup();
        found
    }
}

impl Judged {
    fn new(node: &Node<Unit>) -> Judged {
        Judged {
            file: Arc::clone(&node.file),
            targets: node.targets.clone(),
            is_entry: false,
            complaints: Vec::new(),
            reached: (Vec::new(), Basis::default()),
            program: (Vec::new(), Basis::default()),
            findings: Vec::new(),
        }
    }
}

/// By module: whether it was asked about.
fn is_entry(walked: &Walked<Unit>) -> Vec<bool> {
    let mut is_entry = vec![false; walked.nodes.len()];
    walked.entries.iter().for_each(|id| is_entry[id.index()] = true);
    is_entry
}

/// What is left of what lints found. In files that are only imported they do not look, and comments suppress nothing.
fn findings(checker: &Checker, known: &Judged) -> Vec<Diagnostic> {
    if !known.is_entry {
        return Vec::new();
    }
    let (source, path) = (&known.file.source, &known.file.found.path);
    let found = known.reached.0.iter().chain(&known.program.0).cloned().collect();
    let left = suppress::apply(source, path, &known.file.built.unit.comments, found);
    let judged = left.into_iter().filter_map(|it| match it.lint.and_then(Lint::named) {
        Some(lint) => checker.config.judge(lint, it, path),
        None => Some(it),
    });
    judged.collect()
}

/// What is wrong with the `tsconfig.json` of the files. Other people's packages are not for the user to mend.
fn settings(checker: &Checker, walked: &Walked<Unit>) -> Vec<Diagnostic> {
    let program = walked.nodes.iter().filter(|node| !node.source.foreign);
    let mut folders: Vec<&Path> = program.filter_map(|node| node.found.path.parent()).collect();
    folders.sort_unstable();
    folders.dedup();
    folders.iter().filter_map(|folder| checker.resolver.broken_settings(&*checker.files, folder)).collect()
}

fn missing(link: &Link) -> Option<&Diagnostic> {
    match link {
        Link::Missing(complaint) if complaint.severity == Severity::Error => Some(complaint),
        _ => None,
    }
}

/// Without the imports of types alone, which are gone when the program runs.
fn needed<'a>(
    checker: &Checker,
    node: &Node<Unit>,
    missing: Vec<&'a Diagnostic>,
) -> impl Iterator<Item = &'a Diagnostic> {
    let settings = || checker.resolver.settings(&node.found.path);
    let lowered = match node.source.format {
        Format::Script(language) if language.typescript => syntax::lower(&node.source, language, &settings).ok(),
        _ => None,
    };
    missing.into_iter().filter(move |complaint| match (&lowered, &complaint.place) {
        (Some(lowered), Some(place)) => lowered.requests.iter().any(|request| request.offset == place.offset),
        _ => true,
    })
}
