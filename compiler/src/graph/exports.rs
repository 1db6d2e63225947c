//! What a module exports under a name, when modules pass on what others export: the language's rules, for the bundler and
//! for `check`. Without recursion, because modules may pass on through any number of others.

use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;
use corona_std::errors;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::hash::Hash;

/// What a module exports under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Resolution<F> {
    Found(F),
    Missing,
    /// Two `export *` disagree.
    Ambiguous,
    /// Passed on in a circle.
    Circular,
}

/// What a module by itself says of a name.
#[derive(Debug)]
pub(crate) enum Said<M, N, F> {
    Known(Resolution<F>),
    /// It is what that module exports under that name.
    PassedOn(M, N),
    /// It is what one of those modules exports under the same name; if none does, what only exists when it runs.
    Starred(Vec<M>, Resolution<F>),
}

/// The modules of a program.
pub(crate) trait Modules {
    type Module: Copy + Eq + Hash;
    type Name: Clone + Eq + Hash;
    type Found: Clone + Eq;

    fn say(&mut self, module: Self::Module, name: &Self::Name) -> Said<Self::Module, Self::Name, Self::Found>;

    /// One of several things that may only exist when the program runs.
    fn one_of_several(&self, module: Self::Module, name: &Self::Name) -> Self::Found;

    /// What importers of `module` are told when it passes on by name what does not exist. It is complained about where it
    /// is passed on.
    fn passed_on_nothing(&self, module: Self::Module) -> Resolution<Self::Found>;
}

/// Answers that took more than one module to find, by module and name.
pub(crate) struct Answers<M, N, F> {
    known: FxHashMap<(M, N), Answer<F>>,
}

#[derive(Debug, Clone)]
struct Answer<F> {
    resolution: Resolution<F>,
    /// It may only exist when it runs: anything else of that name comes before it.
    late: bool,
}

impl<F> From<Resolution<F>> for Answer<F> {
    fn from(resolution: Resolution<F>) -> Answer<F> {
        Answer { resolution, late: false }
    }
}

impl<M, N, F> Default for Answers<M, N, F> {
    fn default() -> Answers<M, N, F> {
        Answers { known: FxHashMap::default() }
    }
}

/// A question that waits for the answers to others.
struct Pending<M, N, F> {
    question: (M, N),
    /// Whether the module names the export; otherwise it is looked for in those of `export *`.
    by_name: bool,
    /// Modules to ask, the next one last.
    rest: Vec<M>,
    found: Answer<F>,
    fallback: Resolution<F>,
    /// A question that is still open was met: asked by itself, this one may have another answer.
    cut: bool,
}

impl<M: Copy + Eq + Hash, N: Clone + Eq + Hash, F: Clone + Eq> Answers<M, N, F> {
    /// What `module` exports as `name`.
    pub(crate) fn find<P>(&mut self, program: &mut P, module: M, name: &N) -> Resolution<F>
    where
        P: Modules<Module = M, Name = N, Found = F>,
    {
        let mut asked = FxHashSet::default();
        let mut stack: Vec<Pending<M, N, F>> = Vec::new();
        let mut question = (module, name.clone());
        loop {
            let (mut answer, mut cut) = match self.known.get(&question) {
                Some(known) => (known.clone(), false),
                None => match program.say(question.0, &question.1) {
                    // Most do: to remember it would take longer than to ask again.
                    Said::Known(answer) => (answer.into(), false),
                    _ if !asked.insert(question.clone()) => (Resolution::Circular.into(), true),
                    Said::PassedOn(module, name) => {
                        stack.push(Pending::new(question, true, Vec::new(), Resolution::Missing));
                        question = (module, name);
                        continue;
                    }
                    Said::Starred(mut modules, fallback) => {
                        modules.reverse();
                        stack.push(Pending::new(question, false, modules, fallback));
                        (Resolution::Missing.into(), false)
                    }
                },
            };
            // The answer goes to whoever waits for it, which may be answered by it.
            question = loop {
                let Some(mut pending) = stack.pop() else { return answer.resolution };
                pending.cut |= cut;
                if let Some(next) = pending.take(program, answer) {
                    stack.push(pending);
                    break next;
                }
                (answer, cut) = (pending.found, pending.cut);
                if !cut || stack.is_empty() {
                    self.known.insert(pending.question, answer.clone());
                }
            };
        }
    }
}

impl<M: Copy, N: Clone, F: Clone + Eq> Pending<M, N, F> {
    fn new(question: (M, N), by_name: bool, rest: Vec<M>, fallback: Resolution<F>) -> Pending<M, N, F> {
        Pending { question, by_name, rest, found: Resolution::Missing.into(), fallback, cut: false }
    }

    /// Takes in an answer. What to ask next; otherwise `found` is the answer to the question.
    fn take<P>(&mut self, program: &P, answer: Answer<F>) -> Option<(M, N)>
    where
        P: Modules<Module = M, Name = N, Found = F>,
    {
        if self.by_name {
            let found = match answer.resolution {
                Resolution::Missing => program.passed_on_nothing(self.question.0),
                resolution => resolution,
            };
            self.found = found.into();
            return None;
        }
        match (answer.resolution, &self.found.resolution) {
            (Resolution::Missing | Resolution::Circular, _) => {}
            (late, _) if answer.late => {
                if self.fallback == Resolution::Missing {
                    self.fallback = late;
                } else if self.fallback != late {
                    let (module, name) = &self.question;
                    self.fallback = Resolution::Found(program.one_of_several(*module, name));
                }
            }
            (resolution, Resolution::Missing) => self.found = resolution.into(),
            (resolution, known) if resolution != *known => self.found = Resolution::Ambiguous.into(),
            _ => {}
        }
        if self.found.resolution != Resolution::Ambiguous
            && let Some(module) = self.rest.pop()
        {
            return Some((module, self.question.1.clone()));
        }
        if self.found.resolution == Resolution::Missing {
            self.found = Answer { resolution: self.fallback.clone(), late: self.fallback != Resolution::Missing };
        }
        None
    }
}

