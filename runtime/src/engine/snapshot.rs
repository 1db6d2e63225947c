//! V8's startup snapshot: std is evaluated once, when the project is built, and a program starts with it in place.
//! The snapshot names native functions by their place in a list, so it belongs to the program that was built with it.

use super::convert::IntoJs;
use super::{Scope, isolate, natives};
use crate::op::Registry;
use corona_std::{effects, modules};
use std::cell::RefCell;
use std::collections::HashMap;

thread_local! {
    /// While the snapshot is made: std's modules by name.
    static COMPILED: RefCell<HashMap<String, v8::Global<v8::Module>>> = RefCell::default();
}

/// The module in which std finds native functions; it takes them from a global that is gone afterwards.
const OPS_MODULE: modules::StdModule =
    modules::StdModule { name: "internal:ops", code: "export const ops = globalThis.ops; delete globalThis.ops;" };

/// Evaluates std and returns the snapshot.
pub fn make() -> Vec<u8> {
    isolate::initialize(&[]);
    let mut registry = Registry::default();
    crate::ops::register(&mut registry);
    let references = isolate::external_references(&registry);
    let mut isolate = v8::Isolate::snapshot_creator(Some(references), None);
    {
        isolate::adopt(&mut isolate);
        let isolate: &mut v8::Isolate = &mut isolate;
        v8::scope!(let scope, isolate);
        let context = v8::Context::new(scope, v8::ContextOptions::default());
        let namespaces = {
            let scope = &mut v8::ContextScope::new(scope, context);
            let ops = native_functions(scope, &registry);
            let global = context.global(scope);
            put(scope, global, "ops", ops.into());
            let namespaces = evaluate_all(scope);
            v8::Global::new(scope, namespaces)
        };
        COMPILED.take();
        let namespaces = v8::Local::new(scope, namespaces);
        scope.set_default_context(context);
        let index = scope.add_context_data(context, namespaces);
        assert_eq!(index, 0);
    }
    isolate.create_blob(v8::FunctionCodeHandling::Keep).expect("V8 writes the snapshot").to_vec()
}

/// The object whose properties are every op and native, and the tables that std reads.
fn native_functions<'s>(scope: &mut Scope<'s, '_>, registry: &Registry) -> v8::Local<'s, v8::Object> {
    let object = v8::Object::new(scope);
    let natives = natives::all().iter().map(|native| (native.name, native.callback));
    let ops = registry.entries.iter().map(|entry| (entry.name, entry.callback));
    for (name, callback) in natives.chain(ops) {
        let function = v8::Function::builder_raw(callback)
            .constructor_behavior(v8::ConstructorBehavior::Throw)
            .build(scope)
            .expect("a native function can be made");
        let name = v8::String::new(scope, name).expect("names are short");
        function.set_name(name);
        object.set(scope, name.into(), function.into());
    }
    let handlers: Vec<&str> = crate::events::Handler::ALL.iter().map(|(_, name)| *name).collect();
    let handlers = handlers.into_js(scope);
    put(scope, object, "handlers", handlers);
    let effects: Vec<(&str, &str, &str)> =
        effects::rows().map(|row| (row.module, row.name, row.effect.as_str())).collect();
    let effects = effects.into_js(scope);
    put(scope, object, "effects", effects);
    object
}

fn put<'s>(scope: &mut Scope<'s, '_>, object: v8::Local<'s, v8::Object>, name: &str, value: v8::Local<'s, v8::Value>) {
    let name = name.into_js(scope);
    object.set(scope, name, value);
}

/// Evaluates every module of std and returns an object of their namespaces by name.
fn evaluate_all<'s>(scope: &mut Scope<'s, '_>) -> v8::Local<'s, v8::Object> {
    for module in modules::ALL.iter().chain([&OPS_MODULE]) {
        let compiled = compile(scope, module);
        let compiled = v8::Global::new(scope, compiled);
        COMPILED.with_borrow_mut(|all| all.insert(module.name.to_owned(), compiled));
    }
    let namespaces = v8::Object::new(scope);
    for module in modules::ALL {
        let compiled = COMPILED.with_borrow(|all| v8::Local::new(scope, &all[module.name]));
        evaluate(scope, module.name, compiled);
        let namespace = compiled.get_module_namespace();
        put(scope, namespaces, module.name, namespace);
    }
    namespaces
}

fn compile<'s>(scope: &mut Scope<'s, '_>, module: &modules::StdModule) -> v8::Local<'s, v8::Module> {
    v8::tc_scope!(let scope, scope);
    let code = v8::String::new(scope, module.code).expect("std's modules are short");
    let origin = super::modules::origin(scope, module.name, true);
    let mut source = v8::script_compiler::Source::new(code, Some(&origin));
    match v8::script_compiler::compile_module(scope, &mut source) {
        Some(compiled) => compiled,
        None => panic!("{}: {}", module.name, complaint(scope)),
    }
}

fn evaluate(scope: &mut Scope<'_, '_>, name: &str, module: v8::Local<'_, v8::Module>) {
    v8::tc_scope!(let scope, scope);
    let done = module.instantiate_module(scope, resolve).and_then(|_| module.evaluate(scope));
    scope.perform_microtask_checkpoint();
    if done.is_none() {
        panic!("{name}: {}", complaint(scope));
    }
    if module.get_status() == v8::ModuleStatus::Errored {
        let exception = module.get_exception();
        let stack = exception.try_cast::<v8::Object>().ok().map(|error| super::hooks::property(scope, error, "stack"));
        panic!("{name}: {}", stack.unwrap_or(exception).to_rust_string_lossy(scope));
    }
}

fn complaint(scope: &mut v8::PinnedRef<'_, v8::TryCatch<'_, '_, v8::HandleScope<'_>>>) -> String {
    let message = scope.message().map(|message| {
        let text = message.get(scope).to_rust_string_lossy(scope);
        let line = message.get_line_number(scope).unwrap_or(0);
        let file = message.get_script_resource_name(scope).map(|it| it.to_rust_string_lossy(scope));
        format!("{} at {}:{line}", text, file.unwrap_or_default())
    });
    message.unwrap_or_default()
}

fn resolve<'s>(
    context: v8::Local<'s, v8::Context>,
    specifier: v8::Local<'s, v8::String>,
    _attributes: v8::Local<'s, v8::FixedArray>,
    _referrer: v8::Local<'s, v8::Module>,
) -> Option<v8::Local<'s, v8::Module>> {
    v8::callback_scope!(unsafe scope, context);
    let specifier = specifier.to_rust_string_lossy(scope);
    COMPILED.with_borrow(|all| {
        let module = all.get(&specifier).unwrap_or_else(|| panic!("std has no module {specifier}"));
        Some(v8::Local::new(scope, module))
    })
}
