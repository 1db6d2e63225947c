//! What is loaded already when a root is asked for, so that it need not load it again.

use super::chunks::{Root, RootIndex};
use crate::bundle::load::ModuleIndex;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// Index of modules that the same roots reach: what holds for one of them holds for all.
pub(super) type Class = usize;

pub(super) struct Classes {
    /// By class, sorted.
    pub(super) roots: Vec<Vec<RootIndex>>,
    pub(super) of_module: Vec<Class>,
    /// By root.
    of_root: Vec<Vec<Class>>,
}

impl Classes {
    /// `reached` says by root what it reaches of so many modules.
    pub(super) fn of(reached: &[Vec<ModuleIndex>], modules: usize) -> Classes {
        let mut roots_of: Vec<Vec<RootIndex>> = vec![Vec::new(); modules];
        for (root, reached) in reached.iter().enumerate() {
            reached.iter().for_each(|module| roots_of[*module].push(root));
        }
        let mut classes =
            Classes { roots: Vec::new(), of_module: Vec::new(), of_root: vec![Vec::new(); reached.len()] };
        let mut known: FxHashMap<Vec<RootIndex>, Class> = FxHashMap::default();
        for roots in roots_of {
            let class = *known.entry(roots).or_insert_with_key(|roots| {
                let class = classes.roots.len();
                roots.iter().for_each(|root| classes.of_root[*root].push(class));
                classes.roots.push(roots.clone());
                class
            });
            classes.of_module.push(class);
        }
        classes
    }
}

/// What is loaded when each root is asked for. Only what several roots reach can be there before one of them asks for it:
/// those classes have numbers of their own.
pub(super) struct Loaded {
    numbers: Vec<Option<usize>>,
    /// By root; `None` while nothing is known to ask for it.
    before: Vec<Option<Bits>>,
}

impl Loaded {
    pub(super) fn has(&self, root: RootIndex, class: Class) -> bool {
        let bits = self.before[root].as_ref();
        bits.zip(self.numbers[class]).is_some_and(|(bits, number)| bits.has(number))
    }

    /// What is there once `root` has run. Code that waits at its top level is not loaded when it asks: it may wait for
    /// that very root.
    fn after(&self, root: RootIndex, classes: &Classes, waits: bool) -> Option<Bits> {
        let mut bits = self.before[root].clone()?;
        if !waits {
            classes.of_root[root].iter().filter_map(|class| self.numbers[*class]).for_each(|it| bits.add(it));
        }
        Some(bits)
    }
}

/// What every way from an entry to a root has loaded. `asks` are modules with the roots that they import dynamically,
/// `waits` says which roots wait at their top level.
pub(super) fn already_loaded(
    classes: &Classes,
    roots: &[Root],
    asks: &[(ModuleIndex, RootIndex)],
    waits: &[bool],
) -> Loaded {
    let mut next = 0usize..;
    let numbers: Vec<_> = classes.roots.iter().map(|roots| if roots.len() > 1 { next.next() } else { None }).collect();
    let none = Bits(vec![0; next.start.div_ceil(64)]);
    let is_entry = |root: &Root| matches!(root, Root::Entry(_));
    let before = roots.iter().map(|root| is_entry(root).then(|| none.clone())).collect();
    let mut loaded = Loaded { numbers, before };
    let mut asked: Vec<Vec<RootIndex>> = vec![Vec::new(); classes.roots.len()];
    for (module, root) in asks {
        asked[classes.of_module[*module]].push(*root);
    }
    // By class: what is there whichever of its roots asks. It only shrinks, and so does what follows from it.
    let mut there: Vec<Option<Bits>> = vec![None; classes.roots.len()];
    let mut todo: VecDeque<RootIndex> = (0..roots.len()).filter(|it| is_entry(&roots[*it])).collect();
    while let Some(root) = todo.pop_front() {
        let Some(after) = loaded.after(root, classes, waits[root]) else { continue };
        for class in classes.of_root[root].iter().filter(|it| !asked[**it].is_empty()) {
            if shrink(&mut there[*class], &after)
                && let Some(there) = &there[*class]
            {
                let shrunk = asked[*class].iter().filter(|it| shrink(&mut loaded.before[**it], there));
                todo.extend(shrunk);
            }
        }
    }
    loaded
}

