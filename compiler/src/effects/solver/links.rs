//! What joins modules: imports, exports, `require`, `import()`.

use super::super::heap::{Cause, Rule};
use super::super::world::{CallIx, Kind, ModuleIx, Name, NodeIx, ObjectIx, Target};
use super::{MadeBy, Solver, links_of};
use crate::facts::{Exported, Imported, OpKind, RequestId};
use std::sync::Arc;

/// How far `export … from` is followed: cycles of re-exports lead nowhere.
const REEXPORTS_MAX: usize = 100;

/// What a name that a module exports is.
enum Found {
    Node(NodeIx),
    Object(ObjectIx),
    /// A field of what a CommonJS module exports.
    Field(NodeIx, Name),
}

impl Solver {
    pub(super) fn link(&mut self, module: ModuleIx) {
        let facts = Arc::clone(&self.module(module).facts);
        let cause = Cause::Module(links_of(module));
        self.link_globals(module);
        for import in &facts.imports {
            let to = self.value(module, import.value);
            match import.what {
                Imported::Namespace => self.namespace(cause, module, import.request, to),
                Imported::Name(name) => {
                    let name = self.module(module).name(name);
                    let target = self.target(module, import.request);
                    self.import_name(cause, &target, name, to);
                }
            }
        }
        for op in &facts.ops {
            if let OpKind::Import { to, request, dynamic } = op.kind {
                let to = self.value(module, to);
                self.import_op(cause, module, request, to, dynamic);
            }
        }
        for hint in &facts.hints {
            let (class, to) = (self.value(module, hint.class), self.value(module, hint.value));
            if hint.member.is_none() {
                self.heap.rule(cause, class, Rule::Hint { to });
            } else {
                let between = NodeIx(self.heap.node_run(1));
                let field = self.module(module).name(hint.member);
                self.heap.rule(cause, class, Rule::Load { to: between, field });
                self.heap.rule(cause, between, Rule::Hint { to });
            }
        }
        if self.module(module).has_namespace {
            self.fill_namespace(module);
        }
    }

    /// Names that the environment has to supply: JavaScript's own, and what declaration files say that there is.
    fn link_globals(&mut self, module: ModuleIx) {
        let facts = Arc::clone(&self.module(module).facts);
        let cause = Cause::Module(links_of(module));
        for (name, value) in &facts.globals {
            let (text, to) = (facts.name(*name), self.value(module, *value));
            match (self.natives.global(text), self.declared.get(text)) {
                (Some(native), _) => self.heap.seed(cause, to, native),
                (None, Some((declaring, from))) => {
                    let from = self.value(*declaring, *from);
                    self.heap.edge(cause, from, to);
                }
                (None, None) => {
                    self.heap.seed(cause, to, self.natives.unknown);
                    // It may have been made by `globalThis.name = …`.
                    let name = self.module(module).name(*name);
                    let from = self.field_node(self.natives.global, name);
                    self.heap.edge(cause, from, to);
                }
            }
        }
    }

    fn target(&self, module: ModuleIx, request: RequestId) -> Target {
        self.module(module).targets.get(request.index()).cloned().unwrap_or(Target::Unknown)
    }

    fn is_there(&self, module: ModuleIx) -> bool {
        self.known_module(module).is_some_and(|known| !known.facts.functions.is_empty())
    }

    fn import_name(&mut self, cause: Cause, target: &Target, name: Name, to: NodeIx) {
        match target {
            Target::Std(module) => {
                let member = self.natives.module(module).and_then(|namespace| self.natives.member(namespace, name));
                let value = member
                    .and_then(|member| self.natives.get(member))
                    .filter(|it| it.kind == super::super::natives::NativeKind::Instance);
                let member = value.and_then(|native| native.prototype).or(member);
                if let Some(member) = member {
                    self.heap.seed(cause, to, member);
                }
            }
            Target::Module(module) => {
                for found in self.exported(*module, name, 0) {
                    match found {
                        Found::Node(node) => self.heap.edge(cause, node, to),
                        Found::Object(object) => self.heap.seed(cause, to, object),
                        Found::Field(node, field) => {
                            self.heap.rule(cause, node, Rule::Load { to, field });
                        }
                    }
                }
            }
            Target::Value(module, exports) => {
                let from = self.value(*module, *exports);
                self.heap.rule(cause, from, Rule::Load { to, field: name });
                if name == self.words.default {
                    self.heap.edge(cause, from, to);
                }
            }
            Target::Unknown => self.heap.seed(cause, to, self.natives.unknown),
        }
    }

