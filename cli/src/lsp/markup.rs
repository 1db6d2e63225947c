//! Texts that explain: as Markdown, or without its marks for clients that show them as they are.

use serde_json::{Value, json};

/// How a client wants them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    Markdown,
    Plain,
}

impl Markup {
    /// As the protocol has it.
    pub(super) fn content(self, markdown: &str) -> Value {
        match self {
            Markup::Markdown => json!({ "kind": "markdown", "value": markdown }),
            Markup::Plain => json!({ "kind": "plaintext", "value": plain(markdown) }),
        }
    }
}

/// The text without fences, emphasis, code marks and the targets of links. Code keeps everything but its fence.
fn plain(markdown: &str) -> String {
    let mut in_code = false;
    let mut lines = Vec::new();
    for line in markdown.lines() {
        match (line.starts_with("```"), in_code) {
            (true, _) => in_code = !in_code,
            (false, true) => lines.push(line.to_owned()),
            (false, false) => lines.push(without_targets(&line.replace("**", "").replace('`', ""))),
        }
    }
    lines.join("\n").trim_end().to_owned()
}

/// `[text](target)` becomes `text`.
fn without_targets(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let link = after.split_once("](").filter(|(label, _)| !label.contains(']'));
        let link = link.and_then(|(label, more)| Some((label, more.split_once(')')?.1)));
        match link {
            Some((label, more)) => {
                text.push_str(label);
                rest = more;
            }
            None => {
                text.push('[');
                rest = after;
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn plain_texts_have_no_marks() {
        assert_eq!(
            plain("`save` **blocks**\n\n1. `sleep` ([a.ts:5](file:///a.ts#L5))"),
            "save blocks\n\n1. sleep (a.ts:5)"
        );
        assert_eq!(
            plain("```ts\nlet a = b**`c`[0](1)\n```\n\n[x] of [y](z) [0"),
            "let a = b**`c`[0](1)\n\n[x] of y [0"
        );
    }
}
