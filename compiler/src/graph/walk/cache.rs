//! What walks remember of each other: files by URL, good until somebody says that they changed.

use super::{Built, Reach};
use crate::resolve::Found;
use crate::source::Source;
use rustc_hash::FxHashMap;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One file: its text, what became of it, and where its requests lead.
#[derive(Debug)]
pub(crate) struct File<U> {
    pub(crate) found: Arc<Found>,
    /// A `file:` URL.
    pub(crate) url: Arc<str>,
    pub(crate) source: Source,
    /// Of the text.
    pub(crate) hash: u64,
    pub(crate) readable: bool,
    pub(crate) built: Arc<Built<U>>,
    pub(super) targets: Vec<Reach>,
    pub(super) declarations: Vec<super::Declared>,
    /// Whether the disk need not be asked.
    pub(super) fresh: bool,
    /// Of files coming and going, when the targets were resolved.
    pub(super) generation: u64,
}

impl<U> File<U> {
    /// The same, to change something in it.
    pub(super) fn twin(&self) -> File<U> {
        File {
            found: Arc::clone(&self.found),
            url: Arc::clone(&self.url),
            source: self.source.clone(),
            built: Arc::clone(&self.built),
            targets: self.targets.clone(),
            declarations: self.declarations.clone(),
            ..*self
        }
    }
}

/// Files of earlier walks.
#[derive(Debug)]
pub(crate) struct Cache<U> {
    state: Mutex<State<U>>,
}

#[derive(Debug)]
struct State<U> {
    files: HashMap<Arc<str>, Arc<File<U>>>,
    generation: u64,
    /// URLs of files that may have changed since the last walk.
    stale: Vec<Arc<str>>,
    /// By URL. Every module that asks for a file has the one here.
    found: FxHashMap<Arc<str>, Arc<Found>>,
}

impl<U> Default for Cache<U> {
    fn default() -> Cache<U> {
        Cache {
            state: Mutex::new(State {
                files: HashMap::new(),
                generation: 0,
                stale: Vec::new(),
                found: FxHashMap::default(),
            }),
        }
    }
}

impl<U> Cache<U> {
    /// The text of `path` may have changed: the next walk reads it again, and builds it again if its hash differs.
    /// One that is not there any more is forgotten. Whether the file is known, and was there.
    pub(crate) fn changed(&self, path: &Path, is_there: bool) -> bool {
        let mut readable = false;
        let State { files, stale, .. } = &mut *self.lock();
        // Bytes are compared faster than components.
        let is_meant = |file: &File<U>| file.found.path.as_os_str() == path.as_os_str();
        for file in files.values_mut().filter(|file| is_meant(file)) {
            readable |= file.readable;
            *file = Arc::new(File { fresh: false, ..file.twin() });
            stale.push(Arc::clone(&file.url));
        }
        if !is_there {
            files.retain(|_, file| !is_meant(file));
        }
        readable
    }

    /// Files came or went: requests may lead elsewhere. The resolver has to be told as well.
    pub(crate) fn moved(&self) {
        self.lock().generation += 1;
    }

    /// Settings that the units were built with have changed.
    pub(crate) fn clear(&self) {
        let mut state = self.lock();
        state.files.clear();
        state.found.clear();
        state.generation += 1;
    }

    /// A walk begins: what may have changed since the last one.
    pub(super) fn begin(&self) -> (Vec<Arc<str>>, u64) {
        let mut state = self.lock();
        (std::mem::take(&mut state.stale), state.generation)
    }

    /// What was found with its URL, shared with all who found the same.
    pub(super) fn share(&self, found: Found) -> (Arc<str>, Arc<Found>) {
        let url: Arc<str> = found.url().into();
        let known = &mut self.lock().found;
        if let Some((url, known)) = known.get_key_value(&url).filter(|(_, known)| ***known == found) {
            return (Arc::clone(url), Arc::clone(known));
        }
        let found = Arc::new(found);
        known.insert(Arc::clone(&url), Arc::clone(&found));
        (url, found)
    }

    pub(super) fn get(&self, url: &str) -> Option<Arc<File<U>>> {
        self.lock().files.get(url).cloned()
    }

    pub(super) fn put(&self, file: File<U>) -> Arc<File<U>> {
        let file = Arc::new(file);
        self.lock().files.insert(Arc::clone(&file.url), Arc::clone(&file));
        file
    }

    pub(super) fn generation(&self) -> u64 {
        self.lock().generation
    }

    fn lock(&self) -> MutexGuard<'_, State<U>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
