//! The native half of `require`: std's `internal/commonjs.js` keeps the cache and the module objects.

use super::super::convert::IntoJs;
use super::super::{Scope, natives, throw};
use super::evaluate::{evaluate, load_error};
use super::origin;
use super::registry::{self, add, known, record, source};
use crate::coroutine::on_parent_stack;
use corona_std::bundle::{How, Kind};
use v8::{FunctionCallbackArguments as Arguments, ReturnValue};

/// `cjs_resolve(referrer, specifier)`: `[id, "std" | "esm" | "cjs" | "json"]`; throws MODULE_NOT_FOUND.
pub(crate) fn cjs_resolve(scope: &mut Scope<'_, '_>, arguments: Arguments<'_>, mut result: ReturnValue<'_>) {
    let referrer = arguments.get(0).to_rust_string_lossy(scope);
    let specifier = arguments.get(1).to_rust_string_lossy(scope);
    let id = match known(&referrer, &specifier, How::Require) {
        Some(id) => id,
        None => {
            let loader = registry::loader();
            match on_parent_stack(|| loader.load(&specifier, &referrer, How::Require)) {
                Ok(graph) => add(graph),
                Err(error) => {
                    let error = throw::to_js(scope, &load_error(error));
                    scope.throw_exception(error);
                    return;
                }
            }
        }
    };
    let kind = match source(&id).map(|module| module.kind) {
        None => "std",
        Some(Kind::Esm) => "esm",
        Some(Kind::CommonJs) => "cjs",
        Some(Kind::Json) => "json",
    };
    let pair = (id, kind).into_js(scope);
    result.set(pair);
}

/// `cjs_compile(id)`: the module as a function of `exports, require, module, __filename, __dirname`.
pub(crate) fn cjs_compile(scope: &mut Scope<'_, '_>, arguments: Arguments<'_>, mut result: ReturnValue<'_>) {
    let id = arguments.get(0).to_rust_string_lossy(scope);
    let Some(module) = source(&id) else { return natives::wrong_argument(scope, "no such module") };
    let parameters = ["exports", "require", "module", "__filename", "__dirname"];
    let parameters: Vec<_> = parameters.iter().filter_map(|name| v8::String::new(scope, name)).collect();
    let Some(code) = v8::String::new(scope, &module.code) else { return };
    let origin = origin(scope, &id, false);
    let mut source = v8::script_compiler::Source::new(code, Some(&origin));
    let function = v8::script_compiler::compile_function(
        scope,
        &mut source,
        &parameters,
        &[],
        v8::script_compiler::CompileOptions::NoCompileOptions,
        v8::script_compiler::NoCacheReason::NoReason,
    );
    if let Some(function) = function {
        result.set(function.into());
    }
}

/// `esm_namespace(id)`: `[namespace, promise of its evaluation]`.
pub(crate) fn esm_namespace(scope: &mut Scope<'_, '_>, arguments: Arguments<'_>, mut result: ReturnValue<'_>) {
    let id = arguments.get(0).to_rust_string_lossy(scope);
    if registry::is_std(&id) {
        let namespace = registry::std_namespace(scope, &id).into();
        let none = v8::undefined(scope).into();
        return result.set(v8::Array::new_with_elements(scope, &[namespace, none]).into());
    }
    let Some(done) = evaluate(scope, &id) else { return };
    let Some(record) = record(scope, &id) else { return };
    let namespace = record.get_module_namespace();
    result.set(v8::Array::new_with_elements(scope, &[namespace, done.into()]).into());
}

/// `json_text(id)`: the text of a JSON module.
pub(crate) fn json_text(scope: &mut Scope<'_, '_>, arguments: Arguments<'_>, mut result: ReturnValue<'_>) {
    let id = arguments.get(0).to_rust_string_lossy(scope);
    let Some(module) = source(&id) else { return natives::wrong_argument(scope, "no such module") };
    let text = (&*module.code).into_js(scope);
    result.set(text);
}
