//! Functions that are not written in the program: JavaScript's own and std's. What they do is in `builtins.txt`, whether
//! std's may block in `std/effects.txt`; here the two become objects that values can point to.

mod actions;

use actions::Find;
pub(super) use actions::{AWAITED, Action, Base, EACH, GOT, Place, SOURCE, Special};

use super::world::{Name, Names, ObjectIx};
use crate::facts::field;
use corona_std::effects::{self, Effect};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

const BUILTINS: &str = include_str!("builtins.txt");

/// Methods of strings, numbers, dates and regular expressions, and those of collections that call nothing: on a value
/// that nothing else is known about, they are what they are called.
const HARMLESS: &str =
    "anchor at charAt charCodeAt codePointAt concat endsWith includes indexOf isWellFormed lastIndexOf
    localeCompare match matchAll normalize padEnd padStart repeat slice split startsWith substr substring
    toLocaleLowerCase toLocaleUpperCase toLowerCase toString toUpperCase toWellFormed trim trimEnd trimStart valueOf
    toExponential toFixed toPrecision toLocaleString toISOString toJSON getTime getDate getDay getFullYear getHours
    getMilliseconds getMinutes getMonth getSeconds getTimezoneOffset getUTCDate getUTCDay getUTCFullYear getUTCHours
    getUTCMilliseconds getUTCMinutes getUTCMonth getUTCSeconds setDate setFullYear setHours setMilliseconds setMinutes
    setMonth setSeconds setTime setUTCDate setUTCFullYear setUTCHours setUTCMilliseconds setUTCMinutes setUTCMonth
    setUTCSeconds toLocaleDateString toLocaleTimeString toDateString toTimeString toUTCString test push pop shift unshift splice reverse
    fill join hasOwnProperty isPrototypeOf propertyIsEnumerable
    copyWithin subarray @@hasInstance";

/// The member that stands for iterating: to call `[Symbol.iterator]` gives an iterator, to iterate the elements.
pub(super) const ELEMENTS: &str = "@@each";

/// One native object.
#[derive(Debug)]
pub(super) struct Native {
    /// For a person: `Socket.write`.
    pub(super) label: String,
    /// `corona:net`; empty for JavaScript's own.
    pub(super) module: String,
    pub(super) actions: Arc<[Action]>,
    pub(super) effect: Effect,
    /// Listed in the effect table, or known to do what its actions say.
    pub(super) known: bool,
    pub(super) members: FxHashMap<Name, ObjectIx>,
    pub(super) prototype: Option<ObjectIx>,
    pub(super) kind: NativeKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NativeKind {
    /// A namespace, a prototype.
    Object,
    Function,
    /// Its objects.
    Instance,
    /// `f.future`: starts the call and does not wait.
    Later,
}

/// All of them. A native's number is its object's.
#[derive(Debug)]
pub(super) struct Natives {
    all: Vec<Native>,
    by_path: FxHashMap<String, ObjectIx>,
    /// What a value is that nothing is known about.
    pub(super) unknown: ObjectIx,
    /// What is stored in something unknown stands in its fields.
    pub(super) lost: ObjectIx,
    pub(super) array: ObjectIx,
    pub(super) object: ObjectIx,
    pub(super) function: ObjectIx,
    pub(super) promise: ObjectIx,
    pub(super) date: ObjectIx,
    pub(super) generator: ObjectIx,
    pub(super) lazy: ObjectIx,
    pub(super) future: ObjectIx,
    /// `socket.future`: any method of it starts and does not wait.
    pub(super) later: ObjectIx,
    pub(super) settled: ObjectIx,
    pub(super) atomic: ObjectIx,
    /// What `nonblocking()` gives inherits from it.
    pub(super) guard: ObjectIx,
    /// `globalThis`
    pub(super) global: ObjectIx,
    /// Stands for an argument of a function that is asked about: blocks, and so does everything of it.
    pub(super) probe: ObjectIx,
    pub(super) future_word: Name,
    star: Name,
    harmless: FxHashSet<Name>,
    /// Of any class, by method: what a call on an object that nothing is known about most likely is.
    pub(super) by_method: FxHashMap<Name, Vec<ObjectIx>>,
}

impl Natives {
    pub(super) fn new(names: &mut Names) -> Natives {
        let mut made = Natives {
            all: Vec::new(),
            by_path: FxHashMap::default(),
            unknown: ObjectIx(0),
            lost: ObjectIx(0),
            array: ObjectIx(0),
            object: ObjectIx(0),
            function: ObjectIx(0),
            promise: ObjectIx(0),
            date: ObjectIx(0),
            generator: ObjectIx(0),
            lazy: ObjectIx(0),
            future: ObjectIx(0),
            later: ObjectIx(0),
            settled: ObjectIx(0),
            atomic: ObjectIx(0),
            guard: ObjectIx(0),
            global: ObjectIx(0),
            probe: ObjectIx(0),
            future_word: names.intern("future"),
            star: names.intern("*"),
            harmless: HARMLESS.split_whitespace().map(|name| names.intern(name)).collect(),
            by_method: FxHashMap::default(),
        };
        made.unknown = made.add("[unknown]", NativeKind::Object);
        made.lost = made.add("[lost]", NativeKind::Object);
        for row in effects::rows() {
            let path = path_of(row.module, row.name);
            let object = made.path(&path, names);
            let native = &mut made.all[object.index()];
            (native.effect, native.known) = (row.effect, true);
        }
        for line in BUILTINS.lines().filter(|line| !line.starts_with('#')) {
            made.line(line, names);
        }
        made.link(names);
        made
    }

