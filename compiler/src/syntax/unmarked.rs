//! Forgetting what a resolver found, for the next one.

use swc_common::SyntaxContext;
use swc_ecma_visit::VisitMut;

/// Forgets it: names are told apart by their spelling alone.
pub(super) struct Unmarked;

impl VisitMut for Unmarked {
    fn visit_mut_syntax_context(&mut self, context: &mut SyntaxContext) {
        *context = SyntaxContext::empty();
    }
}
