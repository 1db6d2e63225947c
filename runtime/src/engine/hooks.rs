//! The functions of std that native code calls: `hooks` of `internal:core`.

use super::{Scope, convert::IntoJs, throw};
use crate::events::Event;
use crate::op::OpError;
use crate::{io, scheduler};
use std::cell::{Cell, RefCell};

/// Handles to the functions, for the life of the process.
pub(crate) struct Hooks {
    run: v8::Global<v8::Function>,
    dispatch: v8::Global<v8::Function>,
    cancelled: v8::Global<v8::Function>,
    refuse: v8::Global<v8::Function>,
    format_stack: v8::Global<v8::Function>,
    rejected: v8::Global<v8::Function>,
    uncaught: v8::Global<v8::Function>,
    require: v8::Global<v8::Function>,
    coroutines: v8::Global<v8::Function>,
    finish: v8::Global<v8::Function>,
    import_meta: v8::Global<v8::Function>,
    locate: v8::Global<v8::Function>,
    start: v8::Global<v8::Function>,
}

thread_local! {
    static HOOKS: Cell<Option<&'static Hooks>> = const { Cell::new(None) };
    /// Promises that were rejected without a handler since the last report.
    static REJECTED: RefCell<Vec<(v8::Global<v8::Promise>, v8::Global<v8::Value>)>> = const { RefCell::new(Vec::new()) };
}

/// Which function of std.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Hook {
    Cancelled,
    Refuse,
    FormatStack,
    Uncaught,
    Require,
    ImportMeta,
    Locate,
}

/// Finds the hooks in `internal:core`'s namespace, and the words that it shares with the scheduler.
pub(crate) fn connect(scope: &mut Scope<'_, '_>, core: v8::Local<'_, v8::Object>, tasks_max: u32) {
    let hooks = property(scope, core, "hooks");
    let hooks: v8::Local<'_, v8::Object> = hooks.try_into().expect("internal:core exports hooks");
    let mut function = |name: &str| {
        let function = property(scope, hooks, name);
        let function: v8::Local<'_, v8::Function> = function.try_into().expect("every hook is a function");
        v8::Global::new(scope, function)
    };
    let hooks = Hooks {
        run: function("run"),
        dispatch: function("dispatch"),
        cancelled: function("cancelled"),
        refuse: function("refuse"),
        format_stack: function("formatStack"),
        rejected: function("rejected"),
        uncaught: function("uncaught"),
        require: function("require"),
        coroutines: function("coroutines"),
        finish: function("finish"),
        import_meta: function("importMeta"),
        locate: function("locate"),
        start: function("start"),
    };
    HOOKS.set(Some(Box::leak(Box::new(hooks))));
    let words = property(scope, core, "state");
    let words: v8::Local<'_, v8::Uint32Array> = words.try_into().expect("internal:core exports its state");
    assert_eq!(words.length(), 32);
    let buffer = words.buffer(scope).expect("the array has a buffer");
    let memory = buffer.data().expect("the buffer has memory").as_ptr();
    scheduler::attach_state(memory.cast(), tasks_max);
}

/// The property `name` of `object`, which has no getters of that name.
pub(crate) fn property<'s>(
    scope: &mut Scope<'s, '_>,
    object: v8::Local<'_, v8::Object>,
    name: &str,
) -> v8::Local<'s, v8::Value> {
    let name = name.into_js(scope);
    object.get(scope, name).unwrap_or_else(|| v8::undefined(scope).into())
}

fn hooks() -> &'static Hooks {
    HOOKS.get().expect("hooks are connected before JavaScript runs")
}

/// Calls `hook`. `None`: it threw, and the exception is pending.
pub(crate) fn call<'s>(
    scope: &mut Scope<'s, '_>,
    hook: Hook,
    arguments: &[v8::Local<'s, v8::Value>],
) -> Option<v8::Local<'s, v8::Value>> {
    let hooks = hooks();
    let function = match hook {
        Hook::Cancelled => &hooks.cancelled,
        Hook::Refuse => &hooks.refuse,
        Hook::FormatStack => &hooks.format_stack,
        Hook::Uncaught => &hooks.uncaught,
        Hook::Require => &hooks.require,
        Hook::ImportMeta => &hooks.import_meta,
        Hook::Locate => &hooks.locate,
    };
    invoke(scope, function, arguments)
}

fn invoke<'s>(
    scope: &mut Scope<'s, '_>,
    function: &v8::Global<v8::Function>,
    arguments: &[v8::Local<'s, v8::Value>],
) -> Option<v8::Local<'s, v8::Value>> {
    let function = v8::Local::new(scope, function);
    let receiver = v8::undefined(scope).into();
    function.call(scope, receiver, arguments)
}

