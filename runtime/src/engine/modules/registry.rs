//! Which modules there are: sources from the loader, V8's records by id, and ids by record.

use super::super::Scope;
use super::super::convert::IntoJs;
use super::super::hooks::{self, Hook, property};
use super::origin;
use corona_std::bundle::{Graph, How, Kind, Loader, Module};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::num::NonZeroI32;
use std::rc::Rc;
use std::sync::Arc;
use v8::{FunctionCallbackArguments as Arguments, ReturnValue};

#[derive(Default)]
struct Modules {
    loader: Option<Arc<dyn Loader>>,
    std: Option<v8::Global<v8::Object>>,
    sources: HashMap<String, Rc<Module>>,
    records: HashMap<String, v8::Global<v8::Module>>,
    ids: HashMap<NonZeroI32, Vec<(v8::Global<v8::Module>, String)>>,
}

thread_local! {
    static MODULES: RefCell<Modules> = RefCell::default();
}

/// Connects the program's loader and std's namespaces (from the snapshot); returns the namespace of `internal:core`.
pub(crate) fn connect<'s>(scope: &mut Scope<'s, '_>, loader: Arc<dyn Loader>) -> v8::Local<'s, v8::Object> {
    let std: v8::Local<'_, v8::Object> =
        scope.get_context_data_from_snapshot_once(0).expect("the snapshot was made by this version");
    let core = property(scope, std, "internal:core");
    MODULES.with_borrow_mut(|modules| {
        modules.loader = Some(loader);
        modules.std = Some(v8::Global::new(scope, std));
    });
    core.try_into().expect("std has internal:core")
}

pub(super) fn loader() -> Arc<dyn Loader> {
    MODULES.with_borrow(|modules| Arc::clone(modules.loader.as_ref().expect("connected at start")))
}

/// Adds what the loader found; the first module of an id stays.
pub(super) fn add(graph: Graph) -> String {
    MODULES.with_borrow_mut(|modules| {
        for module in graph.modules {
            modules.sources.entry(module.id.clone()).or_insert_with(|| Rc::new(module));
        }
    });
    graph.root
}

pub(super) fn source(id: &str) -> Option<Rc<Module>> {
    MODULES.with_borrow(|modules| modules.sources.get(id).cloned())
}

pub(super) fn is_std(id: &str) -> bool {
    corona_std::modules::ALL.iter().any(|module| module.name == id)
}

/// The module that `specifier` means in `referrer`, if the loader has said so.
pub(super) fn known(referrer: &str, specifier: &str, how: How) -> Option<String> {
    if corona_std::modules::is_importable(specifier) {
        return Some(specifier.to_owned());
    }
    let module = source(referrer)?;
    let import = module.imports.iter().find(|import| import.specifier == specifier && import.how == how)?;
    (is_std(&import.target) || source(&import.target).is_some()).then(|| import.target.clone())
}

/// The namespace of a standard module.
pub(super) fn std_namespace<'s>(scope: &mut Scope<'s, '_>, name: &str) -> v8::Local<'s, v8::Object> {
    let std = MODULES.with_borrow(|modules| v8::Local::new(scope, modules.std.as_ref().expect("connected at start")));
    property(scope, std, name).try_into().expect("every standard module has a namespace")
}

/// The id of a record.
pub(super) fn id_of(scope: &mut Scope<'_, '_>, record: v8::Local<'_, v8::Module>) -> Option<String> {
    MODULES.with_borrow(|modules| {
        let candidates = modules.ids.get(&record.get_identity_hash())?;
        candidates.iter().find(|(other, _)| v8::Local::new(scope, other) == record).map(|(_, id)| id.clone())
    })
}

/// V8's record of the module `id`, compiled when first asked for. `None`: an exception is pending.
pub(super) fn record<'s>(scope: &mut Scope<'s, '_>, id: &str) -> Option<v8::Local<'s, v8::Module>> {
    let there = MODULES.with_borrow(|modules| modules.records.get(id).map(|record| v8::Local::new(scope, record)));
    if there.is_some() {
        return there;
    }
    let record = if is_std(id) { standard(scope, id) } else { compile(scope, &*source(id)?)? };
    MODULES.with_borrow_mut(|modules| {
        modules.records.insert(id.to_owned(), v8::Global::new(scope, record));
        let entry = (v8::Global::new(scope, record), id.to_owned());
        modules.ids.entry(record.get_identity_hash()).or_default().push(entry);
    });
    Some(record)
}

fn standard<'s>(scope: &mut Scope<'s, '_>, id: &str) -> v8::Local<'s, v8::Module> {
    let namespace = std_namespace(scope, id);
    let names = own_names(scope, namespace);
    let name = v8::String::new(scope, id).expect("names of std are short");
    v8::Module::create_synthetic_module(scope, name, &names, provide)
}

fn own_names<'s>(scope: &mut Scope<'s, '_>, object: v8::Local<'s, v8::Object>) -> Vec<v8::Local<'s, v8::String>> {
    let Some(names) = object.get_own_property_names(scope, v8::GetPropertyNamesArgs::default()) else {
        return Vec::new();
    };
    (0..names.length()).filter_map(|index| names.get_index(scope, index)?.try_cast::<v8::String>().ok()).collect()
}

