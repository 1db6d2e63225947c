//! `corona.json`: what a project wants of the tools. Every key is known, every value has its type, and whatever is wrong
//! is told with its place.

mod json;

use crate::diagnostic::{Diagnostic, Severity};
use crate::file_system::{FileKind, FileSystem};
use crate::lint::{LINTS, Lint};
use crate::nearest::nearest;
use crate::patterns::Patterns;
use crate::source::{self, Source};
use corona_std::errors;
use json::{Json, Value};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

const NAME: &str = "corona.json";

/// The configuration of `check`.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The folder with the file: patterns are for paths below it.
    root: PathBuf,
    include: Patterns,
    exclude: Patterns,
    base: Choices,
    /// Later ones win.
    overrides: Vec<(Patterns, Choices)>,
}

/// What can be chosen for all files and for some.
#[derive(Debug, Clone, Default)]
struct Choices {
    strict: Option<bool>,
    levels: HashMap<&'static str, Level>,
}

/// How bad findings of a lint are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Off,
    Warn,
    Error,
}

impl Config {
    /// The nearest `corona.json`, in `folder` or above it.
    pub fn find(files: &dyn FileSystem, folder: &Path) -> Option<PathBuf> {
        let candidates = folder.ancestors().map(|folder| folder.join(NAME));
        candidates.into_iter().find(|path| files.kind(path).is_ok_and(|kind| kind == FileKind::File))
    }

    /// Reads the configuration in the file `path`; all that is wrong with it, if something is.
    pub fn read(files: &dyn FileSystem, path: &Path) -> Result<Config, Vec<Diagnostic>> {
        let source = source::read(files, path, None).map_err(|complaint| vec![complaint])?;
        source::check_json(&source).map_err(|complaint| vec![complaint])?;
        let mut reader = Reader { source: &source, complaints: Vec::new() };
        let mut config = Config { root: path.parent().unwrap_or(Path::new("/")).to_owned(), ..Config::default() };
        reader.file(&json::parse(&source.text), &mut config);
        if reader.complaints.is_empty() { Ok(config) } else { Err(reader.complaints) }
    }

    /// Also tells what nothing is known about.
    pub fn set_strict(&mut self) {
        self.base.strict = Some(true);
        self.overrides.iter_mut().for_each(|(_, choices)| choices.strict = None);
    }

    /// Whether a file or folder is looked at when a folder around it is.
    pub(crate) fn wants(&self, path: &Path, is_folder: bool) -> bool {
        let Some(path) = self.below(path) else { return true };
        if is_folder {
            return self.exclude.decide(&path, true) != Some(true);
        }
        !self.exclude.covers(&path) && (self.include.is_empty() || self.include.covers(&path))
    }

    /// A finding as the configuration has it; none when it is not wanted.
    pub(crate) fn judge(&self, lint: &Lint, mut finding: Diagnostic, path: &Path) -> Option<Diagnostic> {
        let path = self.below(path);
        let overrides = self.overrides.iter().rev();
        let fitting = overrides.filter(|(paths, _)| path.as_ref().is_some_and(|path| paths.covers(path)));
        let choices: Vec<&Choices> = fitting.map(|(_, choices)| choices).chain([&self.base]).collect();
        let strict = choices.iter().find_map(|it| it.strict).unwrap_or(false);
        if finding.severity == Severity::Info && !strict {
            return None;
        }
        finding.severity = match choices.iter().find_map(|it| it.levels.get(lint.name)) {
            Some(Level::Off) => return None,
            Some(Level::Warn) => finding.severity.min(Severity::Warning),
            // What is only possible does not become more by being taken seriously.
            Some(Level::Error) if finding.severity == lint.severity => Severity::Error,
            _ => finding.severity,
        };
        Some(finding)
    }

    fn below(&self, path: &Path) -> Option<String> {
        path.strip_prefix(&self.root).ok().map(|path| path.to_string_lossy().into_owned())
    }
}

const LEVELS: &[(&str, Level)] = &[("off", Level::Off), ("warn", Level::Warn), ("error", Level::Error)];

struct Reader<'a> {
    source: &'a Source,
    complaints: Vec<Diagnostic>,
}

type Members<'a> = &'a [(Json, Json)];

