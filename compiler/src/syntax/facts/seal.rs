//! The last look at the facts of a module. Values that say nothing are left out: temporaries that only hand on what they
//! hold, and results that nobody looks at. They are a quarter of all, and a large program is held in memory as a whole.

use super::Lowering;
use crate::facts::{Exported, ModuleFacts, Name, OpKind, Param, SectionId, Value, ValueId, ValueKind};

/// What grows in several places at once while a module is lowered, and becomes ranges of one list at the end.
#[derive(Default)]
pub(super) struct Loose {
    /// By object: [`ModuleFacts::declared`].
    pub(super) declared: Vec<Vec<Name>>,
    /// By function.
    pub(super) params: Vec<Vec<Param>>,
    /// By operation: the section around it.
    pub(super) around: Vec<SectionId>,
}

impl Lowering<'_> {
    pub(super) fn seal(mut self) -> ModuleFacts {
        let (facts, loose) = (&mut self.facts, &mut self.loose);
        keep_operations(facts, &mut loose.around, is_seen);
        for (object, declared) in facts.objects.iter_mut().zip(&loose.declared) {
            object.declared = appended(&mut facts.declared, declared);
        }
        for (function, params) in facts.functions.iter_mut().zip(&loose.params) {
            function.params = appended(&mut facts.params, params);
        }
        hand_on(facts, &mut loose.around);
        leave_out(facts, &mut loose.around);
        facts.around = runs(&loose.around);
        facts.names.seal();
        facts.functions.shrink_to_fit();
        facts.params.shrink_to_fit();
        facts.values.shrink_to_fit();
        facts.objects.shrink_to_fit();
        facts.declared.shrink_to_fit();
        facts.ops.shrink_to_fit();
        facts.calls.shrink_to_fit();
        facts.arguments.shrink_to_fit();
        self.facts
    }
}

fn appended<T: Copy>(all: &mut Vec<T>, new: &[T]) -> (u32, u32) {
    let start = all.len() as u32;
    all.extend_from_slice(new);
    (start, all.len() as u32)
}

/// Where the section changes.
fn runs(around: &[SectionId]) -> Vec<(u32, SectionId)> {
    let mut found: Vec<(u32, SectionId)> = Vec::new();
    for (index, section) in around.iter().enumerate() {
        if found.last().map_or(SectionId::NONE, |(_, last)| *last) != *section {
            found.push((index as u32, *section));
        }
    }
    found
}

/// Leaves out the other operations.
fn keep_operations(
    facts: &mut ModuleFacts,
    around: &mut Vec<SectionId>,
    mut is_kept: impl FnMut(&ModuleFacts, usize, usize) -> bool,
) {
    let kept: Vec<bool> = functions_of(facts).map(|(function, at)| is_kept(facts, function, at)).collect();
    let mut kept = kept.into_iter();
    let (mut ops, mut sections) = (Vec::with_capacity(facts.ops.len()), Vec::with_capacity(facts.ops.len()));
    for function in &mut facts.functions {
        let first = ops.len() as u32;
        for at in function.ops.0 as usize..function.ops.1 as usize {
            if kept.next() == Some(true) {
                ops.push(facts.ops[at]);
                sections.push(around[at]);
            }
        }
        function.ops = (first, ops.len() as u32);
    }
    facts.ops = ops;
    *around = sections;
}

/// Every operation, with the number of its function.
fn functions_of(facts: &ModuleFacts) -> impl Iterator<Item = (usize, usize)> {
    let ranges = facts.functions.iter().enumerate();
    ranges.flat_map(|(index, function)| (function.ops.0 as usize..function.ops.1 as usize).map(move |at| (index, at)))
}

