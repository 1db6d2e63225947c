//! The one parallel walk over a program, for everything that looks at a whole program at once. What a file becomes is
//! its [`Stage`]'s business; reading, resolving and the order of the result are done here.

mod cache;

pub(crate) use cache::{Cache, File};

use super::{entry, unresolved};
use crate::crew;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::file_system::FileSystem;
use crate::resolve::{Found, Missing, Resolver, Settings, Target};
use crate::source::{self, Source};
use crate::syntax::{Form, Request};
use rustc_hash::FxHashMap;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a walk makes of each file.
pub(crate) trait Stage: Sync {
    type Unit: Send + Sync;

    /// Of one text; the same text of the same path gives the same result. A bad text is a unit with complaints.
    /// `settings` are those of the nearest `tsconfig.json`.
    fn build(&self, source: &Source, path: &Path, settings: &dyn Fn() -> Settings) -> Built<Self::Unit>;
}

/// What a file became.
#[derive(Debug)]
pub(crate) struct Built<U> {
    pub(crate) unit: U,
    pub(crate) requests: Vec<Request>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// The number of a module in a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ModuleId(pub(crate) u32);

impl ModuleId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A module of the program.
#[derive(Debug)]
pub(crate) struct Node<U> {
    pub(crate) id: ModuleId,
    pub(crate) file: Arc<File<U>>,
    /// Where each request of the file leads.
    pub(crate) targets: Vec<Link>,
    pub(crate) declarations: Vec<(Described, ModuleId)>,
}

/// What a declaration file describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Described {
    /// The module itself: it lies beside it.
    This,
    /// What a request of it asks for, by its number: there is no code.
    Request(usize),
}

impl<U> Deref for Node<U> {
    type Target = File<U>;

    fn deref(&self) -> &File<U> {
        &self.file
    }
}

/// Where a request leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Link {
    Std(String),
    Module(ModuleId),
    /// An error for what a module cannot run without; a warning for what may never be asked for.
    Missing(Box<Diagnostic>),
}

/// A program.
#[derive(Debug)]
pub(crate) struct Walked<U> {
    /// By id: breadth-first from the entries, whatever order threads took. What is new since an earlier walk stands last.
    pub(crate) nodes: Vec<Node<U>>,
    /// One per entry.
    pub(crate) entries: Vec<ModuleId>,
    /// What was asked for.
    paths: Vec<PathBuf>,
    /// By URL.
    ids: FxHashMap<Arc<str>, ModuleId>,
    generation: u64,
}

impl<U> Walked<U> {
    pub(crate) fn node(&self, id: ModuleId) -> &Node<U> {
        &self.nodes[id.index()]
    }

    /// Where a module is first asked for.
    pub(crate) fn asked_at(&self, id: ModuleId) -> Option<Place> {
        self.nodes.iter().find_map(|node| {
            let asks = |link: &Link| *link == Link::Module(id);
            let request = node.built.requests.get(node.targets.iter().position(asks)?)?;
            Some(node.source.place(request.offset, request.length))
        })
    }
}

/// What a walk works with.
pub(crate) struct Means<'a> {
    pub(crate) files: &'a dyn FileSystem,
    pub(crate) resolver: &'a Resolver,
    /// All processors, if nothing is said.
    pub(crate) threads: Option<usize>,
}

/// Walks from `entries`, which are absolute paths. Files that are in the cache are not read again: tell it what changed.
/// Modules have the numbers that they had in the walk `before`, unless some of those are gone.
pub(crate) fn walk<S: Stage>(
    stage: &S,
    entries: &[PathBuf],
    cache: &Cache<S::Unit>,
    means: &Means<'_>,
    before: Option<Walked<S::Unit>>,
) -> Walked<S::Unit> {
    let walker = Walker { stage, cache, means };
    let (stale, generation) = cache.begin();
    let before = match before {
        Some(mut walked) if walked.generation == generation && is_same(&walked.paths, entries) => {
            if stale.iter().all(|url| walked.reload(&walker, url)) {
                return walked;
            }
            Some(walked)
        }
        before => before,
    };
    let threads = crew::threads(means.threads);
    let roots =
        crew::map(threads, entries.to_vec(), |_, path| cache.share(entry::named_in_full(means.resolver, &path)));
    let urls: Vec<Arc<str>> = roots.iter().map(|(url, _)| Arc::clone(url)).collect();
    let files = crew::explore(threads, roots, |url, found| {
        let file = walker.load(url, &found);
        let reached = file.targets.iter().filter_map(|reach| match reach {
            Reach::File(url, found) => Some((Arc::clone(url), Arc::clone(found))),
            Reach::Std(_) | Reach::Missing(_) => None,
        });
        let declared = file.declarations.iter().map(|(_, url, found)| (Arc::clone(url), Arc::clone(found)));
        let reached = reached.chain(declared).collect();
        (file, reached)
    });
    let numbers =
        before.as_ref().map(|walked| &walked.nodes).filter(|nodes| nodes.iter().all(|it| files.contains_key(&it.url)));
    let mut numbers = Numbers::new(numbers.into_iter().flatten().map(|node| &node.url));
    let roots = urls.iter().map(|url| numbers.of(url)).collect();
    let nodes = assemble(&mut numbers, &files);
    Walked { nodes, entries: roots, paths: entries.to_vec(), ids: numbers.ids, generation }
}

