//! The engine of `check`: a program that stays known between two looks at it, so that an edit costs what it touches.

mod discover;
mod exports;
mod stage;
mod suppress;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Note, Place, Severity};
use crate::effects::{self, Effect, Effects, ModuleIx};
use crate::file_system::{FileSystem, Overlay};
use crate::graph::asked_at;
use crate::graph::walk::{Cache, Link, Means, ModuleId, Node, Walked, walk};
pub(crate) use crate::lint::Unit;
use crate::lint::{self, Lint, Program};
use crate::resolve::Resolver;
use crate::source::Format;
use crate::syntax;
use stage::Checking;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Looks at programs, and remembers what it saw.
pub struct Checker {
    files: Arc<Overlay>,
    config: Config,
    resolver: Resolver,
    cache: Cache<Unit>,
    threads: Option<usize>,
    infers: bool,
}

/// What a look at a program found.
#[derive(Debug, Default)]
pub struct Report {
    /// By file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// How many files were asked about, not counting what they import.
    pub files: usize,
    /// Of those files, if they were asked for: [`Checker::infer`].
    pub functions: Vec<FunctionReport>,
}

/// What the analysis says of one function.
#[derive(Debug, Clone)]
pub struct FunctionReport {
    pub name: String,
    pub place: Place,
    /// `never blocks`, `blocks`, `blocks as its argument 1 does`, …
    pub effect: String,
    /// Why: the hops to what blocks.
    pub notes: Vec<Note>,
}

impl Checker {
    pub fn new(files: Arc<dyn FileSystem>, config: Config) -> Checker {
        let files = Arc::new(Overlay::new(files));
        let resolver = Resolver::new(Arc::clone(&files) as Arc<dyn FileSystem>);
        Checker { files, config, resolver, cache: Cache::default(), threads: None, infers: false }
    }

    /// Reports also say what was inferred of each function.
    pub fn infer(&mut self) {
        self.infers = true;
    }

    pub(crate) fn files(&self) -> &dyn FileSystem {
        &*self.files
    }

    /// Uses no more than so many threads.
    pub fn threads(&mut self, most: usize) {
        self.threads = Some(most);
    }

    /// Lets `text` stand for the file until it is taken back with `None`: what an editor has not saved yet.
    /// Whether files came or went by that, or are to be read in another way.
    pub fn overlay(&mut self, path: &Path, text: Option<Vec<u8>>) -> bool {
        let existed = self.files.kind(path).is_ok();
        self.files.set(path, text);
        let is_there = self.files.kind(path).is_ok();
        self.cache.changed(path, is_there);
        self.moved(path, existed, is_there)
    }

    /// The file may have changed, come or gone. Whether files came or went, or are to be read in another way.
    pub fn changed(&mut self, path: &Path) -> bool {
        let is_there = self.files.kind(path).is_ok();
        let known = self.cache.changed(path, is_there);
        self.moved(path, known, is_there)
    }

