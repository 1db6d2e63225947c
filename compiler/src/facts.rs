//! What a module says about the flow of functions, as plain data: functions, values, allocation sites, and the
//! operations of each function in source order. Made from the tree once per text, and all that effects and lints read.
//! Nothing in it depends on other modules; what an import means is decided where programs are put together.
//!
//! Only what can carry a function counts: a number, a string or a condition is no value here ([`ValueId::NONE`]).

mod names;
mod settled;
mod standby;
mod timing;
mod value;

use crate::numbers::{numbers, with_none};
pub(crate) use names::Names;
pub(crate) use settled::Settled;
pub(crate) use standby::Standby;
pub(crate) use timing::Timing;
pub(crate) use value::{Value, ValueKind};

numbers! {
    /// A word of the module: [`ModuleFacts::name`].
    Name;
    /// A variable, or the result of an expression.
    ValueId;
    /// A function of the module; 0 is its top level.
    FunctionId;
    /// A place that makes an object.
    ObjectId;
    CallId;
    SectionId;
    /// An entry of [`ModuleFacts::standbys`].
    StandbyId;
    /// An entry of the module's requests.
    RequestId;
}

with_none!(Name, ValueId, FunctionId, ObjectId, CallId, SectionId, StandbyId);

/// The top level of a module.
pub(crate) const TOP: FunctionId = FunctionId(0);

/// Bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// Names of fields that no program can write.
pub(crate) mod field {
    /// Elements put under a key that is not known; read by every key.
    pub(crate) const ELEMENT: &str = "[]";
    /// Read under a key that is not known: any field.
    pub(crate) const ANY: &str = "[any]";
    pub(crate) const PROTOTYPE: &str = "[[Prototype]]";
    /// Of a prototype: those of the interfaces that its class implements.
    pub(crate) const IMPLEMENTS: &str = "[[implements]]";
    /// What a promise comes to, what a channel hands on, values of a map.
    pub(crate) const CONTENT: &str = "[[content]]";
    pub(crate) const KEYS: &str = "[[keys]]";
    /// What `next` hands to a generator.
    pub(crate) const SENT: &str = "[[sent]]";
    /// What a generator returns at its end.
    pub(crate) const RETURNED: &str = "[[returned]]";
    pub(crate) const ITERATOR: &str = "@@iterator";
    pub(crate) const ASYNC_ITERATOR: &str = "@@asyncIterator";
    pub(crate) const DISPOSE: &str = "@@dispose";
    pub(crate) const ASYNC_DISPOSE: &str = "@@asyncDispose";
    pub(crate) const TO_PRIMITIVE: &str = "@@toPrimitive";

    /// How the names of fields begin that hold getters, and setters.
    pub(crate) const GETTER: &str = "get ";
    pub(crate) const SETTER: &str = "set ";

    pub(crate) fn getter(name: &str) -> String {
        format!("{GETTER}{name}")
    }

    pub(crate) fn setter(name: &str) -> String {
        format!("{SETTER}{name}")
    }
}

/// Everything about one module.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ModuleFacts {
    pub(crate) names: Names,
    pub(crate) functions: Vec<Function>,
    pub(crate) params: Vec<Param>,
    pub(crate) values: Vec<Value>,
    pub(crate) objects: Vec<Object>,
    /// [`ModuleFacts::declared`]
    pub(crate) declared: Vec<Name>,
    /// By function: [`Function::ops`].
    pub(crate) ops: Vec<Op>,
    /// From which operation on which section is around.
    pub(crate) around: Vec<(u32, SectionId)>,
    /// From which operation on when they run: [`ModuleFacts::ops_in_call`].
    pub(crate) timings: Vec<(u32, Timing)>,
    /// From which operation on which default value is being made: [`ModuleFacts::standby`].
    pub(crate) stand_in: Vec<(u32, StandbyId)>,
    pub(crate) standbys: Vec<Standby>,
    pub(crate) calls: Vec<Call>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) sections: Vec<Section>,
    pub(crate) imports: Vec<Import>,
    pub(crate) exports: Vec<Export>,
    /// Of a CommonJS module: the variable `module`.
    pub(crate) commonjs: Option<ValueId>,
    /// Free names: what the environment has to supply.
    pub(crate) globals: Vec<(Name, ValueId)>,
    /// Requests of which only types are used.
    pub(crate) type_only: Vec<bool>,
    /// Variables whose declared type names a class.
    pub(crate) hints: Vec<Hint>,
    /// Classes with methods that promise something and are not written: what has their type does what they promise.
    pub(crate) promising: Vec<ObjectId>,
    /// What is thrown, and the variables that `catch` gives it to.
    pub(crate) thrown: Vec<ValueId>,
    pub(crate) caught: Vec<ValueId>,
    /// Of a declaration file.
    pub(crate) declares: Option<Box<Declares>>,
}

