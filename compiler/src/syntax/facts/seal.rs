//! The last look at the facts of a module. Values that say nothing are left out: temporaries that only hand on what they
//! hold, and results that nobody looks at. They are a quarter of all, and a large program is held in memory as a whole.

use super::{Lowering, Place};
use crate::facts::{
    Exported, ModuleFacts, Name, OpKind, Param, SectionId, StandbyId, Timing, Value, ValueId, ValueKind,
};
use std::ops::Range;

/// What grows in several places at once while a module is lowered, and becomes ranges of one list at the end.
#[derive(Default)]
pub(super) struct Loose {
    /// By object: [`ModuleFacts::declared`].
    pub(super) declared: Vec<Vec<Name>>,
    /// By function.
    pub(super) params: Vec<Vec<Param>>,
    /// By operation.
    pub(super) around: Vec<Place>,
}

impl Lowering<'_> {
    pub(super) fn seal(mut self) -> ModuleFacts {
        let (facts, loose) = (&mut self.facts, &self.loose);
        for (object, declared) in facts.objects.iter_mut().zip(&loose.declared) {
            object.declared = appended(&mut facts.declared, declared);
        }
        for (function, params) in facts.functions.iter_mut().zip(&loose.params) {
            function.params = appended(&mut facts.params, params);
        }
        let mut kept = seen(facts);
        let mut census = Census::new(facts, &kept);
        let same = hand_on(facts, &mut kept, &mut census);
        leave_out_operations(facts, &mut kept, &mut census, &same);
        leave_out_values(facts, &kept, &census, &same);
        keep_operations(facts, &kept, &loose.around);
        facts.names.seal();
        facts.functions.shrink_to_fit();
        facts.params.shrink_to_fit();
        facts.values.shrink_to_fit();
        facts.objects.shrink_to_fit();
        facts.declared.shrink_to_fit();
        facts.calls.shrink_to_fit();
        facts.arguments.shrink_to_fit();
        facts.sections.shrink_to_fit();
        facts.imports.shrink_to_fit();
        facts.exports.shrink_to_fit();
        self.facts
    }
}

fn appended<T: Copy>(all: &mut Vec<T>, new: &[T]) -> (u32, u32) {
    let start = all.len() as u32;
    all.extend_from_slice(new);
    (start, all.len() as u32)
}

/// Leaves out the other operations, and puts those that are left in the order of their functions. Takes down what is
/// around them.
fn keep_operations(facts: &mut ModuleFacts, kept: &[bool], places: &[Place]) {
    let mut ops = Vec::with_capacity(kept.iter().filter(|kept| **kept).count());
    let (mut around, mut timings) = (Stretches::new(SectionId::NONE), Stretches::new(Timing::Now));
    let mut stand_in = Stretches::new(StandbyId::NONE);
    for function in &mut facts.functions {
        let first = ops.len() as u32;
        for at in range(function.ops).filter(|at| kept[*at]) {
            let Place { section, timing, standby } = places[at];
            around.add(ops.len(), section);
            timings.add(ops.len(), timing);
            stand_in.add(ops.len(), standby);
            ops.push(facts.ops[at]);
        }
        function.ops = (first, ops.len() as u32);
    }
    facts.ops = ops;
    (facts.around, facts.timings, facts.stand_in) = (around.done(), timings.done(), stand_in.done());
}

/// What is the same for many operations in a row: from which on it is which.
struct Stretches<T> {
    starts: Vec<(u32, T)>,
    last: T,
}

impl<T: Copy + PartialEq> Stretches<T> {
    fn new(first: T) -> Stretches<T> {
        Stretches { starts: Vec::new(), last: first }
    }

    fn add(&mut self, op: usize, what: T) {
        if self.last != what {
            self.starts.push((op as u32, what));
            self.last = what;
        }
    }

    fn done(mut self) -> Vec<(u32, T)> {
        self.starts.shrink_to_fit();
        self.starts
    }
}

fn range((start, end): (u32, u32)) -> Range<usize> {
    start as usize..end as usize
}

/// By operation, whether anybody else sees it. Reads and writes count only where the variable belongs to somebody else
/// and may change; that is known at the end.
fn seen(facts: &ModuleFacts) -> Vec<bool> {
    let mut seen = vec![true; facts.ops.len()];
    for (index, function) in facts.functions.iter().enumerate() {
        for at in range(function.ops) {
            if let OpKind::Read { variable } | OpKind::Write { variable, .. } = facts.ops[at].kind {
                let value = facts.value(variable);
                seen[at] = value.owner().index() != index && matches!(value.kind(), ValueKind::Let | ValueKind::Param);
            }
        }
    }
    seen
}

