//! Expected output with placeholders, as `tests/specs/README.md` lists them. Every way to match is followed at once, so
//! that no pattern is slow and no placeholder needs to be greedy or lazy.

use std::collections::BTreeSet;

enum Token<'a> {
    Literal(&'a str),
    /// `[WILD]`: anything, over any number of lines.
    Wild,
    /// `[LINE]`: anything within the line.
    Line,
    /// `[NUMBER]`: at least one digit, with a fraction or without.
    Number,
    /// `[PATH]`: anything without white space, quotes and brackets.
    Path,
}

const PLACEHOLDERS: &[(&str, Token<'static>)] =
    &[("[WILD]", Token::Wild), ("[LINE]", Token::Line), ("[NUMBER]", Token::Number), ("[PATH]", Token::Path)];

/// Whether the whole text fits the pattern.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let mut at = BTreeSet::from([0]);
    for token in tokens(pattern) {
        at = match token {
            Token::Literal(literal) => at
                .into_iter()
                .filter(|&from| text[from..].starts_with(literal))
                .map(|from| from + literal.len())
                .collect(),
            Token::Wild => at.first().map_or_else(BTreeSet::new, |&from| ends(text, from, 0, |_| true).collect()),
            Token::Line => at.iter().flat_map(|&from| ends(text, from, 0, |c| c != '\n')).collect(),
            Token::Number => {
                at.iter().flat_map(|&from| ends(text, from, 1, |c| c.is_ascii_digit() || c == '.')).collect()
            }
            Token::Path => at
                .iter()
                .flat_map(|&from| ends(text, from, 1, |c| !c.is_whitespace() && !"\"'()[]{}".contains(c)))
                .collect(),
        };
    }
    at.contains(&text.len())
}

/// Every place where a stretch that starts at `from` and consists of `allowed` characters may end.
fn ends(text: &str, from: usize, length_min: usize, allowed: impl Fn(char) -> bool) -> impl Iterator<Item = usize> {
    let rest = &text[from..];
    let length = rest.find(|c| !allowed(c)).unwrap_or(rest.len());
    let places: Vec<usize> =
        (length_min..=length).filter(|&length| rest.is_char_boundary(length)).map(|length| from + length).collect();
    places.into_iter()
}

fn tokens(mut pattern: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    while !pattern.is_empty() {
        let next = PLACEHOLDERS.iter().filter_map(|(name, token)| Some((pattern.find(name)?, name, token)));
        let Some((start, name, token)) = next.min_by_key(|(start, ..)| *start) else {
            tokens.push(Token::Literal(pattern));
            break;
        };
        tokens.push(Token::Literal(&pattern[..start]));
        tokens.push(match token {
            Token::Wild => Token::Wild,
            Token::Line => Token::Line,
            Token::Number => Token::Number,
            Token::Path | Token::Literal(_) => Token::Path,
        });
        pattern = &pattern[start + name.len()..];
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn placeholders() {
        assert!(matches("", ""));
        assert!(!matches("", "x"));
        assert!(matches("a\nb\n", "a\nb\n"));
        assert!(!matches("a\n", "a\nb\n"));
        assert!(matches("a[WILD]d\n", "a\nb\nc d\n"));
        assert!(!matches("a[LINE]d\n", "a\nd\n"));
        assert!(matches("took [NUMBER] ms", "took 1.25 ms"));
        assert!(!matches("took [NUMBER] ms", "took x ms"));
        assert!(matches("at f ([PATH]:3:1)\n", "at f (file:///a/b.ts:3:1)\n"));
        assert!(matches("[WILD]é[WILD]", "aéb"));
        assert!(matches("[WILD]ab[WILD]ab\n", "abab ab\n"));
    }
}