impl Reader<'_> {
    fn file(&mut self, json: &Json, config: &mut Config) {
        for (key, name, value) in self.members(json, "the configuration") {
            match name {
                "$schema" => drop(self.string(value, "\"$schema\"")),
                "check" => self.check(value, config),
                _ => self.unknown(key, name, "", &["$schema", "check"]),
            }
        }
    }

    fn check(&mut self, json: &Json, config: &mut Config) {
        for (key, name, value) in self.members(json, "\"check\"") {
            match name {
                "include" => config.include = self.patterns(value, "\"include\""),
                "exclude" => config.exclude = self.patterns(value, "\"exclude\""),
                "overrides" => {
                    for item in self.list(value, "\"overrides\"") {
                        let choice = self.choice_of_paths(item);
                        config.overrides.extend(choice);
                    }
                }
                "strict" | "lints" => self.choice(name, value, &mut config.base),
                _ => {
                    self.unknown(key, name, " in \"check\"", &["include", "exclude", "strict", "lints", "overrides"]);
                }
            }
        }
    }

    fn choice_of_paths(&mut self, json: &Json) -> Option<(Patterns, Choices)> {
        let (mut paths, mut choices) = (None, Choices::default());
        let before = self.complaints.len();
        for (key, name, value) in self.members(json, "an item of \"overrides\"") {
            match name {
                "paths" => paths = Some(self.patterns(value, "\"paths\"")),
                "strict" | "lints" => self.choice(name, value, &mut choices),
                _ => self.unknown(key, name, " in an item of \"overrides\"", &["paths", "strict", "lints"]),
            }
        }
        if paths.is_none() && self.complaints.len() == before {
            self.complain(json, "an item of \"overrides\" must have \"paths\"".to_owned());
        }
        Some((paths?, choices))
    }

    fn choice(&mut self, name: &str, value: &Json, choices: &mut Choices) {
        if name == "lints" {
            return self.levels(value, choices);
        }
        match value.value {
            Value::Bool(strict) => choices.strict = Some(strict),
            _ => self.wrong(value, "\"strict\"", "true or false"),
        }
    }

    fn levels(&mut self, json: &Json, choices: &mut Choices) {
        for (key, name, value) in self.members(json, "\"lints\"") {
            let Some(lint) = LINTS.iter().find(|lint| lint.name == name) else {
                let names: Vec<&str> = LINTS.iter().map(|lint| lint.name).collect();
                self.unnamed(key, format!("there is no lint \"{name}\""), name, &names);
                continue;
            };
            let Some(text) = self.string(value, &format!("the level of \"{name}\"")) else { continue };
            match LEVELS.iter().find(|(level, _)| *level == text) {
                Some((_, level)) => drop(choices.levels.insert(lint.name, *level)),
                None => {
                    let names: Vec<&str> = LEVELS.iter().map(|(name, _)| *name).collect();
                    self.unnamed(value, format!("there is no level \"{text}\""), text, &names);
                }
            }
        }
    }

    fn patterns(&mut self, json: &Json, what: &str) -> Patterns {
        let items = self.list(json, what);
        let texts: Vec<&str> = items.iter().filter_map(|it| self.string(it, &format!("an item of {what}"))).collect();
        Patterns::of_lines(&texts.join("\n"))
    }

    fn members<'j>(&mut self, json: &'j Json, what: &str) -> Vec<(&'j Json, &'j str, &'j Json)> {
        let Value::Object(members) = &json.value else {
            self.wrong(json, what, "an object");
            return Vec::new();
        };
        let members: Members<'j> = members;
        let named = members.iter().filter_map(|(key, value)| match &key.value {
            Value::String(name) => Some((key, name.as_str(), value)),
            _ => None,
        });
        named.collect()
    }

    fn list<'j>(&mut self, json: &'j Json, what: &str) -> &'j [Json] {
        let Value::Array(items) = &json.value else {
            self.wrong(json, what, "a list");
            return &[];
        };
        items
    }

    fn string<'j>(&mut self, json: &'j Json, what: &str) -> Option<&'j str> {
        let Value::String(text) = &json.value else {
            self.wrong(json, what, "a string");
            return None;
        };
        Some(text)
    }

    fn wrong(&mut self, json: &Json, what: &str, wanted: &str) {
        self.complain(json, format!("{what} must be {wanted}, got {}", json.value.kind()));
    }

    fn unknown(&mut self, key: &Json, name: &str, place: &str, known: &[&str]) {
        self.unnamed(key, format!("there is no setting \"{name}\"{place}"), name, known);
    }

    fn unnamed(&mut self, json: &Json, message: String, name: &str, known: &[&str]) {
        self.complain(json, message);
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("there are {}", known.join(", ")),
        };
        if let Some(complaint) = self.complaints.last_mut() {
            complaint.help = Some(help);
        }
    }

    fn complain(&mut self, json: &Json, message: String) {
        let place = self.source.place(json.offset, json.length);
        self.complaints.push(Diagnostic::new(errors::CONFIGURATION, message).at(place));
    }
}