/// A set of numbers below a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bits(Vec<u64>);

impl Bits {
    fn add(&mut self, index: usize) {
        self.0[index / 64] |= 1 << (index % 64);
    }

    fn has(&self, index: usize) -> bool {
        self.0[index / 64] & 1 << (index % 64) != 0
    }
}

/// Leaves in `bits` what `other` has too; whether that is less than there was.
fn shrink(bits: &mut Option<Bits>, other: &Bits) -> bool {
    let Some(bits) = bits else {
        *bits = Some(other.clone());
        return true;
    };
    let mut less = false;
    for (word, other) in bits.0.iter_mut().zip(&other.0) {
        less |= *word & !other != 0;
        *word &= other;
    }
    less
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Modules are numbered like the roots that begin with them; root 0 is the entry.
    fn loaded(
        reached: &[&[ModuleIndex]],
        asks: &[(ModuleIndex, RootIndex)],
        waits: &[RootIndex],
    ) -> Vec<Vec<ModuleIndex>> {
        let modules = reached.iter().flat_map(|it| it.iter()).max().map_or(0, |it| it + 1);
        let reached: Vec<Vec<ModuleIndex>> = reached.iter().map(|it| it.to_vec()).collect();
        let root = |module| if module == 0 { Root::Entry(0) } else { Root::Dynamic(module) };
        let roots: Vec<Root> = (0..reached.len()).map(root).collect();
        let waits: Vec<bool> = (0..reached.len()).map(|it| waits.contains(&it)).collect();
        let classes = Classes::of(&reached, modules);
        let loaded = already_loaded(&classes, &roots, asks, &waits);
        let of =
            |root: usize| reached[root].iter().copied().filter(|it| loaded.has(root, classes.of_module[*it])).collect();
        (0..roots.len()).map(of).collect()
    }

    #[test]
    fn what_every_way_has_loaded_is_there() {
        // 0 asks for 1 and 2, both ask for 3; the module 9 comes with 0, the module 8 with 1 and 3.
        let reached: &[&[_]] = &[&[0, 9], &[1, 8, 9], &[2], &[3, 8, 9]];
        assert_eq!(loaded(reached, &[(0, 1), (0, 2), (1, 3), (2, 3)], &[]), [vec![], vec![9], vec![], vec![9]]);
        assert_eq!(loaded(reached, &[(0, 1), (0, 2), (1, 3)], &[]), [vec![], vec![9], vec![], vec![8, 9]]);
        // The entry may wait for what it asks for.
        assert_eq!(loaded(reached, &[(0, 1), (0, 2), (1, 3)], &[0]), [vec![], vec![], vec![], vec![8, 9]]);
    }

    #[test]
    fn circles_and_modules_that_nobody_asks_for_end() {
        let reached: &[&[_]] = &[&[0, 9], &[1, 9], &[2, 9]];
        assert_eq!(loaded(reached, &[(0, 1), (1, 2), (2, 1), (1, 1)], &[]), [vec![], vec![9], vec![9]]);
        assert_eq!(loaded(reached, &[(1, 2), (2, 1)], &[]), [const { Vec::<usize>::new() }; 3]);
    }

    #[test]
    fn what_only_one_root_reaches_takes_no_room() {
        let reached: Vec<Vec<ModuleIndex>> = (0..10_000).map(|root| vec![root, 10_000 + root, 20_000]).collect();
        let roots: Vec<Root> = (0..10_000).map(|it| if it == 0 { Root::Entry(0) } else { Root::Dynamic(it) }).collect();
        let asks: Vec<_> = (0..9_999).map(|root| (root, root + 1)).collect();
        let classes = Classes::of(&reached, 20_001);
        let loaded = already_loaded(&classes, &roots, &asks, &vec![false; 10_000]);
        assert_eq!(loaded.before.iter().flatten().map(|it| it.0.len()).max(), Some(1));
        assert!(loaded.has(9_999, classes.of_module[20_000]) && !loaded.has(9_999, classes.of_module[9_999]));
    }
}
