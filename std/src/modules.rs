//! The standard modules' JavaScript, by the name they are imported under. Written once as ES modules; the build
//! evaluates them into V8's startup snapshot, so a program pays for none of them at start.

/// One standard module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StdModule {
    /// `corona`, `corona:net`; `internal:…` is for std's own use and cannot be imported by programs.
    pub name: &'static str,
    /// ES module source.
    pub code: &'static str,
}

macro_rules! modules {
    ($($name:literal = $path:literal,)*) => {
        /// Every standard module.
        pub const ALL: &[StdModule] =
            &[$(StdModule { name: $name, code: include_str!(concat!("../js/", $path)) }),*];
    };
}

modules! {
    "corona" = "corona.js",
    "corona:atomic" = "atomic.js",
    "corona:child" = "child.js",
    "corona:fs" = "fs.js",
    "corona:http" = "http.js",
    "corona:net" = "net.js",
    "corona:process" = "process.js",
    "corona:time" = "time.js",
    "corona:websocket" = "websocket.js",
    "internal:commonjs" = "internal/commonjs.js",
    "internal:state" = "internal/state.js",
    "internal:context" = "internal/context.js",
    "internal:future" = "internal/future.js",
    "internal:exit" = "internal/exit.js",
    "internal:task" = "internal/task.js",
    "internal:effects" = "internal/effects.js",
    "internal:core" = "internal/core.js",
    "internal:environment" = "internal/environment.js",
    "internal:errors" = "internal/errors.js",
    "internal:fs_entries" = "internal/fs_entries.js",
    "internal:globals" = "internal/globals.js",
    "internal:http/limits" = "http/limits.js",
    "internal:http/live" = "http/live.js",
    "internal:listening" = "internal/listening.js",
    "internal:model/atomic" = "model/atomic.js",
    "internal:model/channel" = "model/channel.js",
    "internal:model/combine" = "model/combine.js",
    "internal:model/crew" = "model/crew.js",
    "internal:model/deadline" = "model/deadline.js",
    "internal:model/local" = "model/local.js",
    "internal:model/queue" = "model/queue.js",
    "internal:model/scope" = "model/scope.js",
    "internal:model/select" = "model/select.js",
    "internal:model/waiters" = "model/waiters.js",
    "internal:net/listener" = "net/listener.js",
    "internal:net/options" = "net/options.js",
    "internal:net/socket" = "net/socket.js",
    "internal:paths" = "internal/paths.js",
    "internal:process_global" = "internal/process_global.js",
    "internal:reader" = "internal/reader.js",
    "internal:refusal" = "internal/refusal.js",
    "internal:report" = "internal/report.js",
    "internal:shutdown" = "internal/shutdown.js",
    "internal:signals" = "internal/signals.js",
    "internal:source_maps" = "internal/source_maps.js",
    "internal:stdio" = "internal/stdio.js",
    "internal:streams" = "internal/streams.js",
    "internal:web/abort" = "web/abort.js",
    "internal:web/base64" = "web/base64.js",
    "internal:web/blob" = "web/blob.js",
    "internal:web/body" = "web/body.js",
    "internal:web/console" = "web/console.js",
    "internal:web/crypto" = "web/crypto.js",
    "internal:web/dom_exception" = "web/dom_exception.js",
    "internal:web/encoding" = "web/encoding.js",
    "internal:web/event_types" = "web/event_types.js",
    "internal:web/events" = "web/events.js",
    "internal:web/fetch" = "web/fetch.js",
    "internal:web/form_data" = "web/form_data.js",
    "internal:web/format" = "web/format.js",
    "internal:web/headers" = "web/headers.js",
    "internal:web/idl" = "web/idl.js",
    "internal:web/inspect" = "web/inspect.js",
    "internal:web/inspect_entries" = "web/inspect_entries.js",
    "internal:web/inspect_errors" = "web/inspect_errors.js",
    "internal:web/inspect_layout" = "web/inspect_layout.js",
    "internal:web/inspect_names" = "web/inspect_names.js",
    "internal:web/multipart" = "web/multipart.js",
    "internal:web/navigator" = "web/navigator.js",
    "internal:web/pair_iterator" = "web/pair_iterator.js",
    "internal:web/performance" = "web/performance.js",
    "internal:web/queue_microtask" = "web/queue_microtask.js",
    "internal:web/queuing_strategies" = "web/queuing_strategies.js",
    "internal:web/readable_readers" = "web/readable_readers.js",
    "internal:web/readable_stream" = "web/readable_stream.js",
    "internal:web/request" = "web/request.js",
    "internal:web/response" = "web/response.js",
    "internal:web/status" = "web/status.js",
    "internal:web/streams_bytes" = "web/streams_bytes.js",
    "internal:web/streams_pipe" = "web/streams_pipe.js",
    "internal:web/streams_readable" = "web/streams_readable.js",
    "internal:web/streams_shared" = "web/streams_shared.js",
    "internal:web/streams_tee" = "web/streams_tee.js",
    "internal:web/streams_writable" = "web/streams_writable.js",
    "internal:web/structured_clone" = "web/structured_clone.js",
    "internal:web/table" = "web/table.js",
    "internal:web/text_streams" = "web/text_streams.js",
    "internal:web/timers" = "web/timers.js",
    "internal:web/transform_stream" = "web/transform_stream.js",
    "internal:web/url" = "web/url.js",
    "internal:web/url_search_params" = "web/url_search_params.js",
    "internal:web/websocket" = "web/websocket.js",
    "internal:web/writable_stream" = "web/writable_stream.js",
    "node:async_hooks" = "async_hooks.js",
}

/// Whether `specifier` names a module that programs may import.
pub fn is_importable(specifier: &str) -> bool {
    !specifier.starts_with("internal:") && ALL.iter().any(|module| module.name == specifier)
}
