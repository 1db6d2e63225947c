//! The one isolate of the process, its context and its microtask queue.

use super::{natives, platform};
use crate::op::Registry;
use std::borrow::Cow;
use std::cell::Cell;
use std::ffi::c_void;
use std::ptr;
use std::sync::Once;

/// V8's collector of WebAssembly code refuses to run beside archived threads: invariant 9.
const FLAGS: &str = "--no-wasm-code-gc --js-explicit-resource-management --js-float16array";

thread_local! {
    static ISOLATE: Cell<*mut c_void> = const { Cell::new(ptr::null_mut()) };
    static QUEUE: Cell<*const v8::MicrotaskQueue> = const { Cell::new(ptr::null()) };
    static CONTEXT: Cell<Option<&'static v8::Global<v8::Context>>> = const { Cell::new(None) };
}

unsafe extern "C" {
    #[link_name = "_ZN2v88internal14MicrotaskQueue13RunMicrotasksEPNS0_7IsolateE"]
    fn run_microtasks(queue: *const c_void, isolate: *mut c_void) -> i32;
    #[link_name = "_ZN2v88internal14MicrotaskQueue11kSizeOffsetE"]
    static QUEUE_SIZE_OFFSET: usize;
    fn v8__Isolate__GetCurrent() -> *mut c_void;
}

/// Starts V8, once a process.
pub(crate) fn initialize(flags: &[String]) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        v8::V8::set_flags_from_string(FLAGS);
        for flag in flags {
            v8::V8::set_flags_from_string(flag);
        }
        v8::V8::initialize_platform(platform::new());
        v8::V8::initialize();
    });
}

/// The addresses of native functions that the snapshot refers to, in a fixed order.
pub(crate) fn external_references(ops: &Registry) -> Cow<'static, [v8::ExternalReference]> {
    let natives = natives::all().iter().map(|native| native.callback);
    let ops = ops.entries.iter().map(|entry| entry.callback);
    natives.chain(ops).map(|function| v8::ExternalReference { function }).collect()
}

/// Makes the isolate from the snapshot, and its context. The isolate is leaked: it lives as long as the process.
pub(crate) fn create(snapshot: &'static [u8], ops: &Registry) {
    let parameters = v8::CreateParams::default()
        .snapshot_blob(v8::StartupData::from(snapshot))
        .external_references(external_references(ops));
    let isolate: &'static mut v8::OwnedIsolate = Box::leak(Box::new(v8::Isolate::new(parameters)));
    adopt(isolate);
    let isolate: &mut v8::Isolate = isolate;
    v8::scope!(let scope, isolate);
    let queue = Box::leak(Box::new(v8::MicrotaskQueue::new(scope, v8::MicrotasksPolicy::Explicit)));
    let queue: *const v8::MicrotaskQueue = &raw const **queue;
    QUEUE.set(queue);
    let options = v8::ContextOptions { microtask_queue: Some(queue.cast_mut()), ..Default::default() };
    let context = v8::Context::new(scope, options);
    CONTEXT.set(Some(Box::leak(Box::new(v8::Global::new(scope, context)))));
}

/// Makes `isolate` the one that [`raw`] means.
pub(crate) fn adopt(isolate: &mut v8::Isolate) {
    isolate.set_microtasks_policy(v8::MicrotasksPolicy::Explicit);
    isolate.set_capture_stack_trace_for_uncaught_exceptions(false, 0);
    // SAFETY: invariant 4 (asks which isolate this thread has entered: the new one).
    ISOLATE.set(unsafe { v8__Isolate__GetCurrent() });
}

/// The isolate as V8's C++ sees it.
pub(crate) fn raw() -> *mut c_void {
    ISOLATE.get()
}

/// The isolate, for whoever holds an identity and opens a scope.
pub(crate) fn get() -> v8::Isolate {
    // SAFETY: invariant 4 (`ISOLATE` was set from the live isolate, which is never disposed of).
    unsafe { v8::Isolate::from_raw_ptr_unchecked(ISOLATE.get().cast()) }
}

/// The context in which all JavaScript runs.
pub(crate) fn context() -> &'static v8::Global<v8::Context> {
    CONTEXT.get().expect("the isolate was created")
}

/// Number of microtasks that wait.
pub(crate) fn microtasks() -> usize {
    // SAFETY: invariant 7 (the queue is leaked; V8 publishes the offset of its size for compiled code).
    unsafe { *QUEUE.get().byte_add(QUEUE_SIZE_OFFSET).cast::<isize>() as usize }
}

/// Runs microtasks until none is left. One that blocks suspends the coroutine inside; another coroutine may then drain
/// the same queue, since V8 takes a microtask out before it runs it. (The public entry point refuses to be re-entered.)
pub(crate) fn drain_microtasks(isolate: &mut v8::Isolate) {
    // SAFETY: invariant 7 (called under a held identity, with the queue of the isolate's one context).
    unsafe { run_microtasks(QUEUE.get().cast(), ISOLATE.get()) };
    isolate.clear_kept_objects();
}
