//! As much of Rust's syntax as the rules need: code without comments and strings, words, functions.

/// The code with comments, strings and characters blanked out; lines stay where they are.
pub(crate) fn code(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match skip(text, at) {
            Some(end) => end,
            None => {
                at += 1;
                continue;
            }
        };
        out[at..end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        at = end;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The end of the comment, string or character literal that starts here.
fn skip(text: &str, at: usize) -> Option<usize> {
    let rest = &text.as_bytes()[at..];
    let before = at.checked_sub(1).map_or(b' ', |index| text.as_bytes()[index]);
    let in_word = before.is_ascii_alphanumeric() || before == b'_';
    match rest {
        [b'/', b'/', ..] => Some(at + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())),
        [b'/', b'*', ..] => Some(find(text, at + 2, "*/")),
        [b'"', ..] => Some(quoted(text, at)),
        [b'r', b'"' | b'#', ..] if !in_word => {
            let hashes = rest[1..].iter().take_while(|byte| **byte == b'#').count();
            let opens = rest.get(1 + hashes) == Some(&b'"');
            opens.then(|| find(text, at + hashes + 2, &format!("\"{}", "#".repeat(hashes))))
        }
        [b'\'', b'\\', ..] => Some(find(text, at + 3, "'")),
        // A character, not a lifetime: one character further the quote closes.
        [b'\'', next, ..] => {
            let width = if *next < 0x80 { 1 } else { text[at + 1..].chars().next().map_or(1, char::len_utf8) };
            (rest.get(1 + width) == Some(&b'\'')).then_some(at + width + 2)
        }
        _ => None,
    }
}

fn find(text: &str, from: usize, end: &str) -> usize {
    let bytes = text.as_bytes();
    (from..bytes.len()).find(|&at| bytes[at..].starts_with(end.as_bytes())).map_or(bytes.len(), |at| at + end.len())
}

fn quoted(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = at + 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

/// Identifiers of a line with the byte after each.
pub(crate) fn words(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = line;
    std::iter::from_fn(move || {
        let start = rest.find(is_word)?;
        let tail = &rest[start..];
        let length = tail.find(|c| !is_word(c)).unwrap_or(tail.len());
        rest = &tail[length..];
        Some((&tail[..length], rest))
    })
}

/// Functions with a body of several lines: name, first line (counted from 1), number of lines. Formatted code closes at
/// the indentation at which it opened.
pub(crate) fn functions(code: &str) -> Vec<(String, usize, usize)> {
    let lines: Vec<&str> = code.lines().map(str::trim_end).collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let mut from_keyword = words(line).skip_while(|(word, _)| *word != "fn");
        let (Some(_), Some((name, _))) = (from_keyword.next(), from_keyword.next()) else { continue };
        // A declaration ends its line with `;`, a body of one line with `}`.
        let head = lines[index..].iter().find(|line| line.ends_with(['{', '}', ';']));
        if !head.is_some_and(|head| head.ends_with('{')) {
            continue;
        }
        let indentation = &line[..line.len() - line.trim_start().len()];
        let close = format!("{indentation}}}");
        let length = lines[index..].iter().position(|line| *line == close);
        found.extend(length.map(|length| (name.to_owned(), index + 1, length + 1)));
    }
    found
}

#[test]
fn comments_and_strings_are_blanked() {
    let text = "let a = \"v8::x // \\\" y\"; // v8::y\nlet b = 'c'; fn f<'a>(x: &'a str) {} /* z */ r#\"q\"#;";
    let code = code(text);
    assert_eq!(code.len(), text.len());
    assert!(!code.contains("v8") && !code.contains('c') && !code.contains('z') && !code.contains('q'));
    assert!(code.contains("<'a>") && code.contains("&'a str"));
}

#[test]
fn functions_are_measured() {
    let text = "fn a() {\n    one\n}\n\nimpl X {\n    fn b(\n        x: u32,\n    ) -> u32 {\n        x\n    }\n    fn c() {}\n}\n";
    let expected = [("a".to_owned(), 1, 3), ("b".to_owned(), 6, 5)];
    assert_eq!(functions(text), expected);
}
