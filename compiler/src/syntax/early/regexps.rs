//! Regular expressions that are none.

use super::Early;
use crate::syntax::regexp;
use swc_ecma_ast::Regex;

impl Early {
    pub(super) fn regex(&mut self, literal: &Regex) {
        let Some(fault) = regexp::fault(&literal.exp, &literal.flags) else { return };
        // Which scripts and properties there are grows with Unicode: V8 knows.
        if !fault.contains("property") {
            self.complain(literal.span, format!("this is no regular expression: {}", lowered(&fault)));
        }
    }
}

/// Without a capital, and with the quotation marks of the house.
fn lowered(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).map(|it| if it == '`' { '\'' } else { it }).collect()
}