    fn line(&mut self, line: &'static str, names: &mut Names) {
        let Some((path, text)) = line.split_once(" :") else { return };
        let object = self.path(path.trim(), names);
        let mut actions = Vec::new();
        for word in text.split_whitespace() {
            match word.split_once('=') {
                Some(("value", class)) => {
                    let instance = self.instance(class, names);
                    self.all[object.index()].kind = NativeKind::Instance;
                    self.all[object.index()].prototype = Some(instance);
                }
                None if word == "blocks" => self.all[object.index()].effect = Effect::Blocks,
                _ => {
                    let mut find = |what: Find<'_>| match what {
                        Find::Path(path) => self.path(path, names),
                        Find::Instance(class) => self.instance(class, names),
                        Find::Prototype(class) => self.path(&format!("{class}.prototype"), names),
                    };
                    actions.extend(actions::parse(word, &mut find));
                }
            }
        }
        let native = &mut self.all[object.index()];
        (native.actions, native.known) = (actions.into(), true);
    }

    /// The object that all instances of a class of std are.
    fn instance(&mut self, class: &str, names: &mut Names) -> ObjectIx {
        let path = format!("{class}#");
        if let Some(known) = self.by_path.get(&path) {
            return *known;
        }
        let prototype = self.path(&format!("{}.prototype", class.trim_start_matches("global/")), names);
        let made = self.add(&path, NativeKind::Instance);
        self.all[made.index()].prototype = Some(prototype);
        made
    }

    fn add(&mut self, path: &str, kind: NativeKind) -> ObjectIx {
        let (module, name) = path.rsplit_once('/').unwrap_or(("", path));
        let native = Native {
            label: name
                .replace(".prototype", "")
                .replace("@@iterator", "[Symbol.iterator]")
                .replace("@@each", "[Symbol.iterator]"),
            module: module.to_owned(),
            actions: Arc::default(),
            effect: Effect::Never,
            known: false,
            members: FxHashMap::default(),
            prototype: None,
            kind,
        };
        self.all.push(native);
        let object = ObjectIx(self.all.len() as u32 - 1);
        self.by_path.insert(path.to_owned(), object);
        object
    }

