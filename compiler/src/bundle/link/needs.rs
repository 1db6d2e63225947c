//! What a statement, and what running a module, needs of the whole build.

use super::{External, Link, OUTSIDE, Ref, Wrap, namespace, wrapper};
use crate::bundle::load::{Module, ModuleIndex, RUNTIME, Target};
use crate::resolve::standard;
use crate::syntax::bundle::{AskForm, Name, Statement, SymbolIndex};
use rustc_hash::FxHashMap;

/// What a request turns into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bundle) enum Asked {
    /// `require_x()`
    CommonJs(ModuleIndex),
    /// `(init_x(), __toCommonJS(x_exports))`
    Lazy(ModuleIndex),
    /// The default export of a module made of data.
    Data(ModuleIndex),
    /// `import()` of a module of the build.
    Dynamic(ModuleIndex),
    External(String),
    Missing(String),
    Asset(usize),
}

/// What a request of `module` turns into; `None` for static imports.
pub(in crate::bundle) fn asked(modules: &[Module], module: ModuleIndex, request: usize) -> Option<Asked> {
    let module = &modules[module];
    let (ask, target) = (&module.record.requests[request], &module.targets[request]);
    Some(match (ask.form, target) {
        (AskForm::Import, _) => return None,
        (_, Target::Asset(index)) => Asked::Asset(*index),
        (AskForm::Url, _) => return None,
        (_, Target::Missing) => Asked::Missing(ask.specifier.clone()),
        (_, Target::External(specifier)) => Asked::External(specifier.clone()),
        (AskForm::Dynamic, Target::Module(index)) => Asked::Dynamic(*index),
        (_, Target::Module(index)) if modules[*index].data => Asked::Data(*index),
        (_, Target::Module(index)) if modules[*index].record.esm => Asked::Lazy(*index),
        (_, Target::Module(index)) => Asked::CommonJs(*index),
    })
}

/// What is looked at to answer.
pub(in crate::bundle) struct Needs<'a> {
    pub(in crate::bundle) modules: &'a [Module],
    pub(in crate::bundle) links: &'a [Link],
    pub(in crate::bundle) helpers: &'a FxHashMap<Name, SymbolIndex>,
    pub(in crate::bundle) externals: &'a FxHashMap<External, SymbolIndex>,
    pub(in crate::bundle) inline_dynamic: bool,
}

impl Needs<'_> {
    pub(in crate::bundle) fn helper(&self, name: &str) -> Ref {
        Ref { module: RUNTIME, symbol: self.helpers.get(name).copied().unwrap_or_default() }
    }

    /// Calls `found` with every symbol that a statement of `module` names once it is printed.
    pub(in crate::bundle) fn of_statement(
        &self,
        module: ModuleIndex,
        statement: &Statement,
        found: &mut dyn FnMut(Ref),
    ) {
        let link = &self.links[module];
        for symbol in &statement.uses {
            match link.bound.get(symbol) {
                Some(bound) => bound.reference().into_iter().for_each(&mut *found),
                None => found(Ref { module, symbol: *symbol }),
            }
        }
        for member in &statement.members {
            let bound = link.members.get(member).or_else(|| link.bound.get(&member.0));
            bound.and_then(|it| it.reference()).into_iter().for_each(&mut *found);
        }
        for request in &statement.requests {
            self.of_request(module, *request as usize, found);
        }
        if module != RUNTIME && self.modules[module].record.names_require {
            found(self.helper("__require"));
        }
    }

    fn of_request(&self, module: ModuleIndex, request: usize, found: &mut dyn FnMut(Ref)) {
        let form = self.modules[module].record.requests[request].form;
        match asked(self.modules, module, request) {
            Some(Asked::CommonJs(target)) => found(wrapper(target)),
            Some(Asked::Lazy(target)) => {
                found(wrapper(target));
                found(namespace(target));
                found(self.helper("__toCommonJS"));
            }
            Some(Asked::Data(target)) => self.default_of(target).into_iter().for_each(found),
            Some(Asked::Dynamic(target)) => self.of_dynamic(target, found),
            Some(Asked::External(specifier)) if form != AskForm::Dynamic => {
                let external = External { specifier, name: None };
                match self.externals.get(&external).filter(|_| standard(&external.specifier).is_some()) {
                    Some(symbol) if form == AskForm::Require => found(Ref { module: OUTSIDE, symbol: *symbol }),
                    _ => found(self.helper("__require")),
                }
            }
            Some(Asked::Missing(_)) => found(self.helper("__missing")),
            _ => {}
        }
    }

    fn of_dynamic(&self, target: ModuleIndex, found: &mut dyn FnMut(Ref)) {
        if self.links[target].wrap == Wrap::CommonJs {
            found(self.helper("__toESM"));
        }
        if self.inline_dynamic {
            match self.links[target].wrap {
                Wrap::CommonJs => found(wrapper(target)),
                Wrap::Lazy => {
                    found(wrapper(target));
                    found(namespace(target));
                }
                Wrap::None => found(namespace(target)),
            }
        }
    }

    pub(in crate::bundle) fn default_of(&self, module: ModuleIndex) -> Option<Ref> {
        let export = self.modules[module].record.exports.get("default")?;
        Some(Ref { module, symbol: export.local })
    }

    /// What the wrapper of a module needs to run.
    pub(in crate::bundle) fn of_wrapper(&self, module: ModuleIndex, found: &mut dyn FnMut(Ref)) {
        match self.links[module].wrap {
            Wrap::CommonJs => found(self.helper("__commonJS")),
            Wrap::Lazy => found(self.helper("__esm")),
            Wrap::None => {}
        }
    }

    /// What runs before a lazy module: the modules it imports, in order, each once.
    pub(in crate::bundle) fn before(&self, module: ModuleIndex) -> Vec<ModuleIndex> {
        let mut found = Vec::new();
        let module = &self.modules[module];
        for (ask, target) in module.record.requests.iter().zip(&module.targets) {
            if let (AskForm::Import, Target::Module(index)) = (ask.form, target)
                && self.links[*index].live
                && self.links[*index].wrap != Wrap::None
                && !found.contains(index)
            {
                found.push(*index);
            }
        }
        found
    }
}
