//! Regular expressions: the parser takes what stands between the slashes for a text.

use super::Early;
use swc_ecma_ast::Regex;
use swc_ecma_regexp::{LiteralParser, Options};

impl Early {
    pub(super) fn regex(&mut self, literal: &Regex) {
        let parser = LiteralParser::new(&literal.exp, Some(&literal.flags), Options::default());
        let Err(error) = parser.parse() else { return };
        let message = error.to_string();
        let reason = message.strip_prefix("Invalid regular expression: ").unwrap_or(&message);
        // Which scripts and properties there are grows with Unicode: V8 knows.
        if !reason.contains("property") {
            self.complain(literal.span, format!("this is no regular expression: {}", lowered(reason)));
        }
    }
}

fn lowered(reason: &str) -> String {
    let mut letters = reason.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .chain(letters)
        .map(|it| if it == '`' { '\'' } else { it })
        .collect()
}