    /// The object at a path, `corona:net/Socket.prototype.read`; made with all that it stands in.
    fn path(&mut self, path: &str, names: &mut Names) -> ObjectIx {
        if let Some(known) = self.by_path.get(path) {
            return *known;
        }
        let parent = match (path.rsplit_once('.'), path.rsplit_once('/')) {
            (Some((parent, name)), module) if module.is_none_or(|(module, _)| parent.len() > module.len()) => {
                Some((parent.to_owned(), name))
            }
            (_, Some((module, name))) => Some((format!("{module}/"), name)),
            _ => None,
        };
        let is_object = path.ends_with(".prototype") || path.ends_with('/');
        let made = self.add(path, if is_object { NativeKind::Object } else { NativeKind::Function });
        if let Some((parent, name)) = parent
            && !path.ends_with('/')
        {
            let parent = self.path(&parent, names);
            let name = names.intern(name);
            self.all[parent.index()].members.insert(name, made);
        }
        made
    }

    /// What classes inherit, and short ways to what the solver asks for.
    fn link(&mut self, names: &mut Names) {
        self.array = self.path("Array.prototype", names);
        self.object = self.path("Object.prototype", names);
        self.function = self.path("Function.prototype", names);
        self.promise = self.path("Promise.prototype", names);
        self.date = self.path("Date.prototype", names);
        self.generator = self.path("Generator.prototype", names);
        self.lazy = self.path("LazyIterator.prototype", names);
        self.future = self.path("corona/Future.prototype", names);
        self.settled = self.path("corona/Settled.prototype", names);
        self.later = self.add("[future]", NativeKind::Later);
        self.probe = self.add("[argument]", NativeKind::Function);
        let probe = self.probe;
        self.all[probe.index()].effect = Effect::Blocks;
        self.all[probe.index()].members.insert(self.star, probe);
        self.atomic = self.path("corona/atomic", names);
        self.guard = self.path("corona/Guard.prototype", names);
        self.link_elements(names);
        self.add_twins(names);
        let task = self.path("corona/Task.prototype", names);
        self.all[task.index()].prototype = Some(self.future);
        self.all[self.settled.index()].prototype = Some(self.future);
        let event = self.path("Event.prototype", names);
        for class in ["CustomEvent.prototype", "MessageEvent.prototype"] {
            let prototype = self.path(class, names);
            self.all[prototype.index()].prototype = Some(event);
        }
        let process = self.path("corona:process/", names);
        self.by_path.insert("process".to_owned(), process);
        self.link_global(names);
        self.note_methods(names);
    }

    /// Methods that call something, of any class, and those that make a primitive of what they are given.
    fn note_methods(&mut self, names: &mut Names) {
        let calls = |action: &Action| matches!(action, Action::Call { .. } | Action::Invoke { .. });
        for class in ["Array", "Map", "Set", "Promise", "String", "Number", "RegExp", "Date", "Function", "Object"] {
            let prototype = self.path(&format!("{class}.prototype"), names);
            for (name, object) in self.all[prototype.index()].members.clone() {
                let known = self.by_method.entry(name).or_default();
                let actions = |object: &ObjectIx| self.all[object.index()].actions.iter();
                let is_called = known.iter().any(|known| actions(known).any(calls));
                let converts = actions(&object).any(|action| matches!(action, Action::Coerce(..)));
                if converts || actions(&object).any(calls) && !is_called {
                    known.push(object);
                }
            }
        }
        self.by_method.retain(|_, known| !known.is_empty());
    }

    /// `globalThis` has all that free names mean.
    fn link_global(&mut self, names: &mut Names) {
        self.global = self.add("[global]", NativeKind::Object);
        let is_free = |path: &&String| path.chars().all(|letter| letter.is_ascii_alphanumeric());
        let members =
            self.by_path.iter().filter(|(path, _)| is_free(path)).map(|(path, native)| (names.intern(path), *native));
        let members = members.collect();
        self.all[self.global.index()].members = members;
        self.by_path.insert("globalThis".to_owned(), self.global);
    }

    /// What iterating does is what the method does, where no line says anything else.
    fn link_elements(&mut self, names: &mut Names) {
        let (iterator, each) = (names.intern(field::ITERATOR), names.intern(ELEMENTS));
        for native in &mut self.all {
            if let Some(method) = native.members.get(&iterator).copied() {
                native.members.entry(each).or_insert(method);
            }
        }
    }