    fn moved(&mut self, path: &Path, existed: bool, is_there: bool) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        let decides_how_files_are_read =
            name == "package.json" || name.starts_with("tsconfig") && name.ends_with(".json");
        if decides_how_files_are_read {
            self.resolver.forget();
            self.cache.clear();
            true
        } else if existed != is_there {
            self.resolver.forget();
            self.cache.moved();
            true
        } else {
            false
        }
    }

    /// Looks at the files and folders, which are absolute paths, and at all that they import.
    pub fn check(&mut self, paths: &[PathBuf]) -> Report {
        let (entries, unreadable) = self.discover(paths);
        let walked = self.walk(&entries);
        let (diagnostics, mut effects) = self.judge(&walked, &unreadable, None);
        let functions = if self.infers { functions(&walked, &mut effects) } else { Vec::new() };
        Report { diagnostics, files: entries.len(), functions }
    }

    /// Files that are named or lie in a folder that is, and what is wrong with the folders.
    pub(crate) fn discover(&self, paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Diagnostic>) {
        let is_wanted = |path: &Path, is_folder: bool| self.config.wants(path, is_folder);
        discover::discover(&*self.files, paths, &is_wanted)
    }

    pub(crate) fn walk(&self, entries: &[PathBuf]) -> Walked<Unit> {
        walk(&Checking, entries, &self.cache, &self.means())
    }

    /// Everything there is to say about a program, by file and place, and the analysis that it comes from. `unreadable`
    /// is what was wrong with folders; `before` the analysis of an earlier state, of which most may still hold.
    pub(crate) fn judge(
        &self,
        walked: &Walked<Unit>,
        unreadable: &[Diagnostic],
        before: Option<Effects>,
    ) -> (Vec<Diagnostic>, Effects) {
        let mut effects = match before {
            Some(mut effects) => {
                effects.update(units(walked));
                effects
            }
            None => Effects::new(units(walked)),
        };
        let sites = effects.sites();
        let mut diagnostics = self.complaints(walked);
        diagnostics.extend_from_slice(unreadable);
        diagnostics.extend(self.findings(&Program::new(walked, &mut effects, &sites)));
        sort(&mut diagnostics);
        (diagnostics, effects)
    }

    fn means(&self) -> Means<'_> {
        Means { files: &*self.files, resolver: &self.resolver, threads: self.threads }
    }

    /// What lints find in the files that were asked about.
    fn findings(&self, program: &Program<'_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for id in &program.walked.entries {
            let node = program.node(*id);
            let path = &node.found.path;
            let left = suppress::apply(&node.source, path, &node.built.unit.comments, lint::find(program, *id));
            found.extend(left.into_iter().filter_map(|it| match it.lint.and_then(Lint::named) {
                Some(lint) => self.config.judge(lint, it, path),
                None => Some(it),
            }));
        }
        found
    }

    /// What keeps the program from running. Other people's packages are not for the user to mend.
    fn complaints(&self, walked: &Walked<Unit>) -> Vec<Diagnostic> {
        let mut found = self.settings(walked);
        let exports = exports::Exports::new(walked);
        for node in walked.nodes.iter().filter(|node| !node.source.foreign) {
            found.extend(exports.complaints(node.id));
            let complaints = node.built.diagnostics.iter().cloned();
            found.extend(complaints.map(|it| asked_at(it, || walked.asked_at(node.id))));
            let missing: Vec<&Diagnostic> = node.targets.iter().filter_map(missing).collect();
            if !missing.is_empty() {
                found.extend(self.needed(node, missing).cloned());
            }
        }
        found
    }

    /// What is wrong with the `tsconfig.json` of the files.
    fn settings(&self, walked: &Walked<Unit>) -> Vec<Diagnostic> {
        let mut folders: Vec<&Path> = Vec::new();
        let program = walked.nodes.iter().filter(|node| !node.source.foreign);
        let paths = program.map(|node| node.found.path.as_path());
        folders.extend(paths.filter_map(Path::parent));
        folders.sort_unstable();
        folders.dedup();
        folders.iter().filter_map(|folder| self.resolver.broken_settings(&*self.files, folder)).collect()
    }

    /// Without the imports of types alone, which are gone when the program runs.
    fn needed<'a>(&self, node: &Node<Unit>, missing: Vec<&'a Diagnostic>) -> impl Iterator<Item = &'a Diagnostic> {
        let settings = || self.resolver.settings(&node.found.path);
        let lowered = match node.source.format {
            Format::Script(language) if language.typescript => syntax::lower(&node.source, language, &settings).ok(),
            _ => None,
        };
        missing.into_iter().filter(move |complaint| match (&lowered, &complaint.place) {
            (Some(lowered), Some(place)) => lowered.requests.iter().any(|request| request.offset == place.offset),
            _ => true,
        })
    }
}

/// Of the files that were asked about.
fn functions(walked: &Walked<Unit>, effects: &mut Effects) -> Vec<FunctionReport> {
    let found = walked.entries.iter().flat_map(|id| effects.functions(ModuleIx(id.0))).collect::<Vec<_>>();
    let program = Program::new(walked, effects, &[]);
    let report = |function: effects::FunctionEffect| FunctionReport {
        place: program.place(ModuleId(function.module.0), function.span),
        effect: in_words(&function.effect),
        notes: program.notes(&function.witness),
        name: function.name,
    };
    found.into_iter().map(report).collect()
}

fn in_words(effect: &Effect) -> String {
    match effect {
        Effect::Never => "never blocks".to_owned(),
        Effect::Blocks => "blocks".to_owned(),
        Effect::Possible => "may block: one of the things that it may call does".to_owned(),
        Effect::Unknown => "unknown: it calls what nothing is known about".to_owned(),
        Effect::AsArguments(arguments) => {
            let numbers: Vec<String> = arguments.iter().map(|index| (index + 1).to_string()).collect();
            let (what, does) = if numbers.len() == 1 { ("argument", "does") } else { ("arguments", "do") };
            format!("blocks as its {what} {} {does}", numbers.join(", "))
        }
    }
}

/// The program as the analysis of effects wants it: its modules have the numbers of the walk.
fn units(walked: &Walked<Unit>) -> Vec<effects::Unit> {
    let target = |link: &Link| match link {
        Link::Std(name) => effects::Target::Std(name.clone()),
        Link::Module(id) => effects::Target::Module(ModuleIx(id.0)),
        Link::Missing(_) => effects::Target::Unknown,
    };
    let unit = |node: &Node<Unit>| effects::Unit {
        facts: Arc::clone(&node.built.unit.facts),
        targets: node.targets.iter().map(target).collect(),
    };
    walked.nodes.iter().map(unit).collect()
}

fn missing(link: &Link) -> Option<&Diagnostic> {
    match link {
        Link::Missing(complaint) if complaint.severity == Severity::Error => Some(complaint),
        _ => None,
    }
}

fn sort(diagnostics: &mut Vec<Diagnostic>) {
    let key = |it: &Diagnostic| it.place.as_ref().map(|place| (place.file.clone(), place.offset));
    diagnostics.sort_by_cached_key(|it| (key(it), it.code, it.message.clone()));
    diagnostics.dedup();
}