fn compile<'s>(scope: &mut Scope<'s, '_>, module: &Module) -> Option<v8::Local<'s, v8::Module>> {
    if module.kind == Kind::Esm {
        let code = v8::String::new(scope, &module.code)?;
        let origin = origin(scope, &module.id, true);
        let mut source = v8::script_compiler::Source::new(code, Some(&origin));
        return v8::script_compiler::compile_module(scope, &mut source);
    }
    let mut names = vec!["default".to_owned()];
    if module.kind == Kind::CommonJs {
        export_names(module, &mut names, &mut HashSet::new());
    }
    let names: Vec<_> = names.iter().filter_map(|name| v8::String::new(scope, name)).collect();
    let name = v8::String::new(scope, &module.id)?;
    Some(v8::Module::create_synthetic_module(scope, name, &names, provide))
}

/// The names that an ES module may import from a CommonJS one, with those it passes on from others.
fn export_names(module: &Module, names: &mut Vec<String>, seen: &mut HashSet<String>) {
    if !seen.insert(module.id.clone()) {
        return;
    }
    for name in &module.exports {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    for specifier in &module.reexports {
        let target = known(&module.id, specifier, How::Require).and_then(|id| source(&id));
        if let Some(target) = target {
            export_names(&target, names, seen);
        }
    }
}

/// V8 evaluates a module that is not JavaScript: gives it its exports.
fn provide<'s>(
    context: v8::Local<'s, v8::Context>,
    record: v8::Local<'s, v8::Module>,
) -> Option<v8::Local<'s, v8::Value>> {
    v8::callback_scope!(unsafe scope, context);
    let id = id_of(scope, record)?;
    if is_std(&id) {
        let namespace = std_namespace(scope, &id);
        for name in own_names(scope, namespace) {
            let value = namespace.get(scope, name.into())?;
            record.set_synthetic_module_export(scope, name, value)?;
        }
    } else {
        let key = id.as_str().into_js(scope);
        let exports = hooks::call(scope, Hook::Require, &[key])?;
        let default = v8::String::new(scope, "default")?;
        record.set_synthetic_module_export(scope, default, exports)?;
        let module = source(&id)?;
        if let (Kind::CommonJs, Ok(object)) = (module.kind, exports.try_cast::<v8::Object>()) {
            let mut names = vec!["default".to_owned()];
            export_names(&module, &mut names, &mut HashSet::new());
            for name in &names[1..] {
                let key = v8::String::new(scope, name)?;
                let value = object.get(scope, key.into())?;
                record.set_synthetic_module_export(scope, key, value)?;
            }
        }
    }
    // What `Module::evaluate` returns for such a module: the promise of its evaluation.
    let resolver = v8::PromiseResolver::new(scope)?;
    let done = v8::undefined(scope).into();
    resolver.resolve(scope, done);
    Some(resolver.get_promise(scope).into())
}

/// V8 instantiates a module: finds what it imports.
pub(super) fn resolve<'s>(
    context: v8::Local<'s, v8::Context>,
    specifier: v8::Local<'s, v8::String>,
    _attributes: v8::Local<'s, v8::FixedArray>,
    referrer: v8::Local<'s, v8::Module>,
) -> Option<v8::Local<'s, v8::Module>> {
    v8::callback_scope!(unsafe scope, context);
    let specifier = specifier.to_rust_string_lossy(scope);
    let referrer = id_of(scope, referrer)?;
    match known(&referrer, &specifier, How::Import) {
        Some(id) => record(scope, &id),
        None => {
            let message = format!("{specifier}, imported by {referrer}, is in no bundle");
            let error =
                crate::op::OpError::new(crate::op::Class::Error, corona_std::errors::UNRESOLVED_MODULE, message);
            hooks::throw(scope, &error);
            None
        }
    }
}

fn module_text(
    scope: &mut Scope<'_, '_>,
    arguments: &Arguments<'_>,
    result: &mut ReturnValue<'_>,
    text: impl Fn(&Module) -> Option<Arc<str>>,
) {
    let id = arguments.get(0).to_rust_string_lossy(scope);
    if let Some(text) = source(&id).and_then(|module| text(&module)) {
        let text = (&*text).into_js(scope);
        result.set(text);
    }
}

/// `module_source(id)`: the text as it stands on disk.
pub(crate) fn module_source(scope: &mut Scope<'_, '_>, arguments: Arguments<'_>, mut result: ReturnValue<'_>) {
    module_text(scope, &arguments, &mut result, |module| {
        Some(module.original.clone().unwrap_or_else(|| Arc::clone(&module.code)))
    });
}

/// `module_map(id)`: the source map, if the executed code is not the text on disk.
pub(crate) fn module_map(scope: &mut Scope<'_, '_>, arguments: Arguments<'_>, mut result: ReturnValue<'_>) {
    module_text(scope, &arguments, &mut result, |module| module.map.clone());
}

/// Tells V8 whom to ask about modules.
pub(crate) fn install(isolate: &mut v8::Isolate) {
    isolate.set_host_import_module_dynamically_callback(super::import);
    isolate.set_host_initialize_import_meta_object_callback(super::import_meta);
    isolate.set_promise_reject_callback(hooks::on_promise_reject);
    isolate.set_prepare_stack_trace_callback(super::super::stacks::prepare);
}
