//! A function that is declared not to block, and may.

use super::program::{Program, of_site};
use super::{Lint, RestsOn};
use crate::diagnostic::{Diagnostic, Note, Severity};
use crate::effects::{Site, SiteKind};
use crate::facts::FunctionId;
use crate::graph::walk::ModuleId;
use corona_std::errors;

pub(super) const LINT: Lint = Lint {
    name: "broken-contract",
    code: errors::BROKEN_CONTRACT,
    severity: Severity::Error,
    what: "Finds calls that may block inside functions that are declared @nonblocking.",
    why: "Callers rely on the declaration: they call the function inside atomic sections. A contract is checked where \
          the source is there, not trusted; one that does not hold would move the error to the first of those callers.",
    example: "import { sleep } from \"corona\";\n\n/** @nonblocking */\nexport function retry() {\n  sleep(10);\n}\n",
    instead: "import { sleep } from \"corona\";\n\n/** @blocking */\nexport function retry() {\n  sleep(10);\n}\n",
    rests_on: RestsOn::Reached,
    find,
};

fn find(program: &Program<'_>, module: ModuleId) -> Vec<Diagnostic> {
    let broken = program.sites(module).iter().filter_map(|site| match site.kind {
        SiteKind::Contract(function) => Some(finding(program, module, site, function)),
        SiteKind::Atomic => None,
    });
    broken.collect()
}

fn finding(program: &Program<'_>, module: ModuleId, site: &Site, function: FunctionId) -> Diagnostic {
    let facts = program.facts(module);
    let declared = facts.function(function);
    let name = facts.name(declared.name);
    let name = if name.is_empty() { "a function".to_owned() } else { format!("`{name}`") };
    let message = format!("{}, and {name} is declared @nonblocking", site.reason);
    let mut found = of_site(program, site, LINT.finding(message, program.place(module, site.span)));
    let place = Some(program.place(module, declared.span));
    found.notes.insert(0, Note { message: "the contract is given here".to_owned(), place });
    found.help("take the call out, or declare the function @blocking")
}