    /// `f.future` of what may block, and `object.future` with a twin of each method.
    fn add_twins(&mut self, names: &mut Names) {
        let is_std = |native: &Native| native.module.starts_with("corona");
        let all: Vec<(String, ObjectIx)> = self.by_path.iter().map(|(path, object)| (path.clone(), *object)).collect();
        for (path, object) in all {
            let native = &self.all[object.index()];
            if is_std(native) && native.kind == NativeKind::Function && native.effect != Effect::Never {
                let twin = match path.split_once(".prototype.") {
                    Some((class, method)) => format!("{class}.prototype.future.{method}"),
                    None => format!("{path}.future"),
                };
                let to = Place { base: Base::Result, path: Vec::new() };
                let mut actions = vec![Action::Fresh { prototype: self.future, to }];
                actions.extend(native.actions.iter().map(Action::started));
                let twin = self.path(&twin, names);
                let native = &mut self.all[twin.index()];
                (native.actions, native.known) = (actions.into(), true);
            }
        }
    }

    pub(super) fn get(&self, object: ObjectIx) -> Option<&Native> {
        self.all.get(object.index())
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// What a free name of a program means.
    pub(super) fn global(&self, name: &str) -> Option<ObjectIx> {
        self.by_path.get(name).copied()
    }

    /// The namespace of a standard module.
    pub(super) fn module(&self, name: &str) -> Option<ObjectIx> {
        self.by_path.get(&format!("{name}/")).copied()
    }

    pub(super) fn at(&self, path: &str) -> Option<ObjectIx> {
        self.by_path.get(path).copied()
    }

    /// The objects of a native class.
    pub(super) fn instance_of(&self, class: ObjectIx) -> Option<ObjectIx> {
        let native = self.get(class)?;
        let path = match native.module.is_empty() {
            true => format!("global/{}#", native.label),
            false => format!("{}/{}#", native.module, native.label),
        };
        self.by_path.get(&path).copied()
    }

    /// A member of a native object or of what it inherits from.
    pub(super) fn member(&self, object: ObjectIx, name: Name) -> Option<ObjectIx> {
        let mut at = Some(object);
        while let Some(native) = at.and_then(|it| self.get(it)) {
            if let Some(member) = native.members.get(&name).or_else(|| native.members.get(&self.star)) {
                return Some(*member);
            }
            at = native.prototype;
        }
        let native = self.get(object)?;
        // Everything of std that may block, function or object, has a twin that does not.
        let of_std = native.module.contains("corona") || native.kind == NativeKind::Later;
        ((name == self.future_word && of_std) || native.kind == NativeKind::Later).then_some(self.later)
    }

    /// A method of values that carry no functions: strings, numbers, dates.
    pub(super) fn is_harmless(&self, name: Name) -> bool {
        self.harmless.contains(&name)
    }

    pub(super) fn is_function(&self, object: ObjectIx) -> bool {
        self.get(object).is_some_and(|it| matches!(it.kind, NativeKind::Function | NativeKind::Later))
    }
}

/// `corona`, `Future.static:resolve` to `corona/Future.resolve`; `global`, `Headers.get` to `Headers.prototype.get`.
fn path_of(module: &str, name: &str) -> String {
    let name = name.replace("[Symbol.iterator]", field::ITERATOR).replace("[Symbol.dispose]", field::DISPOSE);
    let name = name.replace("[Symbol.asyncIterator]", field::ASYNC_ITERATOR);
    let is_class = name.starts_with(|first: char| first.is_ascii_uppercase());
    let member = match name.split_once('.') {
        Some((class, member)) => match member.strip_prefix("static:") {
            Some(member) => format!("{class}.{member}"),
            None if is_class => format!("{class}.prototype.{member}"),
            None => name.clone(),
        },
        None => name.clone(),
    };
    if module == "global" { member } else { format!("{module}/{member}") }
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_function_is_listed_twice() {
        let mut seen = std::collections::HashSet::new();
        for line in super::BUILTINS.lines().filter(|line| !line.starts_with('#')) {
            let Some((path, _)) = line.split_once(" :") else { continue };
            assert!(seen.insert(path.trim()), "{path} is listed twice: the later line would count");
        }
    }
}
