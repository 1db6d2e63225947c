//! What editors ask: diagnostics as text changes, and queries about a place in a text. On the engine of `check`, in
//! offsets of bytes; nothing here knows of a protocol.

mod completion;
mod effects;
mod fixes;
mod hover;
mod names;
mod std_docs;
mod symbols;

pub use completion::{CallHelp, Completion};
pub use effects::{FunctionView, Neighbour, Token};
pub use hover::Hover;
pub use names::Spot;
pub use std_docs::{Signature, StdItem};
pub use symbols::{FoundSymbol, SymbolTree};

use crate::check::{Checker, Judgement, Unit};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::effects::Effects;
use crate::file_system::FileSystem;
use crate::graph::walk::{Link, ModuleId, Node, Walked};
use crate::outline::Outline;
use crate::source::Format;
use crate::syntax;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Programs of fewer files are looked at as a whole at once.
const MANY: usize = 400;

/// How much of a program was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    Nothing,
    /// [`Ide::glance`]
    Open,
    All,
}

/// A program that is being edited.
pub struct Ide {
    checker: Checker,
    /// Files and folders that are looked at.
    roots: Vec<PathBuf>,
    seen: Seen,
    /// Something changed since the program was read.
    unread: bool,
    /// Something changed since the program was looked at.
    dirty: bool,
    walked: Option<Walked<Unit>>,
    /// Of what was walked; modules have the same numbers.
    judged: Option<Judgement>,
    diagnostics: BTreeMap<PathBuf, Vec<Diagnostic>>,
    /// Files whose diagnostics have changed, and nobody has been told.
    changed: BTreeSet<PathBuf>,
    /// By URL, with the hash of the text that they are of; none for what cannot be parsed.
    outlines: HashMap<Arc<str>, (u64, Option<Arc<Outline>>)>,
}

impl Ide {
    /// `roots` are absolute paths.
    pub fn new(files: Arc<dyn FileSystem>, config: Config, roots: Vec<PathBuf>) -> Ide {
        Ide {
            checker: Checker::new(files, config),
            roots,
            seen: Seen::Nothing,
            unread: true,
            dirty: true,
            walked: None,
            judged: None,
            diagnostics: BTreeMap::new(),
            changed: BTreeSet::new(),
            outlines: HashMap::new(),
        }
    }

    /// Looks at other files and folders from now on.
    pub fn set_roots(&mut self, roots: Vec<PathBuf>) {
        self.roots = roots;
        self.touched();
    }

    /// Lets `text` stand for the file until it is taken back with `None`.
    pub fn overlay(&mut self, path: &Path, text: Option<Vec<u8>>) {
        self.checker.overlay(path, text);
        self.touched();
    }

    /// The file may have changed, come or gone.
    pub fn changed(&mut self, path: &Path) {
        self.checker.changed(path);
        self.touched();
    }

    fn touched(&mut self) {
        (self.unread, self.dirty) = (true, true);
    }

    /// Whether there is something that [`Ide::refresh`] has not looked at, or has not told.
    pub fn is_dirty(&self) -> bool {
        self.dirty || !self.changed.is_empty()
    }

    /// How much was looked at.
    pub fn seen(&self) -> Seen {
        self.seen
    }

    /// Reads what changed. Questions about names and texts need no more; it takes a small part of the time of
    /// [`Ide::refresh`], which finds out what that means for the program.
    pub fn settle(&mut self) {
        if !std::mem::take(&mut self.unread) {
            return;
        }
        let entries = &self.checker.discover(&self.roots).entries;
        let before = self.walked.take();
        self.walked = Some(self.checker.walk(entries, before));
    }

    /// Looks at what changed. The files whose diagnostics are others than at the last call of this.
    pub fn refresh(&mut self) -> BTreeSet<PathBuf> {
        self.analyse();
        std::mem::take(&mut self.changed)
    }

    fn analyse(&mut self) {
        if !std::mem::take(&mut self.dirty) {
            return;
        }
        self.settle();
        self.seen = Seen::All;
        let discovered = self.checker.discover(&self.roots);
        let Some(walked) = &self.walked else { return };
        let judged = self.checker.judge(walked, self.judged.take());
        let found = judged.diagnostics(&discovered.unreadable);
        self.judged = Some(judged);
        self.sort_in(found);
    }

