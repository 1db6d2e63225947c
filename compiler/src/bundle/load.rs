//! Reads, lowers and scans every module of a build, on all cores. The modules are numbered in the order of a walk from the
//! entries, whatever order they were read in.

mod asks;
mod input_map;
mod kept;
mod key;
mod loaders;
mod number;

pub(super) use kept::Kept;
pub(super) use key::Key;
pub(super) use loaders::base64;

use super::options::{BuildOptions, Platform};
use crate::crew;
use crate::diagnostic::Diagnostic;
use crate::file_system::FileSystem;
use crate::graph::entry;
use crate::resolve::{Conditions, Found, Resolver};
use crate::source::{Language, Source};
use crate::syntax::bundle::{Attribute, Prepared, Record, Tree, Wishes, prepare};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Index into [`Loaded::modules`].
pub(super) type ModuleIndex = usize;

/// The module of the bundler's own functions.
pub(super) const RUNTIME: ModuleIndex = 0;

#[derive(Debug, Clone)]
pub(super) struct Module {
    pub(super) path: PathBuf,
    /// Relative to the working directory, with `/`.
    pub(super) name: String,
    pub(super) source: Source,
    pub(super) record: Arc<Record>,
    /// `None` when it has been printed, or did not parse.
    pub(super) tree: Option<Tree>,
    /// One for each request of the record.
    pub(super) targets: Vec<Target>,
    /// Needed only for what it exports.
    pub(super) effectless: bool,
    /// Its name or package says that it is an ES module: it sees CommonJS as Node shows it.
    pub(super) strict: bool,
    /// Made of data: `require` gives the default export.
    pub(super) data: bool,
    pub(super) format: &'static str,
    /// A source map that came with it.
    pub(super) map: Option<Arc<str>>,
}

/// Where a request leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Module(ModuleIndex),
    External(String),
    Asset(usize),
    /// Fails when it runs.
    Missing,
}

/// A file that is copied beside the output.
#[derive(Debug, Clone)]
pub(super) struct Asset {
    pub(super) name: String,
    pub(super) contents: Vec<u8>,
}

#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) modules: Vec<Module>,
    pub(super) entries: Vec<ModuleIndex>,
    pub(super) assets: Vec<Asset>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) watched: Vec<PathBuf>,
}

/// Where a request leads, before modules have numbers.
#[derive(Debug, Clone)]
pub(super) enum Lead {
    Module(Key, Option<Found>),
    External(String),
    Asset(Asset),
    Missing,
}

/// One module as a thread has made it.
#[derive(Clone)]
struct Unit {
    module: Option<Module>,
    complaints: Vec<Diagnostic>,
    asked: Asked,
}

/// Where the requests of a module lead, one for each, and what is to be said of those that lead nowhere.
#[derive(Clone, Default)]
struct Asked {
    leads: Vec<Lead>,
    complaints: Vec<Diagnostic>,
}

pub(super) struct Loading<'a> {
    pub(super) files: &'a dyn FileSystem,
    pub(super) options: &'a BuildOptions,
    pub(super) resolver: &'a Resolver,
    /// What earlier builds have loaded.
    pub(super) kept: Option<&'a Kept>,
}

/// Resolves for the platform that is built for.
pub(super) fn resolver(files: Arc<dyn FileSystem>, options: &BuildOptions) -> Resolver {
    Resolver::with(files, &conditions(options))
}

/// Loads everything that the entries reach.
pub(super) fn load(loading: &Loading<'_>) -> Loaded {
    let options = loading.options;
    let mut loaded = Loaded::default();
    let mut roots = vec![(Key::Runtime, None)];
    for entry in &options.entries {
        let path: PathBuf = options.cwd.join(entry).components().collect();
        match entry::entry(loading.files, loading.resolver, &path, "build") {
            Ok(found) => roots.push((key_of(&found, None), Some(found))),
            Err(complaint) => loaded.diagnostics.push(*complaint),
        }
    }
    let units = crew::explore(crew::threads(options.threads), roots.clone(), |key, found| {
        let unit = match loading.kept {
            Some(kept) => kept.unit(key, found.as_ref(), loading),
            None => loading.unit(key, found.as_ref()),
        };
        let modules = unit.asked.leads.iter().filter_map(|lead| match lead {
            Lead::Module(key, found) => Some((key.clone(), found.clone())),
            Lead::External(_) | Lead::Asset(_) | Lead::Missing => None,
        });
        let modules = modules.collect();
        (unit, modules)
    });
    number::number(roots, units, &mut loaded);
    loaded
}

