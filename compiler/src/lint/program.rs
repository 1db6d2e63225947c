//! What lints look at: the facts of every module, and what is known about effects.

use crate::diagnostic::{Diagnostic, Note, Place, Severity};
use crate::effects::{Effects, FunctionIx, Hop, ModuleIx, Site, Verdict};
use crate::facts::{ModuleFacts, Span, ValueId};
use crate::graph::walk::{Link, ModuleId, Node, Walked};
use crate::syntax::{Comment, Links, SharedUse};
use std::cell::RefCell;
use std::sync::Arc;

/// A module as lints see it.
#[derive(Debug, Default)]
pub(crate) struct Unit {
    pub(crate) facts: Arc<ModuleFacts>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) shared_uses: Vec<SharedUse>,
    pub(crate) links: Links,
}

/// A program as lints see it.
pub(crate) struct Program<'a> {
    pub(crate) walked: &'a Walked<Unit>,
    /// Answers are remembered.
    pub(crate) effects: RefCell<&'a mut Effects>,
    /// By module.
    sites: &'a [Arc<[Site]>],
    called: &'a [Called],
}

/// A function that a section calls on the way to what blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Called {
    pub(super) function: FunctionIx,
    pub(super) site: Site,
}

impl<'a> Program<'a> {
    pub(crate) fn new(
        walked: &'a Walked<Unit>,
        effects: &'a mut Effects,
        sites: &'a [Arc<[Site]>],
        called: &'a [Called],
    ) -> Program<'a> {
        Program { walked, effects: RefCell::new(effects), sites, called }
    }

    /// Functions that any section calls on the way to what blocks.
    pub(super) fn called(&self) -> &'a [Called] {
        self.called
    }

    pub(crate) fn node(&self, module: ModuleId) -> &Node<Unit> {
        self.walked.node(module)
    }

    pub(crate) fn facts(&self, module: ModuleId) -> &ModuleFacts {
        &self.node(module).built.unit.facts
    }

    /// Calls in a module that may block where nothing may.
    pub(crate) fn sites(&self, module: ModuleId) -> &[Site] {
        self.sites.get(module.index()).map_or(&[], |sites| sites)
    }

    /// By section: whether nothing may block in it.
    pub(crate) fn atomic_sections(&self, module: ModuleId) -> Vec<bool> {
        self.effects.borrow_mut().atomic_sections(ModuleIx(module.0))
    }

    /// Whether a value is what an import of a standard module gives.
    pub(crate) fn is_of_std(&self, module: ModuleId, value: ValueId) -> bool {
        let import = self.facts(module).imports.iter().find(|import| import.value == value);
        let target = import.and_then(|import| self.node(module).targets.get(import.request.index()));
        matches!(target, Some(Link::Std(_)))
    }

    pub(crate) fn place(&self, module: ModuleId, span: Span) -> Place {
        self.effects.borrow_mut().look_at(ModuleIx(module.0));
        let (start, end) = (span.start as usize, span.end as usize);
        self.node(module).source.place(start, end.saturating_sub(start))
    }

    /// The hops of a path, from the first.
    pub(crate) fn notes(&self, path: &[Hop]) -> Vec<Note> {
        let note = |hop: &Hop| {
            let ModuleIx(module) = hop.module;
            // What the runtime does by itself stands nowhere.
            let is_somewhere = hop.span != Span::default();
            Note { message: hop.text.clone(), place: is_somewhere.then(|| self.place(ModuleId(module), hop.span)) }
        };
        path.iter().map(note).collect()
    }
}

/// How bad a verdict is; what is proven is as bad as the lint.
pub(super) fn severity(verdict: Verdict, of_lint: Severity) -> Severity {
    match verdict {
        Verdict::Proven => of_lint,
        Verdict::Possible => of_lint.min(Severity::Warning),
        Verdict::Unknown => Severity::Info,
    }
}

/// A finding about a site: the path is how it comes to block.
pub(super) fn of_site(program: &Program<'_>, site: &Site, mut finding: Diagnostic) -> Diagnostic {
    finding.severity = severity(site.verdict, finding.severity);
    finding.notes = program.notes(&site.path);
    // The first hop stands where the finding does.
    if let Some(first) = finding.notes.first_mut().filter(|first| first.place == finding.place) {
        first.place = None;
    }
    finding
}