    /// Looks at open files and what they import, if nothing was looked at and all is much more: they are what the user
    /// waits for. What [`Ide::refresh`] would say of them otherwise is said by its next call. None if all is looked at
    /// as well.
    pub fn glance(&mut self, open: &dyn Fn(&Path) -> bool) -> Option<BTreeSet<PathBuf>> {
        if self.seen != Seen::Nothing {
            return None;
        }
        let entries = &self.checker.discover(&self.roots).entries;
        let first: Vec<PathBuf> = entries.iter().filter(|path| open(path)).cloned().collect();
        if entries.len() < MANY || first.is_empty() {
            return None;
        }
        let walked = self.checker.walk(&first, None);
        let judged = self.checker.judge(&walked, None);
        let found = judged.diagnostics(&[]);
        (self.walked, self.judged) = (Some(walked), Some(judged));
        self.seen = Seen::Open;
        self.sort_in(found);
        Some(std::mem::take(&mut self.changed))
    }

    /// Of one file, in order; they name their places as `corona check` does.
    pub fn diagnostics(&self, path: &Path) -> &[Diagnostic] {
        self.diagnostics.get(path).map_or(&[], Vec::as_slice)
    }

    /// Every file that has some.
    pub fn complained_about(&self) -> impl Iterator<Item = &Path> {
        self.diagnostics.keys().map(PathBuf::as_path)
    }

    /// The text that offsets in a file are offsets of.
    pub fn text(&self, path: &Path) -> Option<Arc<str>> {
        if let Some(node) = self.node(path) {
            return Some(Arc::clone(&node.source.text));
        }
        let bytes = self.checker.files().read(path).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(&text).into())
    }

    fn effects(&mut self) -> Option<&mut Effects> {
        self.judged.as_mut().map(|judged| &mut judged.effects)
    }

    fn nodes(&self) -> &[Node<Unit>] {
        self.walked.as_ref().map_or(&[], |walked| &walked.nodes)
    }

    /// The module that a file is, with its outline.
    fn module(&mut self, path: &Path) -> Option<(ModuleId, Arc<Outline>)> {
        let id = self.node(path)?.id;
        Some((id, self.outline(id)?))
    }

    fn outline(&mut self, module: ModuleId) -> Option<Arc<Outline>> {
        let node = self.walked.as_ref()?.nodes.get(module.index())?;
        let Format::Script(language) = node.source.format else { return None };
        let known = self.outlines.get(&node.url).filter(|(hash, _)| *hash == node.hash);
        if let Some((_, outline)) = known {
            return outline.clone();
        }
        let outline = syntax::outline(&node.source, language).ok().map(Arc::new);
        self.outlines.insert(Arc::clone(&node.url), (node.hash, outline.clone()));
        outline
    }

    /// Where the request at an offset of a module leads.
    fn link(&self, module: ModuleId, offset: usize) -> Option<&Link> {
        let node = self.nodes().get(module.index())?;
        let index = node.built.requests.iter().position(|it| it.offset == offset)?;
        node.targets.get(index)
    }

    fn node(&self, path: &Path) -> Option<&Node<Unit>> {
        // Bytes are compared faster than components.
        self.nodes().iter().find(|node| node.found.path.as_os_str() == path.as_os_str())
    }

    fn sort_in(&mut self, found: Vec<Diagnostic>) {
        let mut by_file: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
        for diagnostic in found {
            // What has no place belongs to the program as a whole.
            let root = || self.roots.first().cloned().unwrap_or_default();
            let path = diagnostic.place.as_ref().map_or_else(root, |place| PathBuf::from(&place.file));
            by_file.entry(path).or_default().push(diagnostic);
        }
        let before = std::mem::replace(&mut self.diagnostics, by_file);
        let names: BTreeSet<&PathBuf> = before.keys().chain(self.diagnostics.keys()).collect();
        let differs = |path: &&&PathBuf| before.get(**path) != self.diagnostics.get(**path);
        let changed: Vec<PathBuf> = names.iter().filter(differs).map(|path| (*path).clone()).collect();
        self.changed.extend(changed);
    }
}
