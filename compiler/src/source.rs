//! A file as text, and how it is to be read: by its name, and by the package it belongs to.

pub(crate) mod urls;

use crate::diagnostic::{Diagnostic, Place};
use crate::file_system::{FILE_BYTES_MAX, FileSystem};
use corona_std::errors;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// `type` in a `package.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PackageType {
    Module,
    CommonJs,
}

/// How JavaScript text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Language {
    pub(crate) typescript: bool,
    pub(crate) jsx: bool,
    /// Whether it is an ES module, when the file's name or its package says so; otherwise its syntax does.
    pub(crate) module: Option<bool>,
    /// `x.d.ts`: says what there is, and has no code.
    pub(crate) declaration: bool,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Script(Language),
    Json,
    /// Of a kind that cannot be a module.
    Foreign,
}

/// One file that was read.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// For a person.
    pub(crate) name: String,
    pub(crate) text: Arc<str>,
    pub(crate) format: Format,
    /// Part of somebody else's package: below a `node_modules`.
    pub(crate) foreign: bool,
}

impl Source {
    pub(crate) fn place(&self, offset: usize, length: usize) -> Place {
        Place { file: self.name.clone(), text: Arc::clone(&self.text), offset, length }
    }
}

/// Reads a file.
pub(crate) fn read(files: &dyn FileSystem, path: &Path, package: Option<PackageType>) -> Result<Source, Diagnostic> {
    let name = path.display().to_string();
    let unreadable = |reason: &str| Diagnostic::new(errors::UNREADABLE_MODULE, format!("cannot read {name}: {reason}"));
    let bytes = files.read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::IsADirectory => unreadable(&reason(&error)).help("name a file in it"),
        _ => unreadable(&reason(&error)),
    })?;
    from_bytes(path, bytes, package)
}

/// A text as if it had been read from the file `path`.
pub(crate) fn from_bytes(path: &Path, bytes: Vec<u8>, package: Option<PackageType>) -> Result<Source, Diagnostic> {
    let name = path.display().to_string();
    if bytes.len() > FILE_BYTES_MAX {
        let message = format!("cannot read {name}: it is larger than 1 GiB");
        return Err(Diagnostic::new(errors::UNREADABLE_MODULE, message));
    }
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(&name, error))?;
    let text: Arc<str> = text.strip_prefix('\u{feff}').unwrap_or(&text).into();
    let foreign = path.components().any(|part| part.as_os_str() == "node_modules");
    Ok(Source { format: format(path, package), name, text, foreign })
}

/// Whether a file decides how others are found and read.
pub(crate) fn decides_how_files_are_read(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    // What a declaration says holds for files that do not ask for it.
    name == "package.json" || name.starts_with("tsconfig") && name.ends_with(".json") || is_declaration(path)
}

/// What stands for a file that cannot be read, where the work goes on all the same.
pub(crate) fn empty(path: &Path, package: Option<PackageType>) -> Source {
    let foreign = path.components().any(|part| part.as_os_str() == "node_modules");
    Source { format: format(path, package), name: path.display().to_string(), text: "".into(), foreign }
}

/// Why a read failed, in words.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        _ => error.to_string(),
    }
}

fn not_utf8(name: &str, error: std::string::FromUtf8Error) -> Diagnostic {
    let offset = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    let line = bytes[..offset].iter().filter(|byte| **byte == b'\n').count() + 1;
    let message = format!("cannot read {name}: line {line} is not UTF-8");
    // What is valid stands where it stood; the rest shows as replacement characters.
    let text: Arc<str> = String::from_utf8_lossy(&bytes).into();
    let place = Place { file: name.to_owned(), text, offset, length: 1 };
    Diagnostic::new(errors::UNREADABLE_MODULE, message).at(place).help("save the file in the encoding UTF-8")
}

/// `type: "commonjs"` and no `type` are the same here: what is written as an ES module runs as one (`npm init` writes
/// that line into every new package). Only names can insist on CommonJS.
fn format(path: &Path, package: Option<PackageType>) -> Format {
    let by_package = (package == Some(PackageType::Module)).then_some(true);
    let (typescript, jsx, module) = match path.extension().and_then(|it| it.to_str()).unwrap_or("") {
        "json" => return Format::Json,
        "ts" => (true, false, by_package),
        "mts" => (true, false, Some(true)),
        "cts" => (true, false, Some(false)),
        "tsx" => (true, true, by_package),
        "jsx" => (false, true, by_package),
        "mjs" => (false, false, Some(true)),
        "cjs" => (false, false, Some(false)),
        "node" | "wasm" | "css" | "html" | "txt" | "md" | "png" | "jpg" | "svg" | "so" | "yaml" | "yml" | "toml" => {
            return Format::Foreign;
        }
        _ => (false, false, by_package),
    };
    Format::Script(Language { typescript, jsx, module, declaration: typescript && is_declaration(path) })
}

/// Whether a file has code that can be read: JSON is no code, and no reason to look for a description of it.
pub(crate) fn is_script(path: &Path) -> bool {
    !matches!(format(path, None), Format::Foreign)
}

/// Where the declarations of a file that is not TypeScript lie, if there are any: beside it.
pub(crate) fn beside(path: &Path) -> Vec<PathBuf> {
    let endings = match path.extension().and_then(|ending| ending.to_str()) {
        Some("js" | "jsx") => vec!["d.ts".to_owned()],
        Some("mjs") => vec!["d.mts".to_owned()],
        Some("cjs") => vec!["d.cts".to_owned()],
        Some(other) if !is_script(path) => vec![format!("d.{other}.ts"), "d.ts".to_owned()],
        _ => Vec::new(),
    };
    endings.into_iter().map(|ending| path.with_extension(ending)).collect()
}

/// Whether a file declares only: what it describes stands elsewhere, or nowhere that could be read.
pub(crate) fn is_declaration(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    let of_others = || name.strip_suffix(".ts")?.rsplit_once('.').map(|(before, _)| before.ends_with(".d"));
    [".d.ts", ".d.mts", ".d.cts"].iter().any(|ending| name.ends_with(ending)) || of_others() == Some(true)
}

/// The complaint about a file of a kind that nothing can import.
pub(crate) fn no_module(source: &Source) -> Diagnostic {
    let message = format!("{} is no module: JavaScript, TypeScript and JSON can be imported", source.name);
    Diagnostic::new(errors::UNSUPPORTED, message).help("read it with \"corona:fs\"")
}

/// The place of a mistake in a JSON text.
pub(crate) fn check_json(source: &Source) -> Result<(), Diagnostic> {
    let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&source.text) else { return Ok(()) };
    let offset = offset(&source.text, error.line(), error.column());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Err(Diagnostic::new(errors::SYNTAX, format!("not valid JSON: {message}")).at(source.place(offset, 1)))
}

/// The byte at a line and column, both counted from 1, as parsers of JSON count them.
pub(crate) fn offset(text: &str, line: usize, column: usize) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    line_start + column.saturating_sub(1)
}
