//! Getters and setters: what reading and writing fields runs.

use super::super::values::{Eye, FrameIx, Thing, Values};
use super::super::world::{Kind, ModuleIx, Name};
use super::{How, Runs};
use crate::facts::{ObjectKind, ValueId, field};

/// What an access may run of a thing.
struct Access {
    /// The accessor of this name.
    own: Option<Name>,
    /// Accessors whose names are not known.
    any: Option<Name>,
    /// The key is not known: it may be any whose name begins so.
    all: Option<&'static str>,
    /// Of a Proxy.
    trap: Name,
}

impl Access {
    fn runs_something(&self) -> bool {
        self.own.is_some() || self.any.is_some() || self.all.is_some()
    }
}

impl Eye<'_> {
    pub(super) fn read_runs(&mut self, module: ModuleIx, base: ValueId, field: Name, frame: FrameIx) -> Runs {
        let (words, getter) = (&self.solver.words, |(getter, _): (Name, Name)| getter);
        let [own, any] = [field, words.element].map(|name| self.solver.accessor(name).map(getter));
        let all = (field == words.any && self.solver.has_accessors()).then_some(field::GETTER);
        let access = Access { own, any, all, trap: words.trap_get };
        if !access.runs_something() && !self.solver.has_proxies() {
            return Runs::default();
        }
        self.access_runs((module, base, frame), &access, How::Getter(field), &Values::default())
    }

    pub(super) fn write_runs(
        &mut self,
        module: ModuleIx,
        (base, from): (ValueId, ValueId),
        field: Name,
        frame: FrameIx,
    ) -> Runs {
        let (words, setter) = (&self.solver.words, |(_, setter): (Name, Name)| setter);
        let [own, any] = [field, words.element].map(|name| self.solver.accessor(name).map(setter));
        let all = (field == words.element && self.solver.has_accessors()).then_some(field::SETTER);
        let access = Access { own, any, all, trap: words.trap_set };
        if !access.runs_something() && !self.solver.has_proxies() {
            return Runs::default();
        }
        let value = self.value(module, from, frame);
        self.access_runs((module, base, frame), &access, How::Setter(field), &value)
    }

    fn access_runs(
        &mut self,
        (module, base, frame): (ModuleIx, ValueId, FrameIx),
        access: &Access,
        how: How,
        argument: &Values,
    ) -> Runs {
        let bases = self.value(module, base, frame);
        let mut runs = Runs::of(how);
        runs.certain = bases.is_certain();
        for thing in &bases.things {
            let certain = runs.certain;
            runs.certain &= !self.trapped(*thing, access.trap, argument, &mut runs);
            if let Some(accessor) = access.own {
                self.methods(*thing, accessor, argument.clone(), &mut runs);
            }
            runs.certain = false;
            if let Some(accessor) = access.any {
                self.methods(*thing, accessor, argument.clone(), &mut runs);
            }
            if let Some(start) = access.all {
                self.all_accessors(*thing, start, argument, &mut runs);
            }
            runs.certain = certain;
        }
        runs
    }

    /// Runs every accessor that a key which is not known may mean, inherited ones among them.
    fn all_accessors(&mut self, thing: Thing, start: &str, argument: &Values, runs: &mut Runs) {
        let solver = self.solver;
        let mut seen = vec![thing.object];
        let mut at = 0;
        while let Some(object) = seen.get(at).copied() {
            at += 1;
            let has_accessors = matches!(
                solver.objects[object.index()].kind,
                Kind::Site(
                    _,
                    ObjectKind::Literal | ObjectKind::Prototype | ObjectKind::Instance | ObjectKind::Class(_)
                )
            );
            if !has_accessors {
                continue;
            }
            for (name, _) in self.fields(object) {
                let is_meant = |accessed: &str| !accessed.starts_with(['#', '[']);
                if solver.names.text(*name).strip_prefix(start).is_some_and(is_meant) {
                    self.methods(thing, *name, argument.clone(), runs);
                }
            }
            for above in self.prototypes(object) {
                if !seen.contains(&above) {
                    seen.push(above);
                }
            }
        }
    }

    /// Runs what copying the fields of a thing runs.
    pub(super) fn getters(&mut self, thing: Thing, runs: &mut Runs) {
        let certain = runs.certain;
        for trap in self.solver.words.traps_copy {
            runs.certain &= !self.trapped(thing, trap, &Values::default(), runs);
        }
        for (name, _) in self.fields(thing.object) {
            if self.solver.names.text(*name).starts_with(field::GETTER) {
                self.methods(thing, *name, Values::default(), runs);
            }
        }
        runs.certain = certain;
    }
}
