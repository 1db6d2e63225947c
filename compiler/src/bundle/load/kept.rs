//! What a build leaves to the next one: every module as it was loaded, until its file changes.

use super::{Key, Loading, Unit};
use crate::resolve::Found;
use crate::source;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Default)]
pub(in crate::bundle) struct Kept {
    units: Mutex<HashMap<Key, Entry>>,
    /// Of files coming and going.
    generation: u64,
}

#[derive(Clone)]
struct Entry {
    unit: Arc<Unit>,
    /// When its requests were followed.
    generation: u64,
}

impl Kept {
    /// The file may have changed, come or gone. Whether requests may lead elsewhere now: then the resolver must forget what
    /// it knows.
    pub(in crate::bundle) fn changed(&mut self, path: &Path, is_there: bool) -> bool {
        let units = self.units.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut was_there = false;
        units.retain(|key, entry| {
            let is_it = matches!(key, Key::File { path: file, .. } if file == path);
            was_there |= is_it && entry.unit.was_read();
            !is_it
        });
        // Settings may be spread over files of any name.
        let may_be_settings = !was_there && path.extension().is_some_and(|ending| ending == "json");
        if may_be_settings || source::decides_how_files_are_read(path) {
            units.clear();
        } else if was_there && is_there {
            return false;
        }
        // Files that are no modules, source maps for one, are found along with what a module asks for.
        self.generation += 1;
        true
    }

    /// A module, loaded now or before.
    pub(super) fn unit(&self, key: &Key, found: Option<&Found>, loading: &Loading<'_>) -> Unit {
        let generation = self.generation;
        let known = self.lock().get(key).cloned();
        let unit = match known {
            Some(entry) if entry.generation == generation => return Unit::clone(&entry.unit),
            Some(entry) => {
                let mut unit = Unit::clone(&entry.unit);
                unit.asked = unit.module.as_mut().map(|module| loading.ask(module)).unwrap_or_default();
                unit
            }
            None => loading.unit(key, found),
        };
        let entry = Entry { unit: Arc::new(unit.clone()), generation };
        self.lock().insert(key.clone(), entry);
        unit
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Entry>> {
        self.units.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
