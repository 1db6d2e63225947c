//! What may block: of functions and of calls.

use super::Ide;
use super::names::{Origin, Spot, range, touches};
use crate::effects::{CallEffect, Effect, FunctionEffect, FunctionIx, ModuleIx};
use crate::facts::FunctionId;
use crate::graph::walk::ModuleId;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

/// What calling a function does, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionView {
    pub name: String,
    /// Of the name.
    pub range: Range<usize>,
    /// `never blocks`, `blocks`, …
    pub effect: String,
    pub blocks: bool,
    /// How it comes about: each step with its place.
    pub path: Vec<(String, Spot)>,
}

/// A function in a hierarchy of calls, and the calls by which it is reached from the one that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    pub name: String,
    pub at: Spot,
    pub blocks: bool,
    /// In the file of the caller.
    pub calls: Vec<Range<usize>>,
}

/// Words that editors colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Token {
    /// `atomic`
    Atomic,
    /// The name of what a call that may block calls.
    Blocking,
}

impl Ide {
    /// Names of calls that may suspend the coroutine.
    pub fn blocking_calls(&mut self, path: &Path) -> Vec<Range<usize>> {
        self.analyse();
        let Some((module, outline)) = self.module(path) else { return Vec::new() };
        let calls = self.calls(module);
        let blocking = calls.iter().filter(|call| call.blocks);
        let name = |call: &CallEffect| {
            let same = outline.calls.iter().find(|it| it.callee == call.span);
            range(same.map_or(call.span, |it| it.name))
        };
        let mut found: Vec<Range<usize>> = blocking.map(name).collect();
        found.sort_by_key(|it| it.start);
        found.dedup();
        found
    }

    /// Words that have to do with effects, by place.
    pub fn tokens(&mut self, path: &Path) -> Vec<(Range<usize>, Token)> {
        let mut found: Vec<_> = self.blocking_calls(path).into_iter().map(|it| (it, Token::Blocking)).collect();
        if let Some((_, outline)) = self.module(path) {
            found.extend(outline.sections.iter().map(|it| (range(it.word), Token::Atomic)));
        }
        found.sort_by_key(|(range, token)| (range.start, *token));
        found.dedup_by_key(|(range, _)| range.start);
        found
    }

    /// The functions of a file that have a name, by place.
    pub fn functions(&mut self, path: &Path) -> Vec<FunctionView> {
        self.analyse();
        let Some(module) = self.node(path).map(|node| node.id) else { return Vec::new() };
        let found = self.effects().map(|it| it.functions(ModuleIx(module.0))).unwrap_or_default();
        found.iter().filter(|it| !it.name.is_empty()).map(|it| self.view(it)).collect()
    }

    /// The function that the name at an offset means.
    pub(super) fn function_at(&mut self, path: &Path, offset: usize) -> Option<(ModuleId, FunctionEffect)> {
        let (module, outline) = self.module(path)?;
        let (module, span) = match self.origin_at(module, &outline, offset) {
            Some(Origin::Binding(module, binding)) => (module, self.outline(module)?.definition(binding)?.span),
            // Methods have no binding: they are found by their own name, or by the one thing that a call may call.
            None => match outline.calls.iter().find(|it| touches(it.name, offset)) {
                Some(call) => {
                    let calls = self.calls(module);
                    let call = calls.into_iter().find(|it| it.span == call.callee)?;
                    let [callee] = call.callees[..] else { return None };
                    return self.function(callee);
                }
                None => (module, outline.symbols.iter().find(|it| touches(it.selection, offset))?.selection),
            },
            Some(_) => return None,
        };
        let functions = self.effects()?.functions(ModuleIx(module.0));
        functions.into_iter().find(|it| it.span.start == span.start).map(|it| (module, it))
    }

    /// Functions without a name are members of a hierarchy too, by where they begin.
    fn function_in_hierarchy(&mut self, path: &Path, offset: usize) -> Option<(ModuleId, FunctionEffect)> {
        let module = self.node(path)?.id;
        let functions = self.effects()?.functions(ModuleIx(module.0));
        let found = functions.into_iter().find(|it| it.span.start as usize == offset);
        found.map(|it| (module, it)).or_else(|| self.function_at(path, offset))
    }

