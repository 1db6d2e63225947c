//! A `corona-ignore` comment that ignores nothing, because it is not written as it has to be.

use super::{LINTS, Lint, RestsOn};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::nearest::nearest;
use corona_std::errors;

pub(crate) const LINT: Lint = Lint {
    name: "malformed-suppression",
    code: errors::MALFORMED_SUPPRESSION,
    severity: Severity::Error,
    what: "Finds comments that begin with corona-ignore and name no lint, an unknown lint, or no reason.",
    why: "A suppression is a claim that the tool is wrong or that a risk is taken. Whoever reads the code later has to \
          know which claim, and why it holds. One without a reason, or with a misspelt name, has no effect.",
    example: "// corona-ignore blocking-in-atomic\nconsole.log(\"saved\");\n",
    instead: "console.log(\"saved\");\n",
    rests_on: RestsOn::Reached,
    find: |_, _| Vec::new(),
};

pub(crate) fn no_lint(place: Place) -> Diagnostic {
    LINT.finding("this suppression names no lint", place).help(FORM)
}

pub(crate) fn no_reason(place: Place) -> Diagnostic {
    LINT.finding("this suppression gives no reason, and so has no effect", place).help(FORM)
}

pub(crate) fn unknown(name: &str, place: Place) -> Diagnostic {
    let names: Vec<&str> = LINTS.iter().map(|lint| lint.name).collect();
    let help = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("there are {}", names.join(", ")),
    };
    LINT.finding(format!("there is no lint \"{name}\""), place).help(help)
}

const FORM: &str = "write it as // corona-ignore <lint>: <reason>";