/// What a place in the facts says of the value that it names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The value gets something.
    Gets,
    /// Somebody looks at it.
    Read,
    /// Both, and it is to stay as it is.
    Fixed,
    /// It gets something wherever the function is called.
    Bound,
    /// Callers look at it.
    Result,
}

/// Every place that names a value, in operations that are kept and beyond them.
fn each(facts: &mut ModuleFacts, kept: &[bool], look: &mut impl FnMut(&mut ValueId, Role)) {
    for (op, _) in facts.ops.iter_mut().zip(kept).filter(|(_, kept)| **kept) {
        each_of(&mut op.kind, look);
    }
    for call in &mut facts.calls {
        look(&mut call.callee, Role::Read);
        look(&mut call.this, Role::Read);
        look(&mut call.result, Role::Gets);
    }
    facts.arguments.iter_mut().for_each(|argument| look(&mut argument.value, Role::Read));
    for function in &mut facts.functions {
        look(&mut function.this, Role::Bound);
        look(&mut function.sent, Role::Bound);
        look(&mut function.returns, Role::Result);
        look(&mut function.yields, Role::Result);
        look(&mut function.arguments, Role::Fixed);
    }
    for param in &mut facts.params {
        look(&mut param.value, if param.rest { Role::Fixed } else { Role::Bound });
    }
    for hint in &mut facts.hints {
        look(&mut hint.value, Role::Bound);
        look(&mut hint.class, Role::Read);
    }
    for export in &mut facts.exports {
        if let Exported::Value(value) = &mut export.what {
            look(value, Role::Read);
        }
    }
    let declares = facts.declares.iter_mut().flat_map(|it| it.modules.iter_mut().chain(&mut it.globals));
    let named = facts.globals.iter_mut().chain(declares).map(|(_, value)| value);
    let others = facts.imports.iter_mut().map(|import| &mut import.value);
    let others = others.chain(named).chain(&mut facts.commonjs).chain(&mut facts.thrown).chain(&mut facts.caught);
    others.for_each(|value| look(value, Role::Fixed));
}

fn each_of(op: &mut OpKind, look: &mut impl FnMut(&mut ValueId, Role)) {
    match op {
        OpKind::Assign { to, from } => {
            look(from, Role::Read);
            look(to, Role::Gets);
        }
        OpKind::Allocate { to, .. } => look(to, Role::Gets),
        OpKind::Load { to, base, .. } => {
            look(base, Role::Read);
            look(to, Role::Gets);
        }
        OpKind::LoadMethod { base, .. } => look(base, Role::Read),
        OpKind::Store { base, from, .. } => {
            look(base, Role::Read);
            look(from, Role::Read);
        }
        OpKind::Iterate { source, to, hidden, .. } => {
            look(source, Role::Read);
            look(to, Role::Fixed);
            (1..4).for_each(|next| look(&mut ValueId(hidden.0 + next), Role::Fixed));
            look(hidden, Role::Fixed);
        }
        OpKind::CopyFields { to, from } => {
            look(from, Role::Read);
            look(to, Role::Read);
        }
        OpKind::Coerce { value, .. }
        | OpKind::Trap { base: value, .. }
        | OpKind::Dispose { value, .. }
        | OpKind::Yield { value } => look(value, Role::Read),
        OpKind::Await { value, to, .. } => {
            look(value, Role::Read);
            look(to, Role::Gets);
        }
        OpKind::Import { to, .. } => look(to, Role::Fixed),
        OpKind::Read { variable } => look(variable, Role::Read),
        OpKind::Write { variable, from } => {
            look(variable, Role::Read);
            look(from, Role::Read);
        }
        OpKind::Call(_) => {}
    }
}

/// How often each value gets something, and is looked at.
struct Census {
    gets: Vec<u32>,
    reads: Vec<u32>,
}

impl Census {
    fn new(facts: &mut ModuleFacts, kept: &[bool]) -> Census {
        let count = facts.values.len();
        let mut census = Census { gets: vec![0; count], reads: vec![0; count] };
        // Twice is as good as any number of times.
        each(facts, kept, &mut |value, role| {
            let (gets, reads) = match role {
                _ if value.is_none() => return,
                Role::Gets => (1, 0),
                Role::Read => (0, 1),
                Role::Fixed => (2, 2),
                Role::Bound => (2, 0),
                Role::Result => (0, 2),
            };
            census.gets[value.index()] += gets;
            census.reads[value.index()] += reads;
        });
        census
    }
}

/// By value, the one that it is the same as.
struct Same(Vec<ValueId>);

impl Same {
    fn last(&self, mut value: ValueId) -> ValueId {
        while self.0[value.index()] != value {
            value = self.0[value.index()];
        }
        value
    }
}

