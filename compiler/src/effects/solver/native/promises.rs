//! Promises that the program settles itself.

use super::super::super::heap::Cause;
use super::super::super::natives::{Base, Place};
use super::super::super::world::{Kind, NodeIx, ObjectIx};
use super::super::{CallKind, Solver};
use super::Native;

impl Solver {
    /// A promise, and two functions that settle it.
    pub(super) fn resolvers(&mut self, native: &mut Native) {
        let all = self.fresh(native, self.natives.object);
        let prototype = match self.natives.get(native.native).is_some_and(|it| it.module == "corona") {
            true => self.natives.future,
            false => self.natives.promise,
        };
        let promise = self.made(native, Kind::Fresh(prototype));
        let settled = self.alone(promise);
        let [resolve, reject] = self.settlers(native, settled);
        for (word, object) in [("promise", promise), ("resolve", resolve), ("reject", reject)] {
            let name = self.names.intern(word);
            let node = self.field_node(all, name);
            self.heap.seed(Cause::Rule(native.rule), node, object);
        }
    }

    /// Calls what `new Promise` was given.
    pub(super) fn executor(&mut self, native: &mut Native) {
        let settlers = self.settlers(native, native.result).map(|settler| (self.alone(settler), false));
        let none = Place { base: Base::None, path: Vec::new() };
        let callees = self.read_place(native, &Place { base: Base::Argument(0), path: Vec::new() });
        self.call_nodes(native, CallKind::Call, callees, (NodeIx::NONE, settlers.to_vec()), &none);
    }

    /// Two functions that settle the promise that a node holds: bound to it.
    fn settlers(&mut self, native: &mut Native, promise: NodeIx) -> [ObjectIx; 2] {
        ["Promise.resolver", "Promise.rejecter"].map(|path| {
            let settler = self.natives.at(path).unwrap_or(self.natives.unknown);
            let call = self.call_made(native, CallKind::Call, NodeIx::NONE, vec![(promise, false)], NodeIx::NONE);
            let object = self.made(native, Kind::Bound(call));
            let target = self.field_node(object, self.words.content);
            self.heap.seed(Cause::Rule(native.rule), target, settler);
            object
        })
    }
}
