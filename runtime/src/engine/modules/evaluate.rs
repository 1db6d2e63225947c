//! Evaluation. A module's top level may block, so several coroutines may evaluate at once; V8's algorithm takes one at
//! a time through any module. So a coroutine reserves all of a graph that is not evaluated yet, and whoever needs a
//! part of it waits.

use super::super::Scope;
use super::super::convert::IntoJs;
use super::super::hooks::{self, Hook};
use super::registry::{self, record, resolve};
use crate::op::{Class, OpError, OpResult};
use crate::{scheduler, supervised};
use corona_std::bundle::{Graph, How, Kind, LoadError};
use corona_std::errors;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

#[derive(Default)]
struct Reserved {
    /// Module id to the coroutine that evaluates it.
    by: HashMap<String, u32>,
    waiting: Vec<u32>,
}

thread_local! {
    /// Id of the program's entry.
    static MAIN: RefCell<String> = const { RefCell::new(String::new()) };
    static RESERVED: RefCell<Reserved> = RefCell::default();
}

/// Evaluates the graph of `id`. Returns the promise of its completion (fulfilled already unless a top-level `await` is
/// pending); `None`: an exception is pending.
pub(super) fn evaluate<'s>(scope: &mut Scope<'s, '_>, id: &str) -> Option<v8::Local<'s, v8::Promise>> {
    let root = instantiated(scope, id)?;
    let modules = match reserve(scope, id) {
        Ok(modules) => modules,
        Err(error) => {
            hooks::throw(scope, &error);
            return None;
        }
    };
    let done = root.evaluate(scope);
    release(&modules);
    done?.try_cast::<v8::Promise>().ok()
}

/// V8's record of `id`, linked with what it imports. Errors of this stage (syntax that only V8 refuses, names that are
/// not exported) have no stack: they get the place that V8 complains about.
fn instantiated<'s>(scope: &mut Scope<'s, '_>, id: &str) -> Option<v8::Local<'s, v8::Module>> {
    v8::tc_scope!(let scope, scope);
    let root = record(scope, id);
    let linked = root.filter(|root| {
        root.get_status() != v8::ModuleStatus::Uninstantiated || root.instantiate_module(scope, resolve).is_some()
    });
    if linked.is_none() {
        if let (Some(exception), Some(place)) = (scope.exception(), place(scope)) {
            let place = place.into_js(scope);
            v8::tc_scope!(let inner, scope);
            hooks::call(inner, Hook::Locate, &[exception, place]);
            inner.reset();
        }
        scope.rethrow();
    }
    linked
}

/// Where the exception that is pending comes from: `file:line:column`.
fn place(scope: &mut v8::PinnedRef<'_, v8::TryCatch<'_, '_, v8::HandleScope<'_>>>) -> Option<String> {
    let message = scope.message()?;
    let file = message.get_script_resource_name(scope)?.to_rust_string_lossy(scope);
    // There is none where the stack overflowed because modules import each other too deep.
    let column = message.get_start_column().checked_add(1)?;
    Some(format!("{file}:{}:{column}", message.get_line_number(scope)?))
}

/// Reserves every module of the graph that is not evaluated; waits while another coroutine has one of them.
fn reserve(scope: &mut Scope<'_, '_>, id: &str) -> OpResult<Vec<String>> {
    let me = scheduler::current();
    loop {
        let modules = pending(scope, id);
        let owner = RESERVED.with_borrow(|reserved| modules.iter().find_map(|id| reserved.by.get(id).copied()));
        match owner {
            None => {
                RESERVED.with_borrow_mut(|reserved| reserved.by.extend(modules.iter().map(|id| (id.clone(), me))));
                return Ok(modules);
            }
            Some(owner) if owner == me => {
                let message = format!("{id} is required while it is being evaluated: a cycle of require and import");
                return Err(OpError::new(Class::Error, errors::UNRESOLVED_MODULE, message));
            }
            Some(_) => {
                RESERVED.with_borrow_mut(|reserved| reserved.waiting.push(me));
                scheduler::check_may_block(scope)?;
                scheduler::park(scope)?;
            }
        }
    }
}

fn release(modules: &[String]) {
    let waiting = RESERVED.with_borrow_mut(|reserved| {
        for id in modules {
            reserved.by.remove(id);
        }
        std::mem::take(&mut reserved.waiting)
    });
    waiting.into_iter().for_each(scheduler::wake);
}