/// Loads files.
struct Walker<'a, S: Stage> {
    stage: &'a S,
    cache: &'a Cache<S::Unit>,
    means: &'a Means<'a>,
}

impl<S: Stage> Walker<'_, S> {
    fn load(&self, url: &Arc<str>, found: &Arc<Found>) -> Arc<File<S::Unit>> {
        let generation = self.cache.generation();
        let known = self.cache.get(url);
        if let Some(file) = known.as_ref().filter(|file| file.fresh) {
            if file.generation == generation {
                return Arc::clone(file);
            }
            let (targets, declarations) = self.targets(&file.found, &file.source, &file.built.requests);
            return self.cache.put(File { targets, declarations, generation, ..file.twin() });
        }
        let (source, unreadable) = match source::read(self.means.files, &found.path, found.package) {
            Ok(source) => (source, None),
            // As if it were empty, so that those who import it are looked at all the same.
            Err(complaint) => (source::empty(&found.path, found.package), Some(complaint)),
        };
        let hash = cache::hash(&source.text);
        let is_same = |file: &&Arc<File<S::Unit>>| file.hash == hash && file.readable && unreadable.is_none();
        if let Some(file) = known.as_ref().filter(is_same) {
            let (targets, declarations) = match file.generation == generation {
                true => (file.targets.clone(), file.declarations.clone()),
                false => self.targets(&file.found, &file.source, &file.built.requests),
            };
            return self.cache.put(File { targets, declarations, generation, fresh: true, ..file.twin() });
        }
        let settings = || self.means.resolver.settings(&found.path);
        let mut built = self.stage.build(&source, &found.path, &settings);
        let readable = unreadable.is_none();
        if let Some(complaint) = unreadable {
            built.diagnostics = vec![complaint];
        }
        let (targets, declarations) = self.targets(found, &source, &built.requests);
        let (found, url, built) = (Arc::clone(found), Arc::clone(url), Arc::new(built));
        let fresh = true;
        self.cache.put(File { found, url, source, hash, readable, built, targets, declarations, fresh, generation })
    }

    /// Where requests lead, and the declaration files that say what no code does.
    fn targets(&self, found: &Found, source: &Source, requests: &[Request]) -> (Vec<Reach>, Vec<Declared>) {
        let targets: Vec<Reach> = requests.iter().map(|request| self.reach(found, source, request)).collect();
        let declarations = self.declarations(found, requests, &targets);
        (targets, declarations)
    }

    /// Declarations of what is asked for and is not there, and of the file itself.
    fn declarations(&self, found: &Found, requests: &[Request], targets: &[Reach]) -> Vec<Declared> {
        let declared = |described, found: Found| {
            let (url, found) = self.cache.share(found);
            (described, url, found)
        };
        let missing = targets.iter().enumerate().filter_map(|(index, reach)| {
            let described = match reach {
                Reach::Missing(_) => self.means.resolver.types(&found.path, &requests[index].specifier),
                Reach::File(_, found) if !source::is_script(&found.path) => self.beside(found),
                Reach::File(..) | Reach::Std(_) => None,
            };
            Some(declared(Described::Request(index), described?))
        });
        let own = source::is_script(&found.path).then(|| self.beside(found)).flatten();
        missing.chain(own.map(|found| declared(Described::This, found))).collect()
    }

    fn beside(&self, found: &Found) -> Option<Found> {
        let path = source::beside(&found.path).into_iter().find(|path| says_what_blocks(self.means.files, path))?;
        Some(Found { path, ..found.clone() })
    }

    fn reach(&self, found: &Found, source: &Source, request: &Request) -> Reach {
        if source::is_declaration(&found.path)
            && let Some(found) = self.means.resolver.types(&found.path, &request.specifier)
        {
            let (url, found) = self.cache.share(found);
            return Reach::File(url, found);
        }
        match self.means.resolver.target(&found.path, &request.specifier, request.form.how()) {
            Ok(Target::Std(name)) => Reach::Std(name),
            Ok(Target::File(found)) => {
                let (url, found) = self.cache.share(found);
                Reach::File(url, found)
            }
            Err(missing) => Reach::Missing(Box::new(self.missing(found, source, request, &missing))),
        }
    }

    fn missing(&self, found: &Found, source: &Source, request: &Request, missing: &Missing) -> Diagnostic {
        let place = source.place(request.offset, request.length);
        let complaint = unresolved(self.means.files, &found.path, place, &request.specifier, missing);
        let severity = if request.form == Form::Static { Severity::Error } else { Severity::Warning };
        Diagnostic { severity, ..complaint }
    }
}

