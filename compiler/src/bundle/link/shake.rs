//! What is needed: statements that do something, and what those use. The rest is left out.

use super::needs::Needs;
use super::{Bound, Linker, OUTSIDE, Ref, Wrap, wrapper};
use crate::bundle::load::{ModuleIndex, RUNTIME, Target};
use crate::syntax::bundle::{AskForm, INTEROP, INTEROP_NODE, NAMESPACE, Record, SymbolIndex, WRAPPER};
use rustc_hash::FxHashSet;

/// Who declares and furnishes each symbol of a module: indexes of statements, sorted by symbol.
struct Makers(Vec<(SymbolIndex, u32)>);

impl Makers {
    fn of(record: &Record) -> Makers {
        let mut makers = Vec::with_capacity(record.statements.len());
        for (index, statement) in (0..).zip(&record.statements) {
            makers.extend(statement.declares.iter().chain(&statement.furnishes).map(|symbol| (*symbol, index)));
        }
        makers.sort_unstable();
        Makers(makers)
    }

    fn statements(&self, symbol: SymbolIndex) -> impl Iterator<Item = u32> + '_ {
        let first = self.0.partition_point(|(it, _)| *it < symbol);
        self.0[first..].iter().take_while(move |(it, _)| *it == symbol).map(|(_, statement)| *statement)
    }
}

pub(super) struct Shaker {
    makers: Vec<Makers>,
    statements: Vec<(ModuleIndex, u32)>,
    symbols: Vec<Ref>,
    modules: Vec<ModuleIndex>,
}

impl Linker<'_> {
    /// Marks what is live, from the entries on.
    pub(super) fn shake(&mut self) {
        let makers = self.modules.iter().map(|it| Makers::of(&it.record)).collect();
        let mut shaker = Shaker { makers, statements: Vec::new(), symbols: Vec::new(), modules: Vec::new() };
        for (link, module) in self.links.iter_mut().zip(self.modules) {
            link.keep = vec![false; module.record.statements.len()];
        }
        for entry in self.entries.clone() {
            self.enter(entry, &mut shaker);
        }
        loop {
            if let Some(module) = shaker.modules.pop() {
                self.run_module(module, &mut shaker);
            } else if let Some(reference) = shaker.symbols.pop() {
                self.use_symbol(reference, &mut shaker);
            } else if let Some((module, statement)) = shaker.statements.pop() {
                self.keep_statement(module, statement, &mut shaker);
            } else {
                break;
            }
        }
    }

    /// A module that is run from outside of the build: all that it exports is used.
    fn enter(&mut self, module: ModuleIndex, shaker: &mut Shaker) {
        shaker.modules.push(module);
        if self.links[module].wrap != Wrap::None {
            shaker.symbols.push(wrapper(module));
        }
        if self.modules[module].record.esm {
            self.use_exports(module, shaker);
        }
    }

    fn use_exports(&mut self, module: ModuleIndex, shaker: &mut Shaker) {
        if self.links[module].exports.is_none() {
            let exports = self.exports(module);
            shaker.symbols.extend(exports.values().filter_map(Bound::reference));
            self.links[module].exports = Some(exports);
        }
    }

    fn run_module(&mut self, module: ModuleIndex, shaker: &mut Shaker) {
        if std::mem::replace(&mut self.links[module].live, true) {
            return;
        }
        let modules = self.modules;
        let record = &modules[module].record;
        // Code that is made when it runs may name anything.
        let everything = (!self.options.tree_shaking || record.evals) && module != RUNTIME;
        for (index, statement) in record.statements.iter().enumerate() {
            if statement.effects || everything {
                shaker.statements.push((module, index as u32));
            }
        }
        for (ask, target) in record.requests.iter().zip(&modules[module].targets) {
            let Target::Module(target) = target else { continue };
            if ask.form == AskForm::Import && (!modules[*target].effectless || everything) {
                shaker.modules.push(*target);
                if self.links[*target].wrap != Wrap::None {
                    shaker.symbols.push(wrapper(*target));
                }
            }
        }
    }

    fn use_symbol(&mut self, reference: Ref, shaker: &mut Shaker) {
        if !self.used.insert(reference) || reference.module == OUTSIDE {
            return;
        }
        let Ref { module, symbol } = reference;
        shaker.modules.push(module);
        match symbol {
            NAMESPACE => {
                self.use_exports(module, shaker);
                shaker.symbols.push(self.needs().helper("__namespace"));
                self.use_stars(module, shaker);
            }
            WRAPPER => self.needs().of_wrapper(module, &mut |it| shaker.symbols.push(it)),
            INTEROP | INTEROP_NODE => {
                shaker.symbols.push(wrapper(module));
                shaker.symbols.push(self.needs().helper("__toESM"));
            }
            symbol => {
                let statements = shaker.makers[module].statements(symbol);
                shaker.statements.extend(statements.map(|it| (module, it)));
            }
        }
        // A lazy module gives its symbols their values when it runs.
        if self.links[module].wrap == Wrap::Lazy {
            shaker.symbols.push(wrapper(module));
        }
    }

    /// A namespace shows what `export *` finds when it runs.
    fn use_stars(&mut self, module: ModuleIndex, shaker: &mut Shaker) {
        let stars = self.running_stars(module);
        for star in &stars {
            shaker.symbols.push(*star);
            shaker.symbols.push(self.needs().helper("__reExport"));
        }
        self.links[module].stars = stars;
    }

    /// Namespaces of CommonJS modules and externals that `export *` of an ES module passes on.
    pub(super) fn running_stars(&mut self, module: ModuleIndex) -> Vec<Ref> {
        let (mut found, mut seen, mut todo) = (Vec::new(), FxHashSet::from_iter([module]), vec![module]);
        let modules = self.modules;
        while let Some(module) = todo.pop() {
            for request in &modules[module].record.stars {
                let star = match &modules[module].targets[*request as usize] {
                    Target::Module(target) if modules[*target].record.esm => {
                        if seen.insert(*target) {
                            todo.push(*target);
                        }
                        continue;
                    }
                    Target::Module(target) => super::interop(*target, modules[module].strict),
                    Target::External(specifier) => self.external(&specifier.clone(), None),
                    _ => continue,
                };
                if !found.contains(&star) {
                    found.push(star);
                }
            }
        }
        found
    }

    fn keep_statement(&mut self, module: ModuleIndex, statement: u32, shaker: &mut Shaker) {
        if std::mem::replace(&mut self.links[module].keep[statement as usize], true) {
            return;
        }
        let modules = self.modules;
        let statement = &modules[module].record.statements[statement as usize];
        self.needs().of_statement(module, statement, &mut |it| shaker.symbols.push(it));
        // One declarator of a pattern is used: the others come with it.
        shaker.symbols.extend(statement.declares.iter().map(|symbol| Ref { module, symbol: *symbol }));
        for request in &statement.requests {
            let dynamic = modules[module].record.requests[*request as usize].form == AskForm::Dynamic;
            if let (true, Target::Module(target)) = (dynamic, &modules[module].targets[*request as usize])
                && self.dynamic.insert(*target)
            {
                self.enter(*target, shaker);
            }
        }
    }

    pub(super) fn needs(&self) -> Needs<'_> {
        Needs {
            modules: self.modules,
            links: &self.links,
            helpers: &self.helpers,
            externals: &self.external_index,
            inline_dynamic: self.options.inline_dynamic_imports,
        }
    }
}
