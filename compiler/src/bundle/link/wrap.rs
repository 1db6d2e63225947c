//! Which modules run where they stand, and which when they are first asked for.

use super::{Linker, Wrap};
use crate::bundle::load::Target;
use crate::diagnostic::Diagnostic;
use crate::syntax::bundle::AskForm;
use corona_std::errors;

impl Linker<'_> {
    pub(super) fn wrap_modules(&mut self) {
        let mut lazy = Vec::new();
        for (index, module) in self.modules.iter().enumerate() {
            if !module.record.esm {
                self.links[index].wrap = Wrap::CommonJs;
            }
            let inline = self.options.inline_dynamic_imports;
            let asked = self.asked(index, move |form| form == AskForm::Require || inline && form == AskForm::Dynamic);
            lazy.extend(asked.filter(|it| self.modules[*it].record.esm && !self.modules[*it].data));
        }
        // What a module imports runs before it: when it waits to be asked for, so do they.
        while let Some(module) = lazy.pop() {
            if self.links[module].wrap == Wrap::None && !self.modules[module].data {
                self.links[module].wrap = Wrap::Lazy;
                let imported: Vec<_> = self.imported(module).collect();
                lazy.extend(imported);
            }
        }
        self.spread_awaits();
        self.refuse_awaits();
    }

    /// Who imports a module that waits, waits.
    fn spread_awaits(&mut self) {
        let mut importers: Vec<Vec<usize>> = vec![Vec::new(); self.modules.len()];
        for index in 0..self.modules.len() {
            let imported: Vec<_> = self.imported(index).collect();
            imported.into_iter().for_each(|it| importers[it].push(index));
        }
        let awaits = |index: &usize| self.modules[*index].record.esm && self.modules[*index].record.awaits;
        let mut todo: Vec<usize> = (0..self.modules.len()).filter(awaits).collect();
        while let Some(module) = todo.pop() {
            if !self.links[module].awaits && self.modules[module].record.esm {
                self.links[module].awaits = true;
                todo.extend(&importers[module]);
            }
        }
    }

    /// `require` cannot wait.
    fn refuse_awaits(&mut self) {
        let modules = self.modules;
        for module in modules {
            for (ask, target) in module.record.requests.iter().zip(&module.targets) {
                let Target::Module(index) = target else { continue };
                if ask.form != AskForm::Require || !self.links[*index].awaits {
                    continue;
                }
                let message = format!("require cannot load \"{}\": it waits at its top level", ask.specifier);
                let place = module.source.place(ask.place.offset as usize, ask.place.length as usize);
                let help = "use await import()";
                self.complain(Diagnostic::new(errors::REQUIRED_AWAIT, message).at(place).help(help));
            }
        }
    }
}
