//! The bundler: a program to one file, or a few. A pure function of files and options; who writes what it returns lives in
//! the command line.
//!
//! `load` reads, lowers and scans every module in parallel; `link` decides on records alone what the output is made of;
//! `emit` prints every module once, in parallel, and joins the texts.

mod contents;
mod emit;
mod hash;
mod link;
mod load;
mod options;

pub use contents::Contents;
pub use options::{
    BuildOptions, Built, ImportInfo, InputInfo, Loader, Metafile, OutputFile, OutputInfo, OutputKind, Platform,
    SourceMap, Target,
};

use crate::crew;
use crate::diagnostic::Severity;
use crate::file_system::FileSystem;
use crate::resolve::Resolver;
use crate::syntax::bundle::{AskForm, check_define};
use load::{Kept, Loaded, Loading, RUNTIME};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Builds what `options` ask for. The same input gives the same bytes, in any folder and on any number of threads.
pub fn build(files: Arc<dyn FileSystem>, options: &BuildOptions) -> Built {
    let resolver = load::resolver(Arc::clone(&files), options);
    let loaded = load::load(&Loading { files: &*files, options, resolver: &resolver, kept: None });
    crew::free(resolver);
    finish(loaded, options)
}

/// Builds again and again, and loads only what has changed.
pub struct Bundler {
    files: Arc<dyn FileSystem>,
    options: BuildOptions,
    resolver: Resolver,
    kept: Kept,
}

impl Bundler {
    pub fn new(files: Arc<dyn FileSystem>, options: BuildOptions) -> Bundler {
        let resolver = load::resolver(Arc::clone(&files), &options);
        Bundler { files, options, resolver, kept: Kept::default() }
    }

    /// The file may have changed, come or gone.
    pub fn changed(&mut self, path: &Path) {
        if self.kept.changed(path, self.files.kind(path).is_ok()) {
            self.resolver.forget();
        }
    }

    /// What [`build`] gives.
    pub fn build(&mut self) -> Built {
        let Bundler { files, options, resolver, kept } = self;
        finish(load::load(&Loading { files: &**files, options, resolver, kept: Some(kept) }), options)
    }
}

/// Links and prints.
fn finish(mut loaded: Loaded, options: &BuildOptions) -> Built {
    let mut diagnostics = check_define(&options.define);
    diagnostics.append(&mut loaded.diagnostics);
    let mut built = Built { diagnostics, watched: std::mem::take(&mut loaded.watched), ..Built::default() };
    // Without splitting, every entry is a build of its own.
    let entries = loaded.entries.clone();
    let links: Vec<Vec<usize>> =
        if options.splitting { vec![entries] } else { entries.into_iter().map(|it| vec![it]).collect() };
    let (mut taken, mut known) = (BTreeSet::new(), BTreeSet::new());
    let mut spent = Vec::new();
    for (index, entries) in links.iter().enumerate() {
        let (linked, diagnostics) = link::link(&loaded, entries, options);
        for diagnostic in diagnostics {
            if !built.diagnostics.contains(&diagnostic) {
                built.diagnostics.push(diagnostic);
            }
        }
        if built.has_errors() {
            continue;
        }
        let trees = (index + 1 < links.len()).then(|| loaded.keep_trees());
        let emitted = emit::emit(&mut loaded, &linked, options, &mut taken);
        trees.into_iter().for_each(|trees| loaded.put_back(trees));
        built.diagnostics.extend(emitted.diagnostics);
        let before = std::mem::replace(&mut spent, emitted.spent);
        if index > 0 {
            crew::free(before);
        }
        for (file, info) in emitted.files {
            built.metafile.outputs.extend(info);
            if known.insert(file.name.clone()) {
                built.files.push(file);
            }
        }
    }
    if built.has_errors() {
        built.files.clear();
        built.metafile = Metafile::default();
    } else {
        for asset in std::mem::take(&mut loaded.assets) {
            built.files.push(OutputFile { name: asset.name, contents: asset.contents.into(), kind: OutputKind::Asset });
        }
        built.modules = loaded.modules.len() - 1; // without that of the bundler's own
        if options.describes_inputs {
            built.metafile.inputs = inputs(&loaded);
        }
    }
    crew::free((loaded, spent));
    built
}

impl Built {
    /// Whether there is an error among the diagnostics.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|it| it.severity == Severity::Error)
    }
}

fn inputs(loaded: &Loaded) -> Vec<InputInfo> {
    let mut inputs: Vec<InputInfo> = loaded
        .modules
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != RUNTIME)
        .map(|(_, module)| InputInfo {
            path: module.name.clone(),
            bytes: module.source.text.len(),
            format: module.format,
            imports: imports(loaded, module),
        })
        .collect();
    inputs.sort_by(|left, right| left.path.cmp(&right.path));
    inputs
}

fn imports(loaded: &Loaded, module: &load::Module) -> Vec<ImportInfo> {
    let import = |(ask, target): (&crate::syntax::bundle::Ask, &load::Target)| {
        let kind = match ask.form {
            AskForm::Import => "import-statement",
            AskForm::Dynamic => "dynamic-import",
            AskForm::Require | AskForm::Resolve => "require-call",
            AskForm::Url => "url",
        };
        let (path, external) = match target {
            load::Target::Module(index) => (loaded.modules[*index].name.clone(), false),
            load::Target::Asset(index) => (loaded.assets.get(*index)?.name.clone(), false),
            load::Target::External(specifier) => (specifier.clone(), true),
            load::Target::Missing => return None,
        };
        Some(ImportInfo { path, kind, external })
    };
    module.record.requests.iter().zip(&module.targets).filter_map(import).collect()
}
