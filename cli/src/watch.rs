//! Which files have changed: of those that a program depends on, and in folders that the user named. Knows nothing of
//! what is done then.
//!
//! Truth is what stands on the disk, compared with what stood there before; events only say when and where to look. So a
//! lost event, a folder that was replaced, or a file system without events (`--poll`) change nothing but the time.
//! Folders are watched rather than files, because editors save by renaming another file over the old one.

mod files;
pub(crate) mod state;
mod trees;

use files::{Events, Hint, Refusal};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use state::State;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::os::fd::BorrowedFd;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use trees::{Exclude, Tree};

/// So long nothing may change before a change is reported: one save is several events, one checkout thousands.
const QUIET: Duration = Duration::from_millis(15);
/// A change is reported after so long even if others go on.
const QUIET_MAX: Duration = Duration::from_secs(2);
/// How often to look where the system gives no further watches.
const FALLBACK_POLL: Duration = Duration::from_millis(500);

/// Files beside those of a program that decide what becomes of it.
pub(crate) const ALWAYS: &[&str] = &[".env", "package.json", "tsconfig.json", "corona.json"];

/// What the user says about watching.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// Files and folders beside those that the program depends on.
    pub(crate) paths: Vec<PathBuf>,
    /// Patterns of what is left out.
    pub(crate) exclude: Vec<String>,
    /// Look so often instead of waiting for events.
    pub(crate) poll: Option<Duration>,
}

/// A path on which the program depends.
struct Dependency {
    state: State,
    /// The latest generation of the program that asked for it.
    generation: u64,
}

/// What has changed.
pub(crate) struct Change {
    pub(crate) paths: Vec<PathBuf>,
    /// When the first of it was seen.
    pub(crate) since: Instant,
}

/// See the module.
pub(crate) struct Watch {
    folder: PathBuf,
    exclude: Exclude,
    dependencies: HashMap<PathBuf, Dependency>,
    /// By root.
    trees: HashMap<PathBuf, Tree>,
    /// `None`: it polls.
    events: Option<Events>,
    /// By real path, under which their events come: all names that lead there, through links or not.
    watched: HashMap<PathBuf, HashSet<PathBuf>>,
    poll: Option<Duration>,
    next_poll: Option<Instant>,
    changed: BTreeSet<PathBuf>,
    /// When the first and when the last change was seen.
    since: Option<(Instant, Instant)>,
    notice: Option<String>,
}

/// Depended upon by every generation.
const FOREVER: u64 = u64::MAX;

impl Watch {
    /// Watches what `options` name, and `always`, which need not exist. Relative paths are meant from `folder`.
    pub(crate) fn new(folder: &Path, options: &Options, always: &[&str]) -> Result<Watch, String> {
        let exclude = Exclude::new(folder, &options.exclude)?;
        let (events, poll, notice) = match (options.poll, Events::new) {
            (Some(poll), _) => (None, Some(poll), None),
            (None, new) => match new() {
                Ok(events) => (Some(events), None, None),
                Err(error) => (None, Some(FALLBACK_POLL), Some(format!("no events of the file system ({error})"))),
            },
        };
        let mut watch = Watch {
            folder: folder.to_path_buf(),
            exclude,
            dependencies: HashMap::new(),
            trees: HashMap::new(),
            events,
            watched: HashMap::new(),
            poll,
            next_poll: poll.map(|poll| Instant::now() + poll),
            changed: BTreeSet::new(),
            since: None,
            notice: notice.map(|it| it + ": looking at the files instead"),
        };
        let named = options.paths.iter().map(PathBuf::as_path).chain(always.iter().map(Path::new));
        for path in named.map(|path| folder.join(path).components().collect::<PathBuf>()) {
            if path.is_dir() {
                watch.trees.insert(path.clone(), Tree::read(&path, &watch.exclude));
            }
            let state = State::of(&path);
            watch.dependencies.insert(path, Dependency { state, generation: FOREVER });
        }
        watch.adjust();
        Ok(watch)
    }

    /// A generation of the program depends on these paths, where it found what is written beside them.
    pub(crate) fn depends_on(&mut self, generation: u64, paths: Vec<(PathBuf, String)>) {
        let known_before = self.dependencies.len();
        for (path, found) in paths {
            if self.exclude.has(&path, false) {
                continue;
            }
            let state = State::of(&path);
            if state.to_string() != found {
                self.note(path.clone()); // it has changed since the program looked
            }
            let known = self.dependencies.entry(path).or_insert(Dependency { state: State::Missing, generation });
            known.state = state;
            known.generation = known.generation.max(generation);
        }
        if self.dependencies.len() == known_before {
            return;
        }
        // Between the look at a path and the watch on its folder it may have changed.
        let added = self.adjust();
        if !added.is_empty() {
            self.rescan(&Scope::Places(added.into_iter().collect()));
        }
    }