/// Reads and writes count only where the variable belongs to somebody else and may change; that is known at the end.
fn is_seen(facts: &ModuleFacts, function: usize, at: usize) -> bool {
    match facts.ops[at].kind {
        OpKind::Read { variable } | OpKind::Write { variable, .. } => {
            let value = facts.value(variable);
            value.owner().index() != function && matches!(value.kind(), ValueKind::Let | ValueKind::Param)
        }
        _ => true,
    }
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

/// Every place that names a value.
fn each(facts: &mut ModuleFacts, look: &mut dyn FnMut(&mut ValueId, Role)) {
    for op in &mut facts.ops {
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

fn each_of(op: &mut OpKind, look: &mut dyn FnMut(&mut ValueId, Role)) {
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
        OpKind::Coerce { value } | OpKind::Dispose { value, .. } | OpKind::Yield { value } => look(value, Role::Read),
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
    fn new(facts: &mut ModuleFacts) -> Census {
        let count = facts.values.len();
        let mut census = Census { gets: vec![0; count], reads: vec![0; count] };
        // Twice is as good as any number of times.
        each(facts, &mut |value, role| {
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

/// A temporary that is only assigned to what gets nothing else is the same as that.
fn hand_on(facts: &mut ModuleFacts, around: &mut Vec<SectionId>) {
    let census = Census::new(facts);
    let mut same: Vec<ValueId> = (0..facts.values.len() as u32).map(ValueId).collect();
    for op in &facts.ops {
        let OpKind::Assign { to, from } = op.kind else { continue };
        let (known, temporary) = (facts.value(to), facts.value(from));
        let is_handed = temporary.kind() == ValueKind::Temporary && census.reads[from.index()] == 1;
        let is_taken = census.gets[to.index()] == 1 && known.owner() == temporary.owner();
        if is_handed && is_taken && last(&same, to) != from {
            same[from.index()] = to;
        }
    }
    each(facts, &mut |value, _| {
        if !value.is_none() {
            *value = last(&same, *value);
        }
    });
    let is_new = |op: OpKind| !matches!(op, OpKind::Assign { to, from } if to == from);
    keep_operations(facts, around, |facts, _, at| is_new(facts.ops[at].kind));
}

fn last(same: &[ValueId], mut value: ValueId) -> ValueId {
    while same[value.index()] != value {
        value = same[value.index()];
    }
    value
}

/// Leaves out values that nobody looks at, and results of functions that have none.
fn leave_out(facts: &mut ModuleFacts, around: &mut Vec<SectionId>) {
    let mut census = Census::new(facts);
    let is_inner = |value: Value| matches!(value.kind(), ValueKind::Temporary | ValueKind::This | ValueKind::Sent);
    // Backwards, because what goes into something that nobody looks at is not looked at there either.
    let mut idle = vec![false; facts.ops.len()];
    for (index, op) in facts.ops.iter().enumerate().rev() {
        let (to, from) = match op.kind {
            OpKind::Assign { to, from } => (to, from),
            OpKind::Allocate { to, .. } => (to, ValueId::NONE),
            _ => continue,
        };
        if census.reads[to.index()] == 0 && is_inner(facts.value(to)) {
            idle[index] = true;
            if !from.is_none() {
                census.reads[from.index()] -= 1;
            }
        }
    }
    keep_operations(facts, around, |_, _, at| !idle[at]);
    let results = facts.functions.iter().flat_map(|function| [function.returns, function.yields]);
    for result in results.filter(|value| !value.is_none() && census.gets[value.index()] == 0) {
        census.reads[result.index()] = 0;
    }
    let is_left =
        |id: usize, value: Value| census.reads[id] > 0 || !(is_inner(value) || value.kind() == ValueKind::Param);
    let left: Vec<bool> = facts.values.iter().enumerate().map(|(id, value)| is_left(id, *value)).collect();
    let mut next = 0;
    let numbers: Vec<ValueId> = left
        .iter()
        .map(|is_left| {
            let number = if *is_left { ValueId(next) } else { ValueId::NONE };
            next += u32::from(*is_left);
            number
        })
        .collect();
    facts.hints.retain(|hint| left[hint.value.index()]);
    each(facts, &mut |value, _| {
        if !value.is_none() {
            *value = numbers[value.index()];
        }
    });
    let mut left = left.into_iter();
    facts.values.retain(|_| left.next() == Some(true));
}
