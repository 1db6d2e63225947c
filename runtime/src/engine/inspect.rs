//! What `console` may see of a value without running the program's code: behind proxies, into promises.

use super::{Scope, convert::IntoJs};
use v8::{FunctionCallbackArguments as Arguments, ReturnValue};

/// `inspect_proxy(value)`: `[target, handler]`, or null for what is no proxy.
pub(crate) fn proxy<'s>(scope: &mut Scope<'s, '_>, arguments: Arguments<'s>, mut result: ReturnValue<'_>) {
    let Ok(proxy) = arguments.get(0).try_cast::<v8::Proxy>() else { return result.set_null() };
    let parts = [proxy.get_target(scope), proxy.get_handler(scope)];
    result.set(v8::Array::new_with_elements(scope, &parts).into());
}

/// `inspect_promise(value)`: `[0 pending | 1 fulfilled | 2 rejected, result]`, or null for what is no promise.
pub(crate) fn promise<'s>(scope: &mut Scope<'s, '_>, arguments: Arguments<'s>, mut result: ReturnValue<'_>) {
    let Ok(promise) = arguments.get(0).try_cast::<v8::Promise>() else { return result.set_null() };
    let (state, value) = match promise.state() {
        v8::PromiseState::Pending => (0, v8::undefined(scope).into()),
        v8::PromiseState::Fulfilled => (1, promise.result(scope)),
        v8::PromiseState::Rejected => (2, promise.result(scope)),
    };
    let state = v8::Integer::new(scope, state).into();
    result.set(v8::Array::new_with_elements(scope, &[state, value]).into());
}

/// `inspect_preview(value)`: `[entries, whether keys and values alternate]` of a collection or its iterator, or null.
pub(crate) fn preview<'s>(scope: &mut Scope<'s, '_>, arguments: Arguments<'s>, mut result: ReturnValue<'_>) {
    let Ok(object) = arguments.get(0).try_cast::<v8::Object>() else { return result.set_null() };
    let (entries, pairs) = object.preview_entries(scope);
    let Some(entries) = entries else { return result.set_null() };
    let pairs = v8::Boolean::new(scope, pairs).into();
    result.set(v8::Array::new_with_elements(scope, &[entries.into(), pairs]).into());
}

/// `inspect_is(value)`: the name of the kind of built-in object it is, whatever its prototype says; or "".
pub(crate) fn class(scope: &mut Scope<'_, '_>, arguments: Arguments<'_>, mut result: ReturnValue<'_>) {
    let value = arguments.get(0);
    macro_rules! first {
        ($($check:ident => $name:literal),* $(,)?) => { $(if value.$check() { $name } else)* { "" } };
    }
    let name = first! {
        is_proxy => "Proxy",
        is_external => "External",
        is_date => "Date",
        is_arguments_object => "ArgumentsObject",
        is_big_int_object => "BoxedPrimitive",
        is_boolean_object => "BoxedPrimitive",
        is_number_object => "BoxedPrimitive",
        is_string_object => "BoxedPrimitive",
        is_symbol_object => "BoxedPrimitive",
        is_native_error => "NativeError",
        is_reg_exp => "RegExp",
        is_async_function => "AsyncFunction",
        is_generator_function => "GeneratorFunction",
        is_generator_object => "GeneratorObject",
        is_promise => "Promise",
        is_map => "Map",
        is_set => "Set",
        is_map_iterator => "MapIterator",
        is_set_iterator => "SetIterator",
        is_weak_map => "WeakMap",
        is_weak_set => "WeakSet",
        is_array_buffer => "ArrayBuffer",
        is_data_view => "DataView",
        is_shared_array_buffer => "SharedArrayBuffer",
        is_module_namespace_object => "ModuleNamespace",
        is_typed_array => "TypedArray",
    };
    let name = name.into_js(scope);
    result.set(name);
}
