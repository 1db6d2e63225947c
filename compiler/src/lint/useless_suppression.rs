//! A `corona-ignore` comment where there is nothing to ignore.

use super::{Lint, RestsOn};
use crate::diagnostic::{Diagnostic, Fix, Place, Severity};
use corona_std::errors;

pub(crate) const LINT: Lint = Lint {
    name: "useless-suppression",
    code: errors::USELESS_SUPPRESSION,
    severity: Severity::Warning,
    what: "Finds corona-ignore comments on lines about which the lint has nothing to say.",
    why: "What was wrong has been mended, or the code has moved. The comment would hide the next mistake that is made \
          on this line, and tells readers of a danger that is not there.",
    example: "// corona-ignore blocking-in-atomic: the log is written later\nconsole.log(\"saved\");\n",
    instead: "console.log(\"saved\");\n",
    rests_on: RestsOn::Reached,
    find: |_, _| Vec::new(),
};

pub(crate) fn found(lint: &str, place: Place, removal: Option<Fix>) -> Diagnostic {
    let message = format!("nothing to suppress: {lint} finds nothing here");
    Diagnostic { fix: removal, ..LINT.finding(message, place).help("remove the comment") }
}