/// A temporary that is only assigned to what gets nothing else is the same as that.
fn hand_on(facts: &ModuleFacts, kept: &mut [bool], census: &mut Census) -> Same {
    let mut same = Same((0..facts.values.len() as u32).map(ValueId).collect());
    for (op, kept) in facts.ops.iter().zip(kept).filter(|(_, kept)| **kept) {
        let OpKind::Assign { to, from } = op.kind else { continue };
        let (known, temporary) = (facts.value(to), facts.value(from));
        let is_handed = temporary.kind() == ValueKind::Temporary && census.reads[from.index()] == 1;
        let is_taken = census.gets[to.index()] == 1 && known.owner() == temporary.owner();
        if is_handed && is_taken && same.last(to) != from {
            same.0[from.index()] = to;
            *kept = false;
            census.reads[from.index()] = 0;
            census.gets[to.index()] = census.gets[from.index()];
        }
    }
    same
}

/// What a function holds for itself.
fn is_inner(value: Value) -> bool {
    matches!(value.kind(), ValueKind::Temporary | ValueKind::This | ValueKind::Sent)
}

/// Leaves out operations that only give something to a value that nobody looks at.
fn leave_out_operations(facts: &ModuleFacts, kept: &mut [bool], census: &mut Census, same: &Same) {
    // Backwards, because what goes into such a value is not looked at there either.
    for (op, kept) in facts.ops.iter().zip(kept).rev().filter(|(_, kept)| **kept) {
        let (to, from) = match op.kind {
            OpKind::Assign { to, from } => (same.last(to), from),
            OpKind::Allocate { to, .. } => (same.last(to), ValueId::NONE),
            _ => continue,
        };
        if census.reads[to.index()] == 0 && is_inner(facts.value(to)) {
            *kept = false;
            if !from.is_none() {
                census.reads[from.index()] -= 1;
            }
        }
    }
}

/// Leaves out values that nobody looks at, and results of functions that have none.
fn leave_out_values(facts: &mut ModuleFacts, kept: &[bool], census: &Census, same: &Same) {
    let mut left: Vec<bool> = (facts.values.iter().zip(&census.reads))
        .map(|(value, reads)| *reads > 0 || !(is_inner(*value) || value.kind() == ValueKind::Param))
        .collect();
    for result in facts.functions.iter().flat_map(|function| [function.returns, function.yields]) {
        if !result.is_none() && census.gets[result.index()] == 0 {
            left[result.index()] = false;
        }
    }
    let mut next = 0;
    let mut number = |is_left: &bool| {
        let number = if *is_left { ValueId(next) } else { ValueId::NONE };
        next += u32::from(*is_left);
        number
    };
    let numbers: Vec<ValueId> = left.iter().map(&mut number).collect();
    facts.hints.retain(|hint| left[same.last(hint.value).index()]);
    each(facts, kept, &mut |value, _| {
        if !value.is_none() {
            *value = numbers[same.last(*value).index()];
        }
    });
    let mut left = left.into_iter();
    facts.values.retain(|_| left.next() == Some(true));
}

#[cfg(test)]
mod tests {
    use crate::facts::{ModuleFacts, OpKind, SectionId, TOP, ValueKind};
    use crate::resolve::Settings;
    use crate::source::{Format, Language, Source};
    use crate::syntax::survey;

    fn facts(text: &str) -> ModuleFacts {
        let language = Language { typescript: false, jsx: false, module: Some(true), declaration: false };
        let format = Format::Script(language);
        let source = Source { name: "test.js".to_owned(), text: text.into(), format, foreign: false };
        survey(&source, language, &Settings::default).facts
    }

    #[test]
    fn what_only_hands_on_is_left_out() {
        let facts = facts("const given = source.part; export { given };");
        let [op] = facts.ops(TOP) else { panic!("one operation is enough: {:?}", facts.ops) };
        assert_eq!(facts.value(facts.gets(op)).kind(), ValueKind::Const);
    }

    #[test]
    fn what_is_put_together_of_several_stays_apart() {
        let facts = facts("const either = left.part || right.part; export { either };");
        let gets = facts.ops(TOP).iter().filter(|op| matches!(op.kind, OpKind::Assign { .. })).count();
        assert_eq!(gets, 2, "each side can be told from the other: {:?}", facts.ops);
    }

    #[test]
    fn results_that_nobody_looks_at_are_no_values() {
        let facts = facts("start();");
        let [op] = facts.ops(TOP) else { panic!("the call: {:?}", facts.ops) };
        assert!(facts.gets(op).is_none());
    }

    #[test]
    fn sections_are_known_by_where_they_begin_and_end() {
        let facts = facts("before(); atomic: { inside(); } after();");
        let around: Vec<SectionId> = (0..3).map(|at| facts.section_around(TOP, at)).collect();
        assert_eq!(around, [SectionId::NONE, SectionId(0), SectionId::NONE]);
    }
}