/// The modules that evaluating `id` may run.
fn pending(scope: &mut Scope<'_, '_>, id: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut todo = vec![id.to_owned()];
    while let Some(id) = todo.pop() {
        if registry::is_std(&id) || !seen.insert(id.clone()) {
            continue;
        }
        let Some(module) = registry::source(&id) else { continue };
        let evaluated = record(scope, &id).is_none_or(|record| {
            matches!(record.get_status(), v8::ModuleStatus::Evaluated | v8::ModuleStatus::Errored)
        });
        if !evaluated {
            if module.kind == Kind::Esm {
                static_imports(scope, &id, &mut todo);
            }
            found.push(id);
        }
    }
    found
}

/// Adds what an ES module imports statically; what it may import later is not part of its evaluation.
fn static_imports(scope: &mut Scope<'_, '_>, id: &str, into: &mut Vec<String>) {
    let Some(requests) = record(scope, id).map(|record| record.get_module_requests()) else { return };
    for index in 0..requests.length() {
        let request = requests.get(scope, index).and_then(|it| it.try_cast::<v8::ModuleRequest>().ok());
        let Some(request) = request else { continue };
        let specifier = request.get_specifier().to_rust_string_lossy(scope);
        into.extend(registry::known(id, &specifier, How::Import));
    }
}

/// Evaluates the program's entry. Its failure is an uncaught exception.
pub(crate) fn run_main(scope: &mut Scope<'_, '_>, graph: Graph) {
    let root = registry::add(graph);
    MAIN.set(root.clone());
    v8::tc_scope!(let scope, scope);
    match evaluate(scope, &root) {
        Some(promise) => watch(scope, promise),
        None => {
            if let Some(exception) = scope.exception() {
                scope.reset();
                hooks::report_uncaught(scope, exception);
            }
        }
    }
}

/// The places, `file:line:column`, of top-level `await`s of the program that have not ended.
pub(crate) fn stalled(scope: &mut Scope<'_, '_>) -> Vec<String> {
    let main = MAIN.with_borrow(Clone::clone);
    if registry::source(&main).is_none_or(|module| module.kind != Kind::Esm) {
        return Vec::new();
    }
    let Some(main) = record(scope, &main) else { return Vec::new() };
    if main.get_status() != v8::ModuleStatus::Evaluated || !main.is_graph_async() {
        return Vec::new();
    }
    let stalled = main.get_stalled_top_level_await_message(scope);
    let place = |(module, message): &(v8::Local<'_, v8::Module>, v8::Local<'_, v8::Message>)| {
        let id = registry::id_of(scope, *module)?;
        Some(format!("{id}:{}:{}", message.get_line_number(scope)?, message.get_start_column() + 1))
    };
    stalled.iter().filter_map(place).collect()
}

/// Reports the failure of the entry's evaluation, now or when its top-level `await` ends.
fn watch<'s>(scope: &mut Scope<'s, '_>, promise: v8::Local<'s, v8::Promise>) {
    match promise.state() {
        v8::PromiseState::Fulfilled => supervised::evaluated(),
        v8::PromiseState::Rejected => {
            promise.mark_as_handled();
            let reason = promise.result(scope);
            hooks::report_uncaught(scope, reason);
        }
        v8::PromiseState::Pending => {
            let ended = v8::Function::new(scope, main_ended).zip(v8::Function::new(scope, main_failed));
            if let Some((ended, failed)) = ended {
                promise.then2(scope, ended, failed);
            }
        }
    }
}

fn main_ended(_: &mut Scope<'_, '_>, _: v8::FunctionCallbackArguments<'_>, _: v8::ReturnValue<'_>) {
    supervised::evaluated();
}

fn main_failed<'s>(scope: &mut Scope<'s, '_>, arguments: v8::FunctionCallbackArguments<'s>, _: v8::ReturnValue<'_>) {
    hooks::report_uncaught(scope, arguments.get(0));
}

/// A loader's error on its way to JavaScript.
pub(super) fn load_error(error: LoadError) -> OpError {
    let class = if error.syntax { Class::SyntaxError } else { Class::Error };
    OpError::new(class, error.code, error.message)
}
