//! A function that is declared not to block, and may.

use super::program::{Program, of_site};
use super::{Lint, RestsOn};
use crate::diagnostic::{Diagnostic, Note, Severity};
use crate::effects::{FunctionIx, Site, SiteKind};
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
        SiteKind::Contract(promise) => Some(finding(program, module, site, promise)),
        SiteKind::Atomic => None,
    });
    broken.collect()
}

fn finding(program: &Program<'_>, module: ModuleId, site: &Site, promise: FunctionIx) -> Diagnostic {
    let is_own = promise.module == site.module && promise.function == site.function;
    let name = name_of(program, promise);
    let (promised, help) = match is_own {
        true => (format!("{name} is declared"), "take the call out, or declare the function @blocking"),
        false => (format!("{name}, which this overrides, is declared"), "take the call out, or declare both @blocking"),
    };
    let message = format!("{}, and {promised} @nonblocking", site.reason);
    let mut found = of_site(program, site, LINT.finding(message, program.place(module, site.span)));
    let giver = ModuleId(promise.module.0);
    let place = Some(program.place(giver, program.facts(giver).function(promise.function).span));
    found.notes.insert(0, Note { message: "the contract is given here".to_owned(), place });
    found.help(help)
}

fn name_of(program: &Program<'_>, function: FunctionIx) -> String {
    let facts = program.facts(ModuleId(function.module.0));
    match facts.name(facts.function(function.function).name) {
        "" => "a function".to_owned(),
        name => format!("`{name}`"),
    }
}