    /// Whatever only older generations depended on is watched no more.
    pub(crate) fn forget_before(&mut self, generation: u64) {
        self.dependencies.retain(|_, it| it.generation >= generation);
        self.adjust();
    }

    /// How many files there are to watch.
    pub(crate) fn count(&self) -> usize {
        let is_file = |it: &&Dependency| matches!(it.state, State::File { .. });
        let in_trees = self.trees.values().flat_map(|tree| tree.files.keys());
        self.dependencies.values().filter(is_file).count()
            + in_trees.filter(|path| !self.dependencies.contains_key(*path)).count()
    }

    /// Something to tell the user, once.
    pub(crate) fn take_notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    /// Readable when [`Watch::look`] should be called. `None`: only time tells.
    pub(crate) fn bell(&self) -> Option<BorrowedFd<'_>> {
        self.events.as_ref().map(Events::bell)
    }

    /// When to call [`Watch::look`] at the latest.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        let settled = self.since.map(|(first, last)| (first + QUIET_MAX).min(last + QUIET));
        [settled, self.next_poll].into_iter().flatten().min()
    }

    /// Takes in what has happened. What has changed, once it has come to rest.
    pub(crate) fn look(&mut self) -> Option<Change> {
        let hints = self.events.as_ref().map(Events::take).unwrap_or_default();
        if !hints.is_empty() {
            self.follow(hints);
        }
        let now = Instant::now();
        if self.next_poll.is_some_and(|next| next <= now) {
            self.rescan(&Scope::Everywhere);
            self.schedule();
        }
        let (first, last) = self.since?;
        if now < (first + QUIET_MAX).min(last + QUIET) {
            return None;
        }
        self.since = None;
        Some(Change { paths: std::mem::take(&mut self.changed).into_iter().collect(), since: first })
    }

    /// Waits for the next change.
    pub(crate) fn next(&mut self) -> Change {
        loop {
            if let Some(change) = self.look() {
                return change;
            }
            wait(self.bell().as_slice(), self.deadline());
        }
    }

    fn note(&mut self, path: PathBuf) {
        let now = Instant::now();
        self.since = Some((self.since.map_or(now, |(first, _)| first), now));
        self.changed.insert(path);
    }

    fn follow(&mut self, hints: Vec<Hint>) {
        let (mut everywhere, mut places) = (false, HashSet::new());
        for hint in hints {
            match hint {
                Hint::Anything => everywhere = true,
                Hint::Touched(path) => places.extend(self.names_of(&path)),
                Hint::Written(path) => {
                    for name in self.names_of(&path) {
                        // Two writes within one tick of the system's clock look the same from outside.
                        if let Some(dependency) = self.dependencies.get_mut(&name) {
                            dependency.state = State::of(&name);
                            self.note(name);
                        } else {
                            places.insert(name);
                        }
                    }
                }
                Hint::Moved(path) => {
                    places.extend(self.names_of(&path));
                    // What was watched below may be another folder now, under the same name.
                    for (folder, _) in self.watched.extract_if(|it, _| it.starts_with(&path)) {
                        self.events.iter_mut().for_each(|events| events.remove(&folder));
                    }
                }
            }
        }
        self.rescan(&if everywhere { Scope::Everywhere } else { Scope::Places(places) });
        if self.next_poll.is_none() {
            self.schedule();
        }
    }

    /// Every name under which the program may know what an event calls `path`, or something below it.
    fn names_of(&self, path: &Path) -> Vec<PathBuf> {
        let mut names = vec![path.to_path_buf()];
        if let (Some(folder), Some(name)) = (path.parent(), path.file_name()) {
            names.extend(self.watched.get(folder).into_iter().flatten().map(|alias| alias.join(name)));
        }
        let below = self.watched.iter().filter(|(real, _)| real.starts_with(path));
        names.extend(below.flat_map(|(_, aliases)| aliases.iter().cloned()));
        names
    }

    /// Compares what stands in the scope with what stood there. Folders that become watched meanwhile are looked at once
    /// more: something may have happened before they were.
    fn rescan(&mut self, scope: &Scope) {
        self.compare(scope);
        loop {
            let added = self.adjust();
            if added.is_empty() {
                return;
            }
            self.compare(&Scope::Places(added.into_iter().collect()));
        }
    }

    /// When to look without an event: always, or for a working directory that is gone, which nobody tells of when it
    /// comes back.
    fn schedule(&mut self) {
        let gone = || (!self.folder.is_dir()).then_some(FALLBACK_POLL);
        self.next_poll = self.poll.or_else(gone).map(|pause| Instant::now() + pause);
    }

    fn compare(&mut self, scope: &Scope) {
        let mut changed = Vec::new();
        for (path, dependency) in self.dependencies.iter_mut().filter(|(path, _)| scope.covers(path)) {
            let state = State::of(path);
            if state != dependency.state {
                dependency.state = state;
                changed.push(path.clone());
            }
        }
        for (root, tree) in self.trees.iter_mut().filter(|(root, _)| scope.touches(root)) {
            let newer = Tree::read(root, &self.exclude);
            changed.extend(tree.changes(&newer).cloned());
            *tree = newer;
        }
        changed.into_iter().for_each(|path| self.note(path));
    }

    /// Watches exactly the folders that have to be watched; gives the names of those that are new.
    fn adjust(&mut self) -> Vec<PathBuf> {
        let Some(events) = &mut self.events else { return Vec::new() };
        let mut wanted: HashMap<PathBuf, HashSet<PathBuf>> = HashMap::new();
        for folder in wanted_folders(&self.dependencies, &self.trees, &self.folder) {
            if let Ok(real) = folder.canonicalize() {
                wanted.entry(real).or_default().insert(folder);
            }
        }
        for (folder, _) in self.watched.extract_if(|folder, _| !wanted.contains_key(folder)) {
            events.remove(&folder);
        }
        let mut added = Vec::new();
        for (folder, names) in wanted {
            if let Some(known) = self.watched.get_mut(&folder) {
                added.extend(names.difference(known).cloned());
                *known = names;
                continue;
            }
            match events.add(&folder) {
                Ok(()) => {
                    added.extend(names.iter().cloned());
                    self.watched.insert(folder, names);
                }
                // Gone again, or not for us to read: the folder above tells when that changes.
                Err(Refusal::Other) => {}
                Err(Refusal::TooMany) => {
                    self.events = None;
                    self.watched.clear();
                    self.poll = Some(FALLBACK_POLL);
                    self.next_poll = Some(Instant::now());
                    self.notice = Some("the system gives no further watches: looking at the files instead".to_owned());
                    return Vec::new();
                }
            }
        }
        added
    }
}

