//! `import()` and `import.meta`.

use super::super::convert::IntoJs;
use super::super::hooks::{self, Hook};
use super::super::{Scope, throw};
use super::evaluate::{evaluate, load_error};
use super::registry::{self, add, known, record};
use crate::{reactor, scheduler};
use corona_std::bundle::{How, LoadError};
use std::cell::RefCell;
use std::collections::HashMap;

/// V8 meets `import(specifier)`: starts the load, and returns the promise of the namespace. Nothing blocks here.
pub(crate) fn import<'s>(
    scope: &mut Scope<'s, '_>,
    _host_defined: v8::Local<'s, v8::Data>,
    referrer: v8::Local<'s, v8::Value>,
    specifier: v8::Local<'s, v8::String>,
    _attributes: v8::Local<'s, v8::FixedArray>,
) -> Option<v8::Local<'s, v8::Promise>> {
    let resolver = v8::PromiseResolver::new(scope)?;
    let promise = resolver.get_promise(scope);
    let resolver = v8::Global::new(scope, resolver);
    let referrer = referrer.to_rust_string_lossy(scope);
    let specifier = specifier.to_rust_string_lossy(scope);
    if let Some(id) = known(&referrer, &specifier, How::Import) {
        scheduler::push_job(move |scope| settle(scope, resolver, Ok(id)));
        return Some(promise);
    }
    let asked = (referrer, specifier);
    let is_loading = LOADING.with_borrow_mut(|loading| {
        let waiting = loading.entry(asked.clone()).or_default();
        waiting.push(resolver);
        waiting.len() > 1
    });
    if !is_loading {
        load(asked);
    }
    Some(promise)
}

/// Who imports something, and what.
type Asked = (String, String);

thread_local! {
    /// Promises of what is being loaded: it is loaded once, and they are settled in the order in which they were made.
    static LOADING: RefCell<HashMap<Asked, Vec<v8::Global<v8::PromiseResolver>>>> = RefCell::default();
}

fn load(asked: Asked) {
    let hold = reactor::hold();
    reactor::spawn(async move {
        let loader = registry::loader();
        let (referrer, specifier) = asked.clone();
        let loaded =
            reactor::pool::run(move || Ok::<_, std::io::Error>(loader.load(&specifier, &referrer, How::Import)));
        let loaded = loaded.await.unwrap_or_else(|error| Err(internal(&error))).map(add);
        let waiting = LOADING.with_borrow_mut(|loading| loading.remove(&asked));
        for resolver in waiting.into_iter().flatten() {
            let loaded = loaded.clone();
            scheduler::push_job(move |scope| settle(scope, resolver, loaded));
        }
        drop(hold);
    });
}

/// The loader panicked: a bug of ours that must not end the program.
fn internal(error: &std::io::Error) -> LoadError {
    let message = format!("the module could not be loaded: {error}");
    LoadError { code: corona_std::errors::UNREADABLE_MODULE, message, syntax: false }
}

/// Evaluates what was loaded, in a coroutine of its own, and settles the promise of `import()`.
fn settle(scope: &mut Scope<'_, '_>, resolver: v8::Global<v8::PromiseResolver>, loaded: Result<String, LoadError>) {
    let resolver = v8::Local::new(scope, resolver);
    let id = match loaded {
        Ok(id) => id,
        Err(error) => {
            let error = throw::to_js(scope, &load_error(error));
            resolver.reject(scope, error);
            return;
        }
    };
    v8::tc_scope!(let scope, scope);
    let Some(done) = evaluate(scope, &id) else {
        if let Some(exception) = scope.exception() {
            scope.reset();
            resolver.reject(scope, exception);
        }
        return;
    };
    let Some(namespace) = record(scope, &id).map(|record| record.get_module_namespace()) else { return };
    match done.state() {
        v8::PromiseState::Fulfilled => {
            resolver.resolve(scope, namespace);
        }
        v8::PromiseState::Rejected => {
            done.mark_as_handled();
            let reason = done.result(scope);
            resolver.reject(scope, reason);
        }
        v8::PromiseState::Pending => chain(scope, done, namespace, resolver),
    }
}

/// Settles `resolver` when the module's top-level `await` ends.
fn chain<'s>(
    scope: &mut Scope<'s, '_>,
    done: v8::Local<'s, v8::Promise>,
    namespace: v8::Local<'s, v8::Value>,
    resolver: v8::Local<'s, v8::PromiseResolver>,
) {
    let data = v8::Array::new_with_elements(scope, &[namespace, resolver.into()]);
    let build = |scope: &mut Scope<'s, '_>, callback: v8::FunctionCallback| {
        v8::Function::builder_raw(callback).data(data.into()).build(scope)
    };
    let fulfilled = build(scope, v8::MapFnTo::map_fn_to(on_fulfilled));
    let rejected = build(scope, v8::MapFnTo::map_fn_to(on_rejected));
    if let (Some(fulfilled), Some(rejected)) = (fulfilled, rejected) {
        done.then2(scope, fulfilled, rejected);
    }
}

fn on_fulfilled(scope: &mut Scope<'_, '_>, arguments: v8::FunctionCallbackArguments<'_>, _: v8::ReturnValue<'_>) {
    if let Some((namespace, resolver)) = chained(scope, arguments.data()) {
        resolver.resolve(scope, namespace);
    }
}

fn on_rejected(scope: &mut Scope<'_, '_>, arguments: v8::FunctionCallbackArguments<'_>, _: v8::ReturnValue<'_>) {
    if let Some((_, resolver)) = chained(scope, arguments.data()) {
        resolver.reject(scope, arguments.get(0));
    }
}

fn chained<'s>(
    scope: &mut Scope<'s, '_>,
    data: v8::Local<'_, v8::Value>,
) -> Option<(v8::Local<'s, v8::Value>, v8::Local<'s, v8::PromiseResolver>)> {
    let data = data.try_cast::<v8::Array>().ok()?;
    let namespace = data.get_index(scope, 0)?;
    let resolver = data.get_index(scope, 1)?;
    // SAFETY: invariant 13 (`chain` put a PromiseResolver there, and nobody else sees the array).
    Some((namespace, unsafe { v8::Local::cast_unchecked(resolver) }))
}

/// V8 makes a module's `import.meta`.
pub(crate) unsafe extern "C" fn import_meta(
    context: v8::Local<'_, v8::Context>,
    module: v8::Local<'_, v8::Module>,
    meta: v8::Local<'_, v8::Object>,
) {
    v8::callback_scope!(unsafe scope, context);
    let Some(id) = registry::id_of(scope, module) else { return };
    let url = id.as_str().into_js(scope);
    hooks::call(scope, Hook::ImportMeta, &[meta.into(), url]);
}
