//! Regular expressions: the parser takes what stands between the slashes for a text.

use swc_ecma_regexp::{LiteralParser, Options};

/// What is wrong with `/pattern/flags`.
pub(super) fn fault(pattern: &str, flags: &str) -> Option<String> {
    let error = LiteralParser::new(pattern, Some(flags), Options::default()).parse().err()?;
    let message = error.to_string();
    Some(message.strip_prefix("Invalid regular expression: ").unwrap_or(&message).to_owned())
}