fn conditions(options: &BuildOptions) -> Conditions {
    let (names, main_fields, browser): (&[&str], &[&str], bool) = match options.platform {
        Platform::Server => (&["corona", "node", "module-sync"], &["main"], false),
        Platform::Browser => (&["browser", "module"], &["browser", "module", "main"], true),
        Platform::Neutral => (&["module"], &["module", "main"], false),
    };
    let owned = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let names = options.conditions.iter().cloned().chain(owned(names)).collect();
    Conditions { names, main_fields: owned(main_fields), browser }
}

pub(super) fn key_of(found: &Found, attribute: Option<Attribute>) -> Key {
    Key::File { path: found.path.clone(), suffix: found.suffix.clone(), attribute }
}

impl Loading<'_> {
    fn unit(&self, key: &Key, found: Option<&Found>) -> Unit {
        let read = match key {
            Key::Runtime => Ok(loaders::runtime()),
            Key::Ignored => Ok(loaders::ignored()),
            Key::File { path, attribute, .. } => self.read(path, found.and_then(|it| it.package), *attribute),
        };
        let read = match read {
            Ok(read) => read,
            Err(complaint) => return Unit::without(vec![complaint]),
        };
        let path = match key {
            Key::File { path, .. } => path.as_path(),
            _ => Path::new("/"),
        };
        self.module(path, found, read)
    }

    fn module(&self, path: &Path, found: Option<&Found>, read: loaders::Read) -> Unit {
        let settings = || self.resolver.settings(path);
        let wishes = Wishes { define: &self.options.define, using: self.options.target.using };
        let Prepared { record, tree, diagnostics } = match prepare(&read.source, read.language, &settings, wishes) {
            Ok(prepared) => prepared,
            Err(complaints) => return Unit::without(complaints),
        };
        let name = match found {
            Some(found) => format!("{}{}", relative(&self.options.cwd, &found.path), found.suffix),
            None => read.source.name.clone(),
        };
        let mut module = Module {
            path: path.to_owned(),
            name,
            strict: read.language.module == Some(true),
            format: if read.data {
                read.format
            } else if record.esm {
                "esm"
            } else {
                "cjs"
            },
            source: read.source,
            record: Arc::new(record),
            tree: Some(tree),
            targets: Vec::new(),
            effectless: read.data || found.is_none_or(|it| it.effectless),
            data: read.data,
            map: None,
        };
        let asked = self.ask(&mut module);
        Unit { module: Some(module), complaints: diagnostics, asked }
    }

    /// Looks for what a module asks for: other modules, and the source map that belongs to it.
    fn ask(&self, module: &mut Module) -> Asked {
        let mut complaints = Vec::new();
        let leads = self.leads(&module.path, &module.source, &module.record, &mut complaints);
        module.map = match self.options.source_map {
            Some(_) if !module.data => input_map::find(self.files, &module.path, &module.source.text),
            _ => None,
        };
        Asked { leads, complaints }
    }
}

impl Unit {
    /// Whether there was a file, right or wrong.
    fn was_read(&self) -> bool {
        self.module.is_some() || self.complaints.iter().any(|it| it.place.is_some())
    }

    /// Of a file that did not become a module.
    fn without(complaints: Vec<Diagnostic>) -> Unit {
        Unit { module: None, complaints, asked: Asked::default() }
    }
}

/// The way from a folder to a file, with `/`.
pub(super) fn relative(folder: &Path, file: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (folder.components().collect(), file.components().collect());
    let common = from.iter().zip(&to).take_while(|(left, right)| left == right).count();
    let mut parts = vec!["..".to_owned(); from.len() - common];
    parts.extend(to[common..].iter().map(|it| it.as_os_str().to_string_lossy().into_owned()));
    parts.join("/")
}

impl Loaded {
    fn add_asset(&mut self, asset: Asset) -> usize {
        match self.assets.iter().position(|it| it.name == asset.name) {
            Some(index) => index,
            None => {
                self.assets.push(asset);
                self.assets.len() - 1
            }
        }
    }
}

/// A language for text that the bundler has written itself.
pub(super) const PLAIN: Language = Language { typescript: false, jsx: false, module: Some(true), declaration: false };

impl Loaded {
    /// Copies of all trees, for another link.
    pub(super) fn keep_trees(&self) -> Vec<Option<Tree>> {
        self.modules.iter().map(|module| module.tree.clone()).collect()
    }

    pub(super) fn put_back(&mut self, trees: Vec<Option<Tree>>) {
        for (module, tree) in self.modules.iter_mut().zip(trees) {
            module.tree = tree;
        }
    }
}
