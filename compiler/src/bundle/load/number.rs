//! Numbers for modules, whatever order they were loaded in.

use super::{Key, Lead, Loaded, ModuleIndex, Target, Unit, loaders};
use crate::graph::asked_at;
use crate::resolve::Found;
use rustc_hash::FxHashMap;

/// Modules in the order in which they are met.
#[derive(Default)]
struct Order {
    numbers: FxHashMap<Key, ModuleIndex>,
    /// Keys, and by whom each is asked for first: a module and its request.
    met: Vec<(Key, Option<(ModuleIndex, usize)>)>,
}

impl Order {
    fn meet(&mut self, key: Key, asker: Option<(ModuleIndex, usize)>) -> ModuleIndex {
        if let Some(index) = self.numbers.get(&key) {
            return *index;
        }
        let index = self.met.len();
        self.met.push((key.clone(), asker));
        self.numbers.insert(key, index);
        index
    }
}

/// Numbers the modules, and turns keys to numbers. What did not load is a module without content.
pub(super) fn number(roots: Vec<(Key, Option<Found>)>, mut units: FxHashMap<Key, Unit>, loaded: &mut Loaded) {
    let mut order = Order::default();
    for (key, _) in roots {
        let is_entry = key != Key::Runtime;
        let index = order.meet(key, None);
        if is_entry && !loaded.entries.contains(&index) {
            loaded.entries.push(index);
        }
    }
    while let Some((key, asker)) = order.met.get(loaded.modules.len()) {
        let (key, asker) = (key.clone(), *asker);
        let index = loaded.modules.len();
        let unit = units.remove(&key).unwrap_or_else(|| Unit::without(Vec::new()));
        let mut targets = Vec::with_capacity(unit.asked.leads.len());
        for (request, lead) in unit.asked.leads.into_iter().enumerate() {
            targets.push(match lead {
                Lead::Module(key, _) => Target::Module(order.meet(key, Some((index, request)))),
                Lead::External(specifier) => Target::External(specifier),
                Lead::Asset(asset) => Target::Asset(loaded.add_asset(asset)),
                Lead::Missing => Target::Missing,
            });
        }
        let place = || {
            let (module, request) = asker?;
            let module = loaded.modules.get(module)?;
            let place = module.record.requests.get(request)?.place;
            Some(module.source.place(place.offset as usize, place.length as usize))
        };
        let complaints = unit.complaints.into_iter().chain(unit.asked.complaints);
        let complaints: Vec<_> = complaints.map(|it| asked_at(it, place)).collect();
        loaded.diagnostics.extend(complaints);
        let mut module = unit.module.unwrap_or_else(|| loaders::broken(&key));
        if let Key::File { path, .. } = key {
            loaded.watched.push(path);
        }
        module.targets = targets;
        loaded.modules.push(module);
    }
    loaded.watched.sort_unstable_by(|left, right| left.as_os_str().cmp(right.as_os_str()));
    loaded.watched.dedup();
}