/// The folders whose events tell of changes.
fn wanted_folders(
    dependencies: &HashMap<PathBuf, Dependency>,
    trees: &HashMap<PathBuf, Tree>,
    top: &Path,
) -> HashSet<PathBuf> {
    let mut wanted = HashSet::new();
    dependencies.keys().for_each(|path| add_folders(&mut wanted, path, top));
    wanted.extend(trees.values().flat_map(|tree| tree.folders.iter().cloned()));
    wanted
}

/// Adds the folders whose events tell of `path`: its own, and those above it, which may be replaced; up to the working
/// directory, or one step where it lies elsewhere.
fn add_folders(wanted: &mut HashSet<PathBuf>, path: &Path, top: &Path) {
    let mut found = 0;
    for folder in path.ancestors().skip(1) {
        let is_below = folder.starts_with(top);
        if is_below && wanted.contains(folder) {
            return; // and so are those above it
        }
        if found == 0 && !folder.is_dir() {
            continue;
        }
        wanted.insert(folder.to_path_buf());
        found += 1;
        if if is_below { folder == top } else { found == 2 } {
            return;
        }
    }
}

/// Returns when one of them can be read, or at the deadline; sometimes for nothing.
pub(crate) fn wait(bells: &[BorrowedFd<'_>], deadline: Option<Instant>) {
    let mut entries: Vec<PollFd<'_>> = bells.iter().map(|bell| PollFd::new(bell, PollFlags::IN)).collect();
    let limit = deadline.map(|at| {
        // Rounded up: a nanosecond early would be a turn for nothing.
        let left = at.saturating_duration_since(Instant::now()) + Duration::from_micros(1);
        Timespec { tv_sec: left.as_secs() as i64, tv_nsec: i64::from(left.subsec_nanos()) }
    });
    let _ = poll(&mut entries, limit.as_ref()); // interrupted: by a signal that rings its own bell
}

/// Where to look.
enum Scope {
    Everywhere,
    /// At these paths and at what lies below them.
    Places(HashSet<PathBuf>),
}

impl Scope {
    fn covers(&self, path: &Path) -> bool {
        match self {
            Scope::Everywhere => true,
            Scope::Places(places) => path.ancestors().any(|it| places.contains(it)),
        }
    }

    /// Whether it covers the folder, or something in it.
    fn touches(&self, folder: &Path) -> bool {
        match self {
            Scope::Everywhere => true,
            Scope::Places(places) => self.covers(folder) || places.iter().any(|it| it.starts_with(folder)),
        }
    }
}
