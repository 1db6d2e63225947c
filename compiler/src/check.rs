//! The engine of `check`: a program that stays known between two looks at it, so that an edit costs what it touches.

mod declared;
mod discover;
mod exports;
mod judge;
mod stage;
mod suppress;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Note, Place};
use crate::effects::{self, Effect, Effects, ModuleIx};
use crate::file_system::{FileSystem, Overlay};
use crate::graph::walk::{Cache, Means, ModuleId, Walked, walk};
use crate::lint::Program;
pub(crate) use crate::lint::Unit;
use crate::resolve::Resolver;
use crate::source;
pub(crate) use judge::Judgement;
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
    /// What was last looked for, and found; none if that may be something else now.
    discovered: Option<Arc<Discovered>>,
    /// What was known when it was last looked at.
    walked: Option<Walked<Unit>>,
    judged: Option<Judgement>,
}

/// Files that are named or lie in a folder that is.
pub(crate) struct Discovered {
    /// What was named.
    paths: Vec<PathBuf>,
    pub(crate) entries: Vec<PathBuf>,
    /// What is wrong with the folders.
    pub(crate) unreadable: Vec<Diagnostic>,
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
        Checker {
            files,
            config,
            resolver,
            cache: Cache::default(),
            threads: None,
            infers: false,
            discovered: None,
            walked: None,
            judged: None,
        }
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
    pub fn overlay(&mut self, path: &Path, text: Option<Vec<u8>>) {
        let existed = self.files.kind(path).is_ok();
        self.files.set(path, text);
        let is_there = self.files.kind(path).is_ok();
        self.cache.changed(path, is_there);
        self.moved(path, existed, is_there);
    }

    /// The file may have changed, come or gone.
    pub fn changed(&mut self, path: &Path) {
        let is_there = self.files.kind(path).is_ok();
        let known = self.cache.changed(path, is_there);
        self.moved(path, known, is_there);
    }

    fn moved(&mut self, path: &Path, existed: bool, is_there: bool) {
        if source::decides_how_files_are_read(path) {
            self.resolver.forget();
            self.cache.clear();
        } else if existed != is_there {
            self.resolver.forget();
            self.cache.moved();
        } else if path.file_name().is_none_or(|name| name != ".gitignore") {
            return;
        }
        self.discovered = None;
    }

    /// Looks at the files and folders, which are absolute paths, and at all that they import.
    pub fn check(&mut self, paths: &[PathBuf]) -> Report {
        let discovered = self.discover(paths);
        let Discovered { entries, unreadable, .. } = &*discovered;
        let (walked, judged) = (self.walked.take(), self.judged.take());
        let walked = self.walk(entries, walked);
        let mut judged = self.judge(&walked, judged);
        let functions = if self.infers { functions(&walked, &mut judged.effects) } else { Vec::new() };
        let diagnostics = judged.diagnostics(unreadable);
        (self.walked, self.judged) = (Some(walked), Some(judged));
        let files = entries.iter().filter(|path| !source::is_declaration(path)).count();
        Report { diagnostics, files, functions }
    }

    /// Looks for files only if some came or went since the last time, or others are asked for.
    pub(crate) fn discover(&mut self, paths: &[PathBuf]) -> Arc<Discovered> {
        if let Some(known) = self.discovered.as_ref().filter(|known| known.paths == paths) {
            return Arc::clone(known);
        }
        let is_wanted = |path: &Path, is_folder: bool| self.config.wants(path, is_folder);
        let (entries, unreadable) = discover::discover(&*self.files, paths, &is_wanted);
        let found = Arc::new(Discovered { paths: paths.to_vec(), entries, unreadable });
        self.discovered = Some(Arc::clone(&found));
        found
    }

    /// Reads a program, or of one that was read before what may have changed.
    pub(crate) fn walk(&self, entries: &[PathBuf], before: Option<Walked<Unit>>) -> Walked<Unit> {
        walk(&Checking, entries, &self.cache, &self.means(), before)
    }

    /// What there is to say about a program. `before` is what was known of an earlier state, most of which may still
    /// hold.
    pub(crate) fn judge(&self, walked: &Walked<Unit>, before: Option<Judgement>) -> Judgement {
        Judgement::new(self, walked, before)
    }

    fn means(&self) -> Means<'_> {
        Means { files: &*self.files, resolver: &self.resolver, threads: self.threads }
    }
}

/// Of the files that were asked about.
fn functions(walked: &Walked<Unit>, effects: &mut Effects) -> Vec<FunctionReport> {
    let found = walked.entries.iter().flat_map(|id| effects.functions(ModuleIx(id.0))).collect::<Vec<_>>();
    let program = Program::new(walked, effects, &[], &[]);
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
