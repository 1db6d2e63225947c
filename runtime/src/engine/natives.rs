//! Native functions that need more than ops can have: raw JavaScript values, or the calling coroutine itself.

use super::{Scope, bind::Callback, convert::IntoJs, hooks, inspect, modules, stacks};
use crate::op::{Class, OpError};
use crate::{program, scheduler};
use std::sync::OnceLock;
use std::time::Duration;
use v8::{FunctionCallbackArguments as Arguments, MapFnTo, ReturnValue};

/// A native function and its name in `ops`.
pub(crate) struct Native {
    pub(crate) name: &'static str,
    pub(crate) callback: Callback,
}

/// Every native, in the order in which the snapshot knows them.
///
/// Made once: the address of a function may differ from place to place, and the snapshot must see one.
pub(crate) fn all() -> &'static [Native] {
    static ALL: OnceLock<Vec<Native>> = OnceLock::new();
    ALL.get_or_init(list)
}

fn list() -> Vec<Native> {
    macro_rules! natives {
        ($($name:ident = $function:path),* $(,)?) => {
            vec![$(Native { name: stringify!($name), callback: $function.map_fn_to() }),*]
        };
    }
    natives! {
        park = park,
        park_for = park_for,
        unpark = unpark,
        yield_now = yield_now,
        cancel_coroutine = cancel_coroutine,
        forget_cancellation = forget_cancellation,
        shield = shield,
        take_cancellation = take_cancellation,
        after_job = after_job,
        frame_get = frame_get,
        frame_set = frame_set,
        promise_peek = promise_peek,
        promise_has_handler = promise_has_handler,
        promise_mark_handled = promise_mark_handled,
        exit = exit,
        spawn_site = stacks::spawn_site,
        function_site = stacks::function_site,
        module_source = modules::module_source,
        module_map = modules::module_map,
        cjs_compile = modules::cjs_compile,
        cjs_resolve = modules::cjs_resolve,
        esm_namespace = modules::esm_namespace,
        json_text = modules::json_text,
        inspect_proxy = inspect::proxy,
        inspect_promise = inspect::promise,
        inspect_preview = inspect::preview,
        inspect_is = inspect::class,
        counters = counters,
        heap_statistics = heap_statistics,
    }
}

fn throw(scope: &mut Scope<'_, '_>, result: Result<(), OpError>) {
    if let Err(error) = result {
        hooks::throw(scope, &error);
    }
}

fn number(scope: &mut Scope<'_, '_>, arguments: &Arguments<'_>, index: i32) -> u32 {
    arguments.get(index).uint32_value(scope).unwrap_or(u32::MAX)
}

/// `park()`: sleeps until `unpark(coroutine)`. May return early.
fn park(scope: &mut Scope<'_, '_>, _: Arguments<'_>, _: ReturnValue<'_>) {
    let result = scheduler::check_may_block(scope).and_then(|()| scheduler::park(scope));
    throw(scope, result);
}

/// `park_for(ms)`: as `park`, for at most so many milliseconds.
fn park_for(scope: &mut Scope<'_, '_>, arguments: Arguments<'_>, _: ReturnValue<'_>) {
    let ms = arguments.get(0).number_value(scope).unwrap_or(0.0);
    let limit = Duration::try_from_secs_f64(ms / 1000.0).unwrap_or(Duration::MAX);
    let result = scheduler::check_may_block(scope).and_then(|()| scheduler::park_for(scope, limit));
    throw(scope, result);
}

fn unpark(scope: &mut Scope<'_, '_>, arguments: Arguments<'_>, _: ReturnValue<'_>) {
    scheduler::wake(number(scope, &arguments, 0));
}

fn yield_now(scope: &mut Scope<'_, '_>, _: Arguments<'_>, _: ReturnValue<'_>) {
    let result = scheduler::check_may_block(scope).and_then(|()| scheduler::yield_now(scope));
    throw(scope, result);
}

fn cancel_coroutine(scope: &mut Scope<'_, '_>, arguments: Arguments<'_>, _: ReturnValue<'_>) {
    scheduler::cancel(number(scope, &arguments, 0));
}

