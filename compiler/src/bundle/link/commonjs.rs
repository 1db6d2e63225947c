//! What ES modules pass on of CommonJS by `export *`. Importers ask for a name, and the module that runs answers; what an
//! entry exports must be said before, and is what the text tells, as Node takes it from there.

use super::{Bound, Linker, Ref};
use crate::bundle::load::{ModuleIndex, Target};
use crate::syntax::bundle::{AskForm, Name};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

impl Linker<'_> {
    /// Adds to `exports` of a module what CommonJS modules have that it passes on, unless two of them do.
    pub(super) fn export_commonjs(&mut self, module: ModuleIndex, exports: &mut BTreeMap<Name, Bound>) {
        let mut found: BTreeMap<Name, Option<Ref>> = BTreeMap::new();
        let known: FxHashSet<Name> = self.names(module).into_iter().collect();
        for star in self.running_stars(module) {
            for name in self.commonjs_names(star.module) {
                if !known.contains(&name) && &*name != "default" && &*name != "__esModule" {
                    found.entry(name).and_modify(|it| *it = None).or_insert(Some(star));
                }
            }
        }
        let certain = found.into_iter().filter_map(|(name, star)| Some((name.clone(), Bound::Member(star?, name))));
        exports.extend(certain);
    }

    /// Names that a CommonJS module has, by its text and that of those whose exports are its own.
    fn commonjs_names(&self, module: ModuleIndex) -> FxHashSet<Name> {
        let (mut names, mut seen, mut todo) = (FxHashSet::default(), FxHashSet::default(), vec![module]);
        while let Some(next) = todo.pop() {
            // Externals are in no module of the build.
            let Some(it) = self.modules.get(next).filter(|_| seen.insert(next)) else { continue };
            if it.record.esm {
                names.extend(self.names(next));
                continue;
            }
            names.extend(it.record.commonjs.names.iter().map(|name| Name::from(name.as_str())));
            let asked = it.record.requests.iter().zip(&it.targets);
            todo.extend(asked.filter_map(|(ask, target)| match target {
                Target::Module(target) if ask.form == AskForm::Require => {
                    it.record.commonjs.reexports.contains(&ask.specifier).then_some(*target)
                }
                _ => None,
            }));
        }
        names
    }
}