    /// What `name` of a module is: one thing, except where a CommonJS module may be meant either way.
    fn exported(&mut self, module: ModuleIx, name: Name, depth: usize) -> Vec<Found> {
        if depth > REEXPORTS_MAX || !self.is_there(module) {
            return Vec::new();
        }
        let facts = Arc::clone(&self.module(module).facts);
        if let Some(exports) = facts.commonjs {
            let node = self.value(module, exports);
            let mut found = vec![Found::Field(node, name)];
            if name == self.words.default {
                found.push(Found::Node(node));
            }
            return found;
        }
        let known = self.module(module);
        let named = facts.exports.iter().find(|export| !export.name.is_none() && known.name(export.name) == name);
        match named.map(|export| export.what) {
            Some(Exported::Value(value)) => return vec![Found::Node(known.node(value))],
            Some(Exported::From(request, original)) => {
                let original = known.name(original);
                let target = self.target(module, request);
                return self.from(&target, original, depth);
            }
            Some(Exported::Namespace(request)) => {
                let object = self.namespace_object(module, request);
                return object.into_iter().map(Found::Object).collect();
            }
            _ => {}
        }
        if name == self.words.default {
            return Vec::new();
        }
        for export in &facts.exports {
            if let Exported::All(request) = export.what {
                let target = self.target(module, request);
                let found = self.from(&target, name, depth);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    fn from(&mut self, target: &Target, name: Name, depth: usize) -> Vec<Found> {
        match target {
            Target::Module(module) => self.exported(*module, name, depth + 1),
            Target::Std(module) => {
                let member = self.natives.module(module).and_then(|namespace| self.natives.member(namespace, name));
                member.into_iter().map(Found::Object).collect()
            }
            Target::Value(module, exports) => vec![Found::Field(self.value(*module, *exports), name)],
            Target::Unknown => vec![Found::Object(self.natives.unknown)],
        }
    }

    fn namespace(&mut self, cause: Cause, module: ModuleIx, request: RequestId, to: NodeIx) {
        if let Target::Value(module, exports) = self.target(module, request) {
            let from = self.value(module, exports);
            self.heap.edge(cause, from, to);
        }
        if let Some(object) = self.namespace_object(module, request) {
            self.heap.seed(cause, to, object);
        }
    }

    fn namespace_object(&mut self, module: ModuleIx, request: RequestId) -> Option<ObjectIx> {
        match self.target(module, request) {
            Target::Std(name) => self.natives.module(&name),
            Target::Module(target) if self.is_there(target) => {
                let known = self.modules[target.index()].as_mut()?;
                let object = ObjectIx(known.objects);
                if !std::mem::replace(&mut known.has_namespace, true) {
                    self.fill_namespace(target);
                }
                Some(object)
            }
            Target::Module(_) | Target::Value(..) => None,
            Target::Unknown => Some(self.natives.unknown),
        }
    }

    /// Makes the exports of a module fields of its namespace.
    fn fill_namespace(&mut self, module: ModuleIx) {
        let facts = Arc::clone(&self.module(module).facts);
        let object = ObjectIx(self.module(module).objects);
        let cause = Cause::Module(links_of(module));
        if let Some(exports) = facts.commonjs {
            let node = self.value(module, exports);
            let default = self.field_node(object, self.words.default);
            self.heap.edge(cause, node, default);
            let to = self.alone(object);
            self.heap.rule(cause, node, Rule::CopyFields { to });
            return;
        }
        for export in &facts.exports {
            if let Exported::All(request) = export.what {
                if let Some(from) = self.namespace_object(module, request) {
                    let (from, to) = (self.alone(from), self.alone(object));
                    self.heap.rule(cause, from, Rule::CopyFields { to });
                }
                continue;
            }
            let name = self.module(module).name(export.name);
            let node = self.field_node(object, name);
            for found in self.exported(module, name, 0) {
                match found {
                    Found::Node(from) => self.heap.edge(cause, from, node),
                    Found::Object(object) => self.heap.seed(cause, node, object),
                    Found::Field(from, field) => {
                        self.heap.rule(cause, from, Rule::Load { to: node, field });
                    }
                }
            }
        }
    }

    fn import_op(&mut self, cause: Cause, module: ModuleIx, request: RequestId, to: NodeIx, dynamic: bool) {
        if dynamic {
            let key = MadeBy { call: CallIx(to.0), native: self.natives.promise, receiver: ObjectIx::NONE, step: 0 };
            let promise = match self.made_objects.get(&key) {
                Some(object) => *object,
                None => {
                    let object = self.new_object(Kind::Fresh(self.natives.promise));
                    self.made_objects.insert(key, object);
                    object
                }
            };
            self.heap.seed(cause, to, promise);
            let content = self.field_node(promise, self.words.content);
            self.namespace(cause, module, request, content);
            return;
        }
        match self.target(module, request) {
            Target::Module(target) if self.is_there(target) => {
                let commonjs = self.module(target).facts.commonjs;
                match commonjs {
                    Some(exports) => {
                        let from = self.value(target, exports);
                        self.heap.edge(cause, from, to);
                    }
                    None => self.namespace(cause, module, request, to),
                }
            }
            _ => self.namespace(cause, module, request, to),
        }
    }
}
