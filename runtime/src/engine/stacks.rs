//! Stack traces: where somebody stands, where a task was spawned, and `error.stack`.

use super::hooks::{self, Hook};
use super::{Scope, convert::IntoJs};
use std::cell::Cell;
use std::time::Instant;
use v8::{FunctionCallbackArguments as Arguments, ReturnValue};

/// Frames kept of a coroutine's stack in a dump.
const FRAMES_MAX: usize = 32;
/// Spawn sites cost about 2 µs each: at most so many are looked up a millisecond.
const SITES_PER_MS: u32 = 32;

thread_local! {
    /// The millisecond that runs, and what is left of its allowance.
    static ALLOWANCE: Cell<(u128, u32)> = const { Cell::new((u128::MAX, 0)) };
    static START: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// The stack of the coroutine that runs now, one frame a line, without frames of std: `name (file:line:column)`.
/// Positions are those of the executed code; std maps them.
pub(crate) fn here(scope: &mut Scope<'_, '_>) -> String {
    let Some(trace) = v8::StackTrace::current_stack_trace(scope, FRAMES_MAX) else { return String::new() };
    let mut text = String::new();
    for index in 0..trace.get_frame_count() {
        let Some(frame) = trace.get_frame(scope, index) else { continue };
        let Some(place) = place(scope, frame) else { continue };
        let name = frame.get_function_name(scope).map(|name| name.to_rust_string_lossy(scope)).unwrap_or_default();
        text.push_str(&format!("{name}\t{place}\n"));
    }
    text
}

/// `file:line:column` of a frame, if it is the program's own.
fn place<'s>(scope: &mut Scope<'s, '_>, frame: v8::Local<'s, v8::StackFrame>) -> Option<String> {
    let script = frame.get_script_name_or_source_url(scope)?.to_rust_string_lossy(scope);
    let internal = corona_std::modules::ALL.iter().any(|module| module.name == script);
    (!internal).then(|| format!("{script}:{}:{}", frame.get_line_number(), frame.get_column()))
}

/// `spawn_site()`: the place in the program that called into std, or undefined when the allowance is used up.
pub(crate) fn spawn_site(scope: &mut Scope<'_, '_>, _: Arguments<'_>, mut result: ReturnValue<'_>) {
    let start = START.get().unwrap_or_else(|| {
        START.set(Some(Instant::now()));
        Instant::now()
    });
    let now = start.elapsed().as_millis();
    let (millisecond, left) = ALLOWANCE.get();
    let left = if millisecond == now { left } else { SITES_PER_MS };
    if left == 0 {
        return;
    }
    ALLOWANCE.set((now, left - 1));
    let Some(trace) = v8::StackTrace::current_stack_trace(scope, 8) else { return };
    for index in 0..trace.get_frame_count() {
        let Some(frame) = trace.get_frame(scope, index) else { continue };
        if let Some(place) = place(scope, frame) {
            let place = place.into_js(scope);
            return result.set(place);
        }
    }
}

/// `function_site(fn)`: the place where the function is written, or undefined for native ones.
pub(crate) fn function_site<'s>(scope: &mut Scope<'s, '_>, arguments: Arguments<'s>, mut result: ReturnValue<'_>) {
    let Ok(function) = arguments.get(0).try_cast::<v8::Function>() else { return };
    let origin = function.get_script_origin(scope);
    let (Some(script), Some(line), Some(column)) =
        (origin.resource_name(), function.get_script_line_number(), function.get_script_column_number())
    else {
        return;
    };
    let script = script.to_rust_string_lossy(scope);
    let place = format!("{script}:{}:{}", line + 1, column + 1).into_js(scope);
    result.set(place);
}

/// V8 asks for the text of `error.stack` when it is first read.
pub(crate) fn prepare<'s>(
    scope: &mut Scope<'s, '_>,
    error: v8::Local<'s, v8::Value>,
    sites: v8::Local<'s, v8::Array>,
) -> v8::Local<'s, v8::Value> {
    v8::tc_scope!(let scope, scope);
    match hooks::call(scope, Hook::FormatStack, &[error, sites.into()]) {
        Some(text) => text,
        None => {
            scope.reset();
            error.to_rust_string_lossy(scope).into_js(scope)
        }
    }
}
