//! Modules of the program: V8's module records over the graph that the loader hands out.

mod commonjs;
mod dynamic;
mod evaluate;
mod registry;

pub(crate) use commonjs::{cjs_compile, cjs_resolve, esm_namespace, json_text};
pub(crate) use dynamic::{import, import_meta};
pub(crate) use evaluate::{run_main, stalled};
pub(crate) use registry::{connect, install, module_map, module_source};

use super::Scope;

/// Where code comes from, for stack traces and `import()`.
pub(crate) fn origin<'s>(scope: &mut Scope<'s, '_>, name: &str, module: bool) -> v8::ScriptOrigin<'s> {
    let name = v8::String::new(scope, name).unwrap_or_else(|| v8::String::empty(scope));
    v8::ScriptOrigin::new(scope, name.into(), 0, 0, false, -1, None, false, false, module, None)
}