/// Most declarations say nothing that matters here: those need not become part of the program.
fn says_what_blocks(files: &dyn FileSystem, path: &Path) -> bool {
    let words: [&[u8]; 2] = [b"@blocking", b"@nonblocking"];
    let says = |text: Vec<u8>| words.iter().any(|word| text.windows(word.len()).any(|it| it == *word));
    files.kind(path).is_ok() && files.read(path).is_ok_and(says)
}

/// A declaration file and what it describes.
type Declared = (Described, Arc<str>, Arc<Found>);

/// Where a request leads, before modules have numbers.
#[derive(Debug, Clone)]
pub(crate) enum Reach {
    Std(String),
    File(Arc<str>, Arc<Found>),
    Missing(Box<Diagnostic>),
}

/// Numbers what was found, in an order that depends on the program alone.
fn assemble<U>(numbers: &mut Numbers, found: &FxHashMap<Arc<str>, Arc<File<U>>>) -> Vec<Node<U>> {
    let mut nodes: Vec<Node<U>> = Vec::with_capacity(found.len());
    while let Some(url) = numbers.order.get(nodes.len()).cloned() {
        let id = ModuleId(nodes.len() as u32);
        let file = Arc::clone(&found[&url]);
        let targets = file.targets.iter().filter_map(|reach| reach.link(&mut |url| Some(numbers.of(url)))).collect();
        let declared = file.declarations.iter().map(|(described, url, _)| (*described, numbers.of(url)));
        let declarations = declared.collect();
        nodes.push(Node { id, file, targets, declarations });
    }
    nodes
}

impl Reach {
    /// The same with a number; none for a module without one.
    fn link(&self, number: &mut dyn FnMut(&Arc<str>) -> Option<ModuleId>) -> Option<Link> {
        Some(match self {
            Reach::Std(name) => Link::Std(name.clone()),
            Reach::Missing(complaint) => Link::Missing(complaint.clone()),
            Reach::File(url, _) => Link::Module(number(url)?),
        })
    }
}

impl<U: Send + Sync> Walked<U> {
    /// Takes up a file that changed, if the program has the same modules after that.
    fn reload<S: Stage<Unit = U>>(&mut self, walker: &Walker<'_, S>, url: &Arc<str>) -> bool {
        let Some(id) = self.ids.get(url).copied() else { return true };
        let node = &self.nodes[id.index()];
        let file = walker.load(url, &node.found);
        let links = file.targets.iter().map(|reach| reach.link(&mut |url| self.ids.get(url).copied()));
        let Some(targets) = links.collect::<Option<Vec<Link>>>() else { return false };
        let is_kept = |link: &Link| match link {
            Link::Module(other) => targets.contains(link) || self.entries.contains(other),
            Link::Std(_) | Link::Missing(_) => true,
        };
        let declared = file.declarations.iter();
        let declared = declared.map(|(described, url, _)| Some((*described, self.ids.get(url).copied()?)));
        let keeps_all = node.targets.iter().all(is_kept);
        match declared.collect::<Option<Vec<_>>>() {
            Some(declarations) if keeps_all && declarations == node.declarations => {
                self.nodes[id.index()] = Node { id, file, targets, declarations };
            }
            _ => return false,
        }
        keeps_all
    }
}

fn is_same(known: &[PathBuf], paths: &[PathBuf]) -> bool {
    // Bytes are compared faster than components.
    known.len() == paths.len() && known.iter().zip(paths).all(|(known, path)| known.as_os_str() == path.as_os_str())
}

struct Numbers {
    ids: FxHashMap<Arc<str>, ModuleId>,
    /// By id.
    order: Vec<Arc<str>>,
}

impl Numbers {
    fn new<'a>(known: impl Iterator<Item = &'a Arc<str>>) -> Numbers {
        let mut numbers = Numbers { ids: FxHashMap::default(), order: Vec::new() };
        known.for_each(|url| _ = numbers.of(url));
        numbers
    }

    fn of(&mut self, url: &Arc<str>) -> ModuleId {
        *self.ids.entry(Arc::clone(url)).or_insert_with(|| {
            self.order.push(Arc::clone(url));
            // A program of more files than that does not fit into memory.
            ModuleId((self.order.len() - 1) as u32)
        })
    }
}
