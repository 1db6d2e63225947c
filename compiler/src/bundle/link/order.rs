//! The order in which modules run: that of the language, imports first, in the order they are written.

use super::Linker;
use crate::bundle::load::{ModuleIndex, RUNTIME};

impl Linker<'_> {
    /// Every module, those that run early first. What only `require` and `import()` reach comes after what asks for it.
    pub(super) fn order(&self) -> Vec<ModuleIndex> {
        let mut order = vec![RUNTIME];
        let mut seen = vec![false; self.modules.len()];
        seen[RUNTIME] = true;
        let roots = self.entries.iter().copied().chain(0..self.modules.len());
        for root in roots {
            self.visit(root, &mut seen, &mut order);
        }
        order
    }

    /// Depth first without recursion: chains of imports may be long.
    fn visit(&self, root: ModuleIndex, seen: &mut [bool], order: &mut Vec<ModuleIndex>) {
        if std::mem::replace(&mut seen[root], true) {
            return;
        }
        let children = |module: ModuleIndex| self.imported(module).collect::<Vec<_>>().into_iter();
        let mut stack = vec![(root, children(root))];
        while let Some((module, rest)) = stack.last_mut() {
            match rest.next() {
                Some(child) => {
                    if !std::mem::replace(&mut seen[child], true) {
                        stack.push((child, children(child)));
                    }
                }
                None => {
                    order.push(*module);
                    stack.pop();
                }
            }
        }
    }
}
