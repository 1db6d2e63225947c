//! A call that may block, where nothing may block.

use super::hoist::hoist;
use super::program::{Program, of_site};
use super::{Lint, RestsOn};
use crate::diagnostic::{Diagnostic, Severity};
use crate::effects::{Site, SiteKind, Verdict};
use crate::graph::walk::ModuleId;
use corona_std::errors;

pub(super) const LINT: Lint = Lint {
    name: "blocking-in-atomic",
    code: errors::BLOCKING_IN_ATOMIC,
    severity: Severity::Error,
    what: "Finds calls inside atomic sections (atomic blocks, functions given to atomic, code after `using _ = \
           nonblocking()`) that lead to an operation that may block, through any number of calls.",
    why: "An atomic section is a promise that no other coroutine runs in between. An operation that may block cannot \
          keep it, so the runtime refuses the call with WouldBlockError (CORONA1002), whether or not it would have \
          waited this time. An error is certain: there is a path to the operation. A warning is possible: one of the \
          things that a call on the path may call does. With --strict it also tells of calls that nothing is known \
          about.",
    example: "import { readTextFile } from \"corona:fs\";\n\nlet settings = \"\";\n\nexport function reload(path: string) {\n  \
              atomic: {\n    settings = load(path);\n  }\n}\n\nfunction load(path: string) {\n  return readTextFile(path);\n}\n",
    instead: "import { readTextFile } from \"corona:fs\";\n\nlet settings = \"\";\nlet version = 0;\n\nexport function \
              reload(path: string) {\n  const text = load(path);\n  atomic: {\n    settings = text;\n    version += 1;\n  \
              }\n}\n\nfunction load(path: string) {\n  return readTextFile(path);\n}\n",
    rests_on: RestsOn::Reached,
    find,
};

fn find(program: &Program<'_>, module: ModuleId) -> Vec<Diagnostic> {
    let sites = program.sites(module).iter().filter(|site| site.kind == SiteKind::Atomic);
    sites.map(|site| finding(program, module, site)).collect()
}

fn finding(program: &Program<'_>, module: ModuleId, site: &Site) -> Diagnostic {
    let place = program.place(module, site.span);
    let message = format!("{}, inside an atomic section", site.reason);
    let mut found = of_site(program, site, LINT.finding(message, place));
    found.fix = hoist(program, module, site);
    match site.verdict {
        Verdict::Unknown => {
            found.help("declare what it does with @nonblocking or @blocking where its source is, if it has one")
        }
        _ => found.help(
            "do it before the section and use the result inside, or start it before with `.future(…)` and only look \
             (`peek()`) inside, or move it out",
        ),
    }
}