/// The complaint about an import of `name` from `file`, which exports `names`.
pub(crate) fn no_export<F>(
    file: &str,
    name: &str,
    resolution: &Resolution<F>,
    names: impl FnOnce() -> BTreeSet<String>,
) -> Diagnostic {
    match resolution {
        Resolution::Ambiguous => {
            let message = format!("\"{name}\" means two things in {file}: more than one \"export *\" has it");
            Diagnostic::new(errors::AMBIGUOUS_EXPORT, message).help("export it by name from one of them")
        }
        Resolution::Circular => {
            let message = format!("\"{name}\" is exported in a circle: {file} passes on what it is passed");
            Diagnostic::new(errors::CIRCULAR_EXPORT, message)
        }
        _ => missing(&format!("{file} has no export \"{name}\""), name, &names()),
    }
}

/// The complaint about a name that is not among `names`.
pub(crate) fn missing(message: &str, name: &str, names: &BTreeSet<String>) -> Diagnostic {
    let found = Diagnostic::new(errors::MISSING_EXPORT, message);
    match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => found.help(format!("did you mean \"{near}\"?")),
        None if name == "default" => found.help("it has no default export: import what it has by name, in braces"),
        None if names.contains("default") => found.help("it has a default export: import it without braces"),
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Modules that are numbered, each with what it says of `x`.
    struct Numbered<S>(S);

    impl<S: Fn(usize) -> Said<usize, &'static str, usize>> Modules for Numbered<S> {
        type Module = usize;
        type Name = &'static str;
        type Found = usize;

        fn say(&mut self, module: usize, _: &&'static str) -> Said<usize, &'static str, usize> {
            (self.0)(module)
        }

        fn one_of_several(&self, _: usize, _: &&'static str) -> usize {
            usize::MAX
        }

        fn passed_on_nothing(&self, _: usize) -> Resolution<usize> {
            Resolution::Missing
        }
    }

    fn find(module: usize, say: impl Fn(usize) -> Said<usize, &'static str, usize>) -> Resolution<usize> {
        Answers::default().find(&mut Numbered(say), module, &"x")
    }

    fn declared<M, N>(module: usize) -> Said<M, N, usize> {
        Said::Known(Resolution::Found(module))
    }

    fn starred<M, N, F>(modules: Vec<M>) -> Said<M, N, F> {
        Said::Starred(modules, Resolution::Missing)
    }

    #[test]
    fn chains_may_be_longer_than_any_stack() {
        const END: usize = 1_000_000;
        let star = |module| if module == END { declared(module) } else { starred(vec![module + 1]) };
        assert_eq!(find(0, star), Resolution::Found(END));
        let by_name = |module| if module == END { declared(module) } else { Said::PassedOn(module + 1, "x") };
        assert_eq!(find(0, by_name), Resolution::Found(END));
        assert_eq!(find(0, |module| Said::PassedOn((module + 1) % END, "x")), Resolution::Circular);
        assert_eq!(find(0, |module| starred(vec![(module + 1) % END])), Resolution::Missing);
    }

    #[test]
    fn what_is_found_inside_a_circle_is_asked_again_from_outside() {
        // 0 passes on 1 and 2, 1 passes on 0 and 3; 2 and 3 declare it.
        let say = |module| match module {
            0 => starred(vec![1, 2]),
            1 => starred(vec![0, 3]),
            module => declared(module),
        };
        let (mut answers, mut modules) = (Answers::default(), Numbered(say));
        for module in [0, 1, 0] {
            assert_eq!(answers.find(&mut modules, module, &"x"), Resolution::Ambiguous);
        }
    }

    #[test]
    fn two_ways_to_one_export_agree_and_a_fallback_comes_last() {
        let diamond = |module| match module {
            0 => starred(vec![1, 2]),
            1 => starred(vec![3]),
            2 => Said::PassedOn(3, "x"),
            module => declared(module),
        };
        assert_eq!(find(0, diamond), Resolution::Found(3));
        let fallback = |module| match module {
            0 => Said::Starred(vec![1], Resolution::Found(7)),
            _ => Said::Known(Resolution::Missing),
        };
        assert_eq!(find(0, fallback), Resolution::Found(7));
        // What is there comes before what may be, wherever that is; several that may be are one that is not known.
        let late = |module| match module {
            0 => starred(vec![1, 2, 3]),
            1 => Said::Starred(Vec::new(), Resolution::Found(7)),
            2 => starred(vec![4]),
            module => declared(module),
        };
        assert_eq!(find(0, |it| if it == 3 { starred(vec![1]) } else { late(it) }), Resolution::Found(4));
        assert_eq!(find(0, late), Resolution::Ambiguous);
        assert_eq!(find(0, |it| if it > 2 { starred(vec![1]) } else { late(it) }), Resolution::Found(7));
        assert_eq!(find(0, |it| if it == 3 { starred(vec![2]) } else { late(it) }), Resolution::Found(4));
        let others = |it| if it > 2 { Said::Starred(Vec::new(), Resolution::Found(it)) } else { late(it) };
        assert_eq!(find(0, others), Resolution::Found(usize::MAX));
    }
}
