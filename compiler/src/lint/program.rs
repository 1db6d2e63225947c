//! What lints look at: the facts of every module, and what is known about effects.

use crate::diagnostic::{Diagnostic, Note, Place, Severity};
use crate::effects::{Effects, Hop, ModuleIx, Site, Verdict};
use crate::facts::{ModuleFacts, Span};
use crate::graph::walk::{ModuleId, Node, Walked};
use crate::syntax::Comment;
use std::sync::Arc;

/// A module as lints see it.
#[derive(Debug, Default)]
pub(crate) struct Unit {
    pub(crate) facts: Arc<ModuleFacts>,
    pub(crate) comments: Vec<Comment>,
}

/// A program as lints see it.
pub(crate) struct Program<'a> {
    pub(crate) walked: &'a Walked<Unit>,
    #[allow(dead_code, reason = "the next lints read it")]
    pub(crate) effects: &'a Effects,
    /// In order of modules.
    pub(crate) sites: &'a [Site],
}

impl Program<'_> {
    pub(crate) fn node(&self, module: ModuleId) -> &Node<Unit> {
        self.walked.node(module)
    }

    pub(crate) fn facts(&self, module: ModuleId) -> &ModuleFacts {
        &self.node(module).built.unit.facts
    }

    /// Calls in a module that may block where nothing may.
    pub(crate) fn sites(&self, module: ModuleId) -> &[Site] {
        let start = self.sites.partition_point(|site| site.module.0 < module.0);
        let end = self.sites.partition_point(|site| site.module.0 <= module.0);
        &self.sites[start..end]
    }

    pub(crate) fn place(&self, module: ModuleId, span: Span) -> Place {
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
