//! What comes out of promises and generators, in the call that made them.

use super::super::world::{Kind, ModuleIx, ObjectIx};
use super::{DEPTH_MAX, Eye, FrameIx, Values};
use crate::facts::{ObjectKind, ValueId};

impl Eye<'_> {
    /// What an async function gives when it is waited for.
    pub(super) fn awaited(&mut self, module: ModuleIx, value: ValueId, frame: FrameIx) -> Option<Values> {
        let promises = self.value(module, value, frame);
        self.come_to(promises, 0)
    }

    /// What promises come to; one that an async function returns is waited for in turn.
    fn come_to(&mut self, promises: Values, depth: usize) -> Option<Values> {
        let mut values = Values { things: Vec::new(), vague: promises.vague };
        for thing in promises.things {
            match self.solver.objects[thing.object.index()].kind {
                Kind::Site(module, ObjectKind::Promise(function))
                    if thing.frame != FrameIx::ANY && depth < DEPTH_MAX =>
                {
                    let returns = self.solver.module(module).facts.function(function).returns;
                    let returned = self.value(module, returns, thing.frame);
                    values.add(self.come_to(returned, depth + 1)?);
                }
                _ if self.solver.is_promise(thing.object) => return None,
                Kind::Site(_, ObjectKind::Instance) if self.has_content(thing.object) => return None,
                _ => values.add(Values { things: vec![thing], vague: false }),
            }
        }
        Some(values)
    }

    /// Whether an instance is of a class that extends `Promise`, and comes to something.
    fn has_content(&mut self, object: ObjectIx) -> bool {
        let content = self.field_node(object, self.solver.words.content);
        content.is_some_and(|node| !self.objects(node).is_empty())
    }

    /// What generators give.
    pub(super) fn elements(&mut self, module: ModuleIx, source: ValueId, frame: FrameIx) -> Option<Values> {
        let sources = self.value(module, source, frame);
        let mut values = Values { things: Vec::new(), vague: true };
        for thing in &sources.things {
            match self.solver.objects[thing.object.index()].kind {
                Kind::Site(module, ObjectKind::Generator(function)) if thing.frame != FrameIx::ANY => {
                    let yields = self.solver.module(module).facts.function(function).yields;
                    values.add(self.value(module, yields, thing.frame));
                }
                _ => return None,
            }
        }
        Some(values)
    }
}