/// `forget_cancellation()`: the job has ended; its coroutine goes on with another.
fn forget_cancellation(_: &mut Scope<'_, '_>, _: Arguments<'_>, _: ReturnValue<'_>) {
    scheduler::forget_cancellation();
}

fn shield(_: &mut Scope<'_, '_>, arguments: Arguments<'_>, _: ReturnValue<'_>) {
    scheduler::shield(arguments.get(0).is_true());
}

/// `take_cancellation(shielded)`: 0 there is none, 1 it was due, 2 it is shielded.
fn take_cancellation(_: &mut Scope<'_, '_>, arguments: Arguments<'_>, mut result: ReturnValue<'_>) {
    result.set_uint32(scheduler::take_cancellation(arguments.get(0).is_true()) as u32);
}

fn after_job(scope: &mut Scope<'_, '_>, _: Arguments<'_>, mut result: ReturnValue<'_>) {
    result.set_bool(scheduler::after_job(scope));
}

fn frame_get(scope: &mut Scope<'_, '_>, _: Arguments<'_>, mut result: ReturnValue<'_>) {
    if let Some(frame) = super::frame(scope) {
        result.set(frame);
    }
}

fn frame_set<'s>(scope: &mut Scope<'s, '_>, arguments: Arguments<'s>, _: ReturnValue<'_>) {
    super::set_frame(scope, arguments.get(0));
}

/// `promise_peek(value)`: undefined for what is no promise, null while it is pending, else `[fulfilled, value]`.
fn promise_peek<'s>(scope: &mut Scope<'s, '_>, arguments: Arguments<'s>, mut result: ReturnValue<'_>) {
    let Ok(promise) = arguments.get(0).try_cast::<v8::Promise>() else { return };
    if promise.state() == v8::PromiseState::Pending {
        return result.set_null();
    }
    let fulfilled = v8::Boolean::new(scope, promise.state() == v8::PromiseState::Fulfilled).into();
    let value = promise.result(scope);
    result.set(v8::Array::new_with_elements(scope, &[fulfilled, value]).into());
}

fn promise_has_handler(_: &mut Scope<'_, '_>, arguments: Arguments<'_>, mut result: ReturnValue<'_>) {
    result.set_bool(arguments.get(0).try_cast::<v8::Promise>().is_ok_and(|promise| promise.has_handler()));
}

fn promise_mark_handled(_: &mut Scope<'_, '_>, arguments: Arguments<'_>, _: ReturnValue<'_>) {
    if let Ok(promise) = arguments.get(0).try_cast::<v8::Promise>() {
        promise.mark_as_handled();
    }
}

/// `exit(code)`: flushes, closes, ends the process. Does not return.
fn exit(scope: &mut Scope<'_, '_>, arguments: Arguments<'_>, _: ReturnValue<'_>) {
    let code = arguments.get(0).int32_value(scope).unwrap_or(0);
    program::exit(code);
}

/// `counters()`: coroutines made, waiting, ready; resumptions; changes of V8's identity.
fn counters(scope: &mut Scope<'_, '_>, _: Arguments<'_>, mut result: ReturnValue<'_>) {
    let census = scheduler::census();
    let counts = vec![census.made as u64, census.waiting as u64, census.ready as u64, census.switches, super::swaps()];
    let counts = counts.into_js(scope);
    result.set(counts);
}

/// `heap_statistics()`: bytes of V8's heap, of it in use, and of memory outside that its objects hold; V8's version.
fn heap_statistics(scope: &mut Scope<'_, '_>, _: Arguments<'_>, mut result: ReturnValue<'_>) {
    let heap = scope.get_heap_statistics();
    let sizes = [heap.total_heap_size(), heap.used_heap_size(), heap.external_memory()].map(|bytes| bytes as f64);
    let value = (sizes.to_vec(), v8::V8::get_version().to_owned()).into_js(scope);
    result.set(value);
}

/// A TypeError for a native that was called with something else.
pub(crate) fn wrong_argument(scope: &mut Scope<'_, '_>, message: &'static str) {
    let error = OpError::new(Class::TypeError, corona_std::errors::INVALID_ARGUMENT, message);
    hooks::throw(scope, &error);
}