    fn function(&mut self, function: FunctionIx) -> Option<(ModuleId, FunctionEffect)> {
        let functions = self.effects()?.functions(function.module);
        let found = functions.into_iter().find(|it| it.function == function.function)?;
        Some((ModuleId(function.module.0), found))
    }

    pub(super) fn view(&self, function: &FunctionEffect) -> FunctionView {
        let (effect, blocks) = match &function.effect {
            Effect::Never => ("never blocks".to_owned(), false),
            Effect::Blocks => ("blocks".to_owned(), true),
            Effect::AsArguments(which) => {
                let which: Vec<String> = which.iter().map(|it| (it + 1).to_string()).collect();
                let plural = if which.len() == 1 { "" } else { "s" };
                (format!("blocks if its argument{plural} {} does", which.join(", ")), false)
            }
            Effect::Possible => ("may block: one of several things that it may call does".to_owned(), true),
            Effect::Unknown => ("unknown: it calls something that nothing is known about".to_owned(), false),
        };
        let hop = |hop: &crate::effects::Hop| (hop.text.clone(), self.target(ModuleId(hop.module.0), hop.span));
        let path = function.witness.iter().map(hop).collect();
        let name = function.name.trim_matches('`').to_owned();
        FunctionView { name, range: range(function.span), effect, blocks, path }
    }

    /// The function at an offset, as the root of a hierarchy of calls.
    pub fn hierarchy_root(&mut self, path: &Path, offset: usize) -> Option<Neighbour> {
        self.analyse();
        let (module, function) = self.function_at(path, offset)?;
        Some(self.neighbour(module, &function, Vec::new()))
    }

    /// Who calls the function at an offset.
    pub fn callers(&mut self, path: &Path, offset: usize) -> Vec<Neighbour> {
        self.analyse();
        let Some((module, function)) = self.function_in_hierarchy(path, offset) else { return Vec::new() };
        let wanted = FunctionIx { module: ModuleIx(module.0), function: function.function };
        let modules: Vec<ModuleId> = self.nodes().iter().map(|node| node.id).collect();
        let mut found: BTreeMap<(ModuleId, FunctionId), Vec<Range<usize>>> = BTreeMap::new();
        for module in modules {
            for call in self.calls(module).into_iter().filter(|call| call.callees.contains(&wanted)) {
                found.entry((module, call.function)).or_default().push(range(call.span));
            }
        }
        let caller =
            |this: &mut Self, ((module, function), calls): ((ModuleId, FunctionId), Vec<Range<usize>>)| match this
                .function(FunctionIx { module: ModuleIx(module.0), function })
            {
                Some((module, function)) => this.neighbour(module, &function, calls),
                None => this.top_level(module, calls),
            };
        found.into_iter().map(|it| caller(self, it)).collect()
    }

    /// What the function at an offset calls.
    pub fn callees(&mut self, path: &Path, offset: usize) -> Vec<Neighbour> {
        self.analyse();
        let Some((module, function)) = self.function_in_hierarchy(path, offset) else { return Vec::new() };
        let mut found: BTreeMap<FunctionIx, Vec<Range<usize>>> = BTreeMap::new();
        for call in self.calls(module).into_iter().filter(|call| call.function == function.function) {
            for callee in call.callees {
                found.entry(callee).or_default().push(range(call.span));
            }
        }
        let known = found.into_iter().filter_map(|(callee, calls)| {
            let (module, function) = self.function(callee)?;
            Some(self.neighbour(module, &function, calls))
        });
        known.collect()
    }

    fn neighbour(&self, module: ModuleId, function: &FunctionEffect, calls: Vec<Range<usize>>) -> Neighbour {
        let view = self.view(function);
        Neighbour { name: view.name, at: self.target(module, function.span), blocks: view.blocks, calls }
    }

    /// Code of a module that stands in no function.
    fn top_level(&self, module: ModuleId, calls: Vec<Range<usize>>) -> Neighbour {
        let path = self.nodes()[module.index()].found.path.clone();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Neighbour { name, at: Spot { path, start: 0, end: 0 }, blocks: false, calls }
    }

    fn calls(&mut self, module: ModuleId) -> Vec<CallEffect> {
        self.effects().map(|effects| effects.calls(ModuleIx(module.0))).unwrap_or_default()
    }
}
