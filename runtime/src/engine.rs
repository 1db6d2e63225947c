//! V8, behind one door: the only place that names the `v8` crate.

pub(crate) mod bind;
mod convert;
mod hooks;
mod identity;
mod inspect;
mod isolate;
mod modules;
mod natives;
mod platform;
mod scavenge;
mod snapshot;
mod stacks;
mod threads;
mod throw;

pub(crate) use hooks::{dispatch, finish, refuse, report_coroutines, report_rejections, run_spawned, start};
pub(crate) use identity::{Identity, assert_interposed, swaps};
pub(crate) use isolate::{create, initialize, microtasks};
pub(crate) use modules::{run_main, stalled};
pub(crate) use platform::{has_task as has_foreground_task, next_due, on_post};
pub use snapshot::make as make_snapshot;
pub(crate) use stacks::here as stack_here;

use corona_std::bundle::Loader;
use std::cell::Cell;
use std::sync::Arc;

/// A handle scope with the context entered: what it takes to touch JavaScript values.
pub(crate) type Scope<'s, 'i> = v8::PinScope<'s, 'i>;

/// Opens a scope in the program's context. The caller holds an identity.
pub(crate) fn with_scope<R>(run: impl FnOnce(&mut Scope<'_, '_>) -> R) -> R {
    let mut isolate = isolate::get();
    let isolate: &mut v8::Isolate = &mut isolate;
    v8::scope!(let scope, isolate);
    let context = v8::Local::new(scope, isolate::context());
    let scope = &mut v8::ContextScope::new(scope, context);
    run(scope)
}

/// Opens a scope in a scope, so that the handles made by `run` end with it.
pub(crate) fn nested<R>(scope: &mut Scope<'_, '_>, run: impl FnOnce(&mut Scope<'_, '_>) -> R) -> R {
    v8::scope!(let scope, scope);
    run(scope)
}

/// Connects std, from the snapshot, with the program's loader and with the scheduler.
pub(crate) fn connect(loader: Arc<dyn Loader>, tasks_max: u32) {
    modules::install(&mut isolate::get());
    with_scope(|scope| {
        let core = modules::connect(scope, loader);
        hooks::connect(scope, core, tasks_max);
    });
}

/// Whether V8's threads work on something that JavaScript waits for, such as the compilation of WebAssembly.
pub(crate) fn has_background_work() -> bool {
    isolate::get().has_pending_background_tasks()
}

/// Runs what V8 wants done on this thread and is due.
pub(crate) fn run_foreground_tasks() {
    while let Some(task) = platform::next_task() {
        task.run();
    }
}

/// Runs microtasks until none is left.
pub(crate) fn drain_microtasks(scope: &mut Scope<'_, '_>) {
    isolate::drain_microtasks(scope);
}

/// An async context that was taken along.
pub(crate) type Frame<'s> = Option<v8::Local<'s, v8::Value>>;

thread_local! {
    /// Whether the program ever set an async context: until then there is none to take along.
    static FRAMES: Cell<bool> = const { Cell::new(false) };
}

/// The async context: V8 keeps it per isolate, so whoever suspends takes it along (invariant 4).
pub(crate) fn frame<'s>(scope: &mut Scope<'s, '_>) -> Frame<'s> {
    FRAMES.get().then(|| scope.get_continuation_preserved_embedder_data())
}

/// Puts back what [`frame`] gave.
pub(crate) fn restore_frame<'s>(scope: &mut Scope<'s, '_>, frame: Frame<'s>) {
    if FRAMES.get() {
        let frame = frame.unwrap_or_else(|| v8::undefined(scope).into());
        scope.set_continuation_preserved_embedder_data(frame);
    }
}

/// Sets the async context of this coroutine.
pub(crate) fn set_frame<'s>(scope: &mut Scope<'s, '_>, frame: v8::Local<'s, v8::Value>) {
    FRAMES.set(true);
    scope.set_continuation_preserved_embedder_data(frame);
}