/// Calls a function of std that reports its own errors; one that escapes is an uncaught exception of the program.
fn job<const COUNT: usize>(scope: &mut Scope<'_, '_>, function: &v8::Global<v8::Function>, arguments: [f64; COUNT]) {
    v8::tc_scope!(let scope, scope);
    let arguments = arguments.map(|number| number.into_js(scope));
    if invoke(scope, function, &arguments).is_none()
        && let Some(exception) = scope.exception()
    {
        scope.reset();
        report_uncaught(scope, exception);
    }
}

/// Hands an error that nobody caught to std, which reports it and ends the process unless the program handles it.
pub(crate) fn report_uncaught<'s>(scope: &mut Scope<'s, '_>, exception: v8::Local<'s, v8::Value>) {
    v8::tc_scope!(let scope, scope);
    if call(scope, Hook::Uncaught, &[exception]).is_none() {
        scope.reset();
    }
}

/// Runs tasks from std's queue.
pub(crate) fn run_spawned(scope: &mut Scope<'_, '_>) {
    job(scope, &hooks().run, []);
}

/// Calls what std registered for the event.
pub(crate) fn dispatch(scope: &mut Scope<'_, '_>, event: Event) {
    job(scope, &hooks().dispatch, [f64::from(event.handler as u8), f64::from(event.a), f64::from(event.b)]);
}

/// Tells std that the process is a program now, and no longer a snapshot.
pub(crate) fn start(scope: &mut Scope<'_, '_>) {
    job(scope, &hooks().start, []);
}

/// Nothing is left to do: std runs the program's exit handlers and ends the process.
pub(crate) fn finish(scope: &mut Scope<'_, '_>) {
    v8::tc_scope!(let scope, scope);
    let stalled = super::stalled(scope);
    // A program that awaits a signal at its top level waits for something.
    if !stalled.is_empty() && io::signal::is_listening() {
        return io::signal::keep_alive_until_next();
    }
    let stalled = stalled.into_js(scope);
    if invoke(scope, &hooks().finish, &[stalled]).is_none() {
        scope.reset();
    }
}

/// Has std print the stacks of coroutines that wait; for a deadlock it then ends the process.
pub(crate) fn report_coroutines(
    scope: &mut Scope<'_, '_>,
    deadlock: bool,
    stacks: Vec<(u32, scheduler::Kind, String)>,
) {
    v8::tc_scope!(let scope, scope);
    let stacks: Vec<_> = stacks.into_iter().map(|(number, kind, stack)| (number, kind as u32, stack)).collect();
    let deadlock = deadlock.into_js(scope);
    let stacks = stacks.into_js(scope);
    if invoke(scope, &hooks().coroutines, &[deadlock, stacks]).is_none() {
        scope.reset();
    }
}

/// V8 reports promises that are rejected while nobody listens, and those that get a listener afterwards.
pub(crate) extern "C" fn on_promise_reject(message: v8::PromiseRejectMessage<'_>) {
    use v8::PromiseRejectEvent::{PromiseHandlerAddedAfterReject, PromiseRejectWithNoHandler};
    v8::callback_scope!(unsafe scope, &message);
    let promise = message.get_promise();
    match message.get_event() {
        PromiseRejectWithNoHandler if !scheduler::is_quiet() => {
            let reason = message.get_value().unwrap_or_else(|| v8::undefined(scope).into());
            let entry = (v8::Global::new(scope, promise), v8::Global::new(scope, reason));
            REJECTED.with_borrow_mut(|rejected| rejected.push(entry));
        }
        PromiseHandlerAddedAfterReject => {
            let mut rejected = REJECTED.take();
            rejected.retain(|(entry, _)| v8::Local::new(scope, entry) != promise);
            REJECTED.set(rejected);
        }
        _ => {}
    }
}

/// Reports promises whose rejection nobody handled by the time the microtask queue was empty.
pub(crate) fn report_rejections(scope: &mut Scope<'_, '_>) {
    for (promise, reason) in REJECTED.take() {
        v8::tc_scope!(let scope, scope);
        let promise = v8::Local::new(scope, promise).into();
        let reason = v8::Local::new(scope, reason);
        if invoke(scope, &hooks().rejected, &[promise, reason]).is_none() {
            scope.reset();
        }
    }
}

/// Tells std of a call that may block where nothing may block. `false`: it has thrown, and the exception is pending.
pub(crate) fn refuse(scope: &mut Scope<'_, '_>) -> bool {
    call(scope, Hook::Refuse, &[]).is_some()
}

/// Throws the errors of the model through std, which knows the task and the name of the call.
pub(crate) fn throw(scope: &mut Scope<'_, '_>, error: &OpError) {
    match &*error.code {
        // Std has thrown it itself, in `refuse`.
        corona_std::errors::WOULD_BLOCK => {}
        corona_std::errors::CANCELLED => {
            if let Some(exception) = call(scope, Hook::Cancelled, &[]) {
                scope.throw_exception(exception);
            }
        }
        _ => throw::throw(scope, error),
    }
}