/// What a declaration file says beyond what it exports.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Declares {
    /// `declare module "name"`: an object with its exports.
    pub(crate) modules: Vec<(Name, ValueId)>,
    /// Names that are there in every module.
    pub(crate) globals: Vec<(Name, ValueId)>,
}

/// What a JSDoc comment promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Contract {
    Blocking,
    NonBlocking,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FunctionKind {
    /// `function`: has a `this` of its own, and `new` makes objects with it.
    Plain,
    Arrow,
    Method,
    Constructor,
    /// Field initialisers of a class, static blocks, the top level: runs once, where it stands.
    Inline,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Function {
    /// For a person: `save`, `Store.save`; empty if it has none.
    pub(crate) name: Name,
    /// Of the name if it has one, of the head otherwise.
    pub(crate) span: Span,
    pub(crate) kind: FunctionKind,
    pub(crate) is_async: bool,
    pub(crate) is_generator: bool,
    pub(crate) contract: Option<Contract>,
    /// Declared only: there is no body to look at.
    pub(crate) declared: bool,
    /// The function around it.
    pub(crate) parent: FunctionId,
    /// A range of [`ModuleFacts::params`].
    pub(crate) params: (u32, u32),
    pub(crate) this: ValueId,
    pub(crate) arguments: ValueId,
    pub(crate) returns: ValueId,
    pub(crate) yields: ValueId,
    /// What `yield` gives: what is sent.
    pub(crate) sent: ValueId,
    /// What the call gives: a promise or a generator where the function makes one, else NONE.
    pub(crate) object: ObjectId,
    /// Index of the first operation and the one after the last.
    pub(crate) ops: (u32, u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Param {
    pub(crate) value: ValueId,
    /// The rest array that collects this argument and those after it.
    pub(crate) rest: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Object {
    pub(crate) kind: ObjectKind,
    pub(crate) span: Span,
    /// A range of [`ModuleFacts::declared`].
    pub(crate) declared: (u32, u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ObjectKind {
    Literal,
    Array,
    /// Followed by its prototype and its instance if it is a constructor.
    Function(FunctionId),
    /// A class by its constructor; followed by its prototype and its instance.
    Class(FunctionId),
    Prototype,
    Instance,
    /// The promise that an async function returns.
    Promise(FunctionId),
    /// What a generator function returns.
    Generator(FunctionId),
    /// The module's exports: `import *`, `require`, `import()`.
    Namespace,
}

/// Code in which nothing may block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) kind: SectionKind,
    pub(crate) span: Span,
    pub(crate) function: FunctionId,
    /// The section around it, in the same function.
    pub(crate) parent: SectionId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SectionKind {
    /// `atomic: { … }`
    Block,
    /// After `using _ = call()`: one if the call is of `nonblocking`.
    Using(CallId),
    /// The body of a function that is written as argument of this call: one if the call is of `atomic`.
    Argument(CallId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Op {
    pub(crate) span: Span,
    pub(crate) kind: OpKind,
}

/// What happens to values. Reading order is the order of evaluation, as far as one order can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OpKind {
    Assign {
        to: ValueId,
        from: ValueId,
    },
    Allocate {
        to: ValueId,
        object: ObjectId,
    },
    /// Also calls a getter, if there is one.
    Load {
        to: ValueId,
        base: ValueId,
        field: Name,
    },
    /// The same; what it gives is the callee of a call.
    LoadMethod {
        call: CallId,
        base: ValueId,
        field: Name,
    },
    /// Also calls a setter, if there is one. Defining a field does not.
    Store {
        base: ValueId,
        field: Name,
        from: ValueId,
        define: bool,
    },
    Call(CallId),
    /// Takes elements out of an iterable. Four values starting at `hidden` are for the method, the iterator, its
    /// `next`, and what that gives.
    Iterate {
        source: ValueId,
        to: ValueId,
        hidden: ValueId,
        mode: Iteration,
    },
    /// Copies every field: spread in an object, rest of one. Calls getters.
    CopyFields {
        to: ValueId,
        from: ValueId,
    },
    /// Makes a primitive of an object: `toString`, `valueOf`, `[Symbol.toPrimitive]`.
    Coerce {
        value: ValueId,
        hint: Primitive,
    },
    /// Does something that only a Proxy can see: `in`, `delete`, `for (… in …)`.
    Trap {
        base: ValueId,
        /// The handler's method: `has`.
        trap: Name,
    },
    /// The end of a `using`.
    Dispose {
        value: ValueId,
        asynchronous: bool,
    },
    Await {
        value: ValueId,
        to: ValueId,
    },
    Yield {
        value: ValueId,
    },
    /// `require` and `import()`, and what they give.
    Import {
        to: ValueId,
        request: RequestId,
        dynamic: bool,
    },
    /// Reads a variable of another function or of the module.
    Read {
        variable: ValueId,
    },
    /// Writes one.
    Write {
        variable: ValueId,
        from: ValueId,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Iteration {
    Each,
    /// The same, and the loop may be left early, which closes the iterator.
    Closing,
    /// `for await`
    Awaiting,
    /// Destructuring: elements of arrays are read by index instead.
    Positional,
    /// The rest of a destructured array; beside it, `Positional` says what runs.
    Rest,
}

/// Which primitive an object is asked for: the order in which its methods are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Primitive {
    /// `toString` first: templates, keys.
    Text,
    /// `valueOf` first: arithmetic.
    Number,
    /// As a number, and a date as a text: `+`, `==`.
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallKind {
    Call,
    New,
    /// `super(…)`: the callee is the class above.
    Super,
    /// Runs a function of the module where it stands: field initialisers, static blocks, namespaces.
    Inline(FunctionId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) kind: CallKind,
    pub(crate) callee: ValueId,
    /// The receiver.
    pub(crate) this: ValueId,
    /// The callee was read from the receiver: which receiver goes with which function is known by the read.
    pub(crate) method: bool,
    /// A range of [`ModuleFacts::arguments`].
    pub(crate) arguments: (u32, u32),
    pub(crate) result: ValueId,
    /// For a person: `socket.write`.
    pub(crate) text: Name,
    /// The field that a method was read from, else NONE.
    pub(crate) field: Name,
    /// Of the callee.
    pub(crate) span: Span,
    /// Whether it happens only where `settled` of the receiver was seen to be true.
    pub(crate) settled: Settled,
    /// Its result is thrown away.
    pub(crate) unused: bool,
    /// `f?.()`: where there is nothing to call, nothing happens.
    pub(crate) optional: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Argument {
    pub(crate) value: ValueId,
    /// Element of a spread iterable: stands for this and any later argument.
    pub(crate) spread: bool,
    /// It is certainly not `undefined`.
    pub(crate) given: bool,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Import {
    pub(crate) request: RequestId,
    pub(crate) what: Imported,
    pub(crate) value: ValueId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Imported {
    Name(Name),
    Namespace,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Export {
    /// NONE for `export *`.
    pub(crate) name: Name,
    pub(crate) what: Exported,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exported {
    Value(ValueId),
    From(RequestId, Name),
    Namespace(RequestId),
    All(RequestId),
}

/// A variable is declared to be an instance of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hint {
    pub(crate) value: ValueId,
    /// What the class is bound to, and the member of it if the type's name has two parts.
    pub(crate) class: ValueId,
    pub(crate) member: Name,
}

impl ModuleFacts {
    pub(crate) fn name(&self, name: Name) -> &str {
        self.names.text(name)
    }

    pub(crate) fn function(&self, id: FunctionId) -> &Function {
        &self.functions[id.index()]
    }

    pub(crate) fn call(&self, id: CallId) -> &Call {
        &self.calls[id.index()]
    }

    pub(crate) fn value(&self, id: ValueId) -> Value {
        self.values[id.index()]
    }

    pub(crate) fn params(&self, function: &Function) -> &[Param] {
        &self.params[function.params.0 as usize..function.params.1 as usize]
    }

    /// Fields that an object has from the start, whatever happens later: they hide those of its prototype.
    pub(crate) fn declared(&self, object: ObjectId) -> &[Name] {
        let (start, end) = self.objects[object.index()].declared;
        &self.declared[start as usize..end as usize]
    }

    pub(crate) fn arguments(&self, call: &Call) -> &[Argument] {
        &self.arguments[call.arguments.0 as usize..call.arguments.1 as usize]
    }

    /// Operations of a function, in source order.
    pub(crate) fn ops(&self, function: FunctionId) -> &[Op] {
        let (start, end) = self.function(function).ops;
        &self.ops[start as usize..end as usize]
    }

    /// The value that an operation gives something, or NONE.
    pub(crate) fn gets(&self, op: &Op) -> ValueId {
        match op.kind {
            OpKind::Assign { to, .. }
            | OpKind::Allocate { to, .. }
            | OpKind::Load { to, .. }
            | OpKind::Iterate { to, .. }
            | OpKind::Await { to, .. }
            | OpKind::Import { to, .. } => to,
            OpKind::LoadMethod { call, .. } => self.call(call).callee,
            OpKind::Call(call) => self.call(call).result,
            OpKind::Store { .. }
            | OpKind::CopyFields { .. }
            | OpKind::Coerce { .. }
            | OpKind::Trap { .. }
            | OpKind::Dispose { .. }
            | OpKind::Yield { .. }
            | OpKind::Read { .. }
            | OpKind::Write { .. } => ValueId::NONE,
        }
    }

    /// The section around an operation, by its place among those of the function.
    pub(crate) fn section_around(&self, function: FunctionId, position: usize) -> SectionId {
        let op = self.function(function).ops.0 + position as u32;
        let next = self.around.partition_point(|(start, _)| *start <= op);
        next.checked_sub(1).map_or(SectionId::NONE, |at| self.around[at].1)
    }
}
