//! JSON whose values know where they stand, for complaints about what they say.

use std::iter::Peekable;
use std::str::CharIndices;

/// Deeper than any configuration; what nests deeper is not read.
const DEPTH_MAX: usize = 64;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Json {
    pub(super) value: Value,
    pub(super) offset: usize,
    pub(super) length: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number,
    String(String),
    Array(Vec<Json>),
    /// Keys are strings.
    Object(Vec<(Json, Json)>),
    TooDeep,
}

impl Value {
    /// For a person.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
            Value::TooDeep => "something that nests too deeply",
        }
    }
}

/// Reads a text that is known to be valid JSON.
pub(super) fn parse(text: &str) -> Json {
    Reader { text, rest: text.char_indices().peekable() }.json(0)
}

struct Reader<'a> {
    text: &'a str,
    rest: Peekable<CharIndices<'a>>,
}

impl Reader<'_> {
    fn at(&mut self) -> usize {
        self.rest.peek().map_or(self.text.len(), |(index, _)| *index)
    }

    fn skip(&mut self, skipped: &[char]) {
        while self.rest.next_if(|(_, it)| it.is_ascii_whitespace() || skipped.contains(it)).is_some() {}
    }

    fn next_is(&mut self, wanted: char) -> bool {
        self.rest.next_if(|(_, it)| *it == wanted).is_some()
    }

    fn json(&mut self, depth: usize) -> Json {
        self.skip(&[',', ':']);
        let offset = self.at();
        let value = match self.rest.peek().map(|(_, it)| *it) {
            _ if depth > DEPTH_MAX => {
                while self.rest.next().is_some() {}
                Value::TooDeep
            }
            Some('{') => self.object(depth),
            Some('[') => self.array(depth),
            Some('"') => self.string(),
            _ => self.word(),
        };
        Json { value, offset, length: self.at() - offset }
    }

    fn object(&mut self, depth: usize) -> Value {
        self.rest.next();
        let mut members = Vec::new();
        loop {
            self.skip(&[',']);
            if self.next_is('}') || self.rest.peek().is_none() {
                return Value::Object(members);
            }
            let key = self.json(depth + 1);
            members.push((key, self.json(depth + 1)));
        }
    }

    fn array(&mut self, depth: usize) -> Value {
        self.rest.next();
        let mut items = Vec::new();
        loop {
            self.skip(&[',']);
            if self.next_is(']') || self.rest.peek().is_none() {
                return Value::Array(items);
            }
            items.push(self.json(depth + 1));
        }
    }

    fn string(&mut self) -> Value {
        let start = self.at();
        self.rest.next();
        while let Some((_, character)) = self.rest.next() {
            match character {
                '"' => break,
                '\\' => drop(self.rest.next()),
                _ => {}
            }
        }
        let end = self.at();
        Value::String(serde_json::from_str(&self.text[start..end]).unwrap_or_default())
    }

    fn word(&mut self) -> Value {
        let start = self.at();
        while self.rest.next_if(|(_, it)| it.is_ascii_alphanumeric() || "+-.".contains(*it)).is_some() {}
        let end = self.at();
        if end == start {
            self.rest.next();
        }
        match &self.text[start..end] {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => Value::Number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_where_they_stand() {
        let json = parse(r#" { "a\"b" : [1, -2.5e3, true], "c": {} , "d": null }"#);
        let Value::Object(members) = &json.value else { panic!("{json:?}") };
        let keys: Vec<_> = members.iter().map(|(key, value)| (key.value.clone(), key.offset, value.length)).collect();
        let key = |text: &str| Value::String(text.to_owned());
        assert_eq!(keys, [(key("a\"b"), 3, 17), (key("c"), 31, 2), (key("d"), 41, 4)]);
    }

    #[test]
    fn nesting_has_an_end() {
        let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(format!("{:?}", parse(&text)).contains("TooDeep"));
        for broken in ["{", "[", "\"", "{\"a\"", "[,", "}", "\\"] {
            parse(broken);
        }
    }
}
