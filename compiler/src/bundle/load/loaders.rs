//! Files that are no JavaScript to modules that are.

use super::{Key, Loading, Module, PLAIN};
use crate::bundle::options::Loader;
use crate::diagnostic::Diagnostic;
use crate::source::{self, Format, Language, PackageType, Source};
use crate::syntax::bundle::{Attribute, Record};
use corona_std::errors;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file as JavaScript.
pub(super) struct Read {
    pub(super) source: Source,
    pub(super) language: Language,
    pub(super) data: bool,
    pub(super) format: &'static str,
}

fn made(name: &str, text: String, format: &'static str) -> Read {
    let source = Source { name: name.to_owned(), text: text.into(), format: Format::Script(PLAIN), foreign: false };
    Read { source, language: PLAIN, data: true, format }
}

/// The bundler's own functions.
pub(super) fn runtime() -> Read {
    Read { data: false, ..made("corona:bundle", include_str!("../runtime.js").to_owned(), "esm") }
}

/// What the field `browser` puts in place of a file that it does not want.
pub(super) fn ignored() -> Read {
    made("(ignored)", "export default {};".to_owned(), "empty")
}

/// Stands in for a file with errors.
pub(super) fn broken(key: &Key) -> Module {
    let path = match key {
        Key::File { path, .. } => path.clone(),
        _ => PathBuf::new(),
    };
    let source = Source { name: String::new(), text: "".into(), format: Format::Foreign, foreign: false };
    Module {
        path,
        name: String::new(),
        source,
        record: Arc::new(Record { esm: true, ..Record::default() }),
        tree: None,
        targets: Vec::new(),
        effectless: false,
        strict: false,
        data: false,
        format: "esm",
        map: None,
    }
}

impl Loading<'_> {
    /// Reads a file as its attribute, the options or its ending say.
    pub(super) fn read(
        &self,
        path: &Path,
        package: Option<PackageType>,
        attribute: Option<Attribute>,
    ) -> Result<Read, Diagnostic> {
        let name = path.display().to_string();
        let Some(loader) = self.loader(path, attribute) else {
            let source = source::read(self.files, path, package)?;
            let Format::Script(language) = source.format else { return Err(foreign(&source)) };
            return Ok(Read { source, language, data: false, format: "esm" });
        };
        if let Some(language) = language(loader) {
            let source = source::read(self.files, path, package)?;
            let module = match source.format {
                Format::Script(language) => language.module,
                _ => (package == Some(PackageType::Module)).then_some(true),
            };
            return Ok(Read { source, language: Language { module, ..language }, data: false, format: "esm" });
        }
        let bytes = || {
            let unreadable = |error: &std::io::Error| {
                let message = format!("cannot read {name}: {}", source::reason(error));
                Diagnostic::new(errors::UNREADABLE_MODULE, message)
            };
            self.files.read(path).map_err(|error| unreadable(&error))
        };
        Ok(match loader {
            Loader::Json => json(source::read(self.files, path, package)?)?,
            Loader::Text => {
                let source = source::read(self.files, path, package)?;
                made(&name, format!("export default {};", quoted(&source.text)), "text")
            }
            Loader::Binary => {
                let text = quoted(&base64(&bytes()?));
                let decode = "/* @__PURE__ */ Uint8Array.from(/* @__PURE__ */ atob";
                made(&name, format!("export default {decode}({text}), (it) => it.charCodeAt(0));"), "binary")
            }
            Loader::DataUrl => {
                let url = format!("data:{};base64,{}", media_type(path), base64(&bytes()?));
                made(&name, format!("export default {};", quoted(&url)), "dataurl")
            }
            Loader::File => {
                bytes()?;
                let file = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
                let url = quoted(&format!("./{file}"));
                let text = format!("export default /* @__PURE__ */ new URL({url}, import.meta.url).href;");
                made(&name, text, "file")
            }
            _ => made(&name, String::new(), "empty"),
        })
    }

    fn loader(&self, path: &Path, attribute: Option<Attribute>) -> Option<Loader> {
        match attribute {
            Some(Attribute::Json) => return Some(Loader::Json),
            Some(Attribute::Text) => return Some(Loader::Text),
            Some(Attribute::Bytes) => return Some(Loader::Binary),
            _ => {}
        }
        let file = path.file_name()?.to_str()?;
        let mut chosen = self.options.loaders.iter().filter(|(ending, _)| file.ends_with(ending.as_str()));
        let longest = chosen.by_ref().max_by_key(|(ending, _)| ending.len()).map(|(_, loader)| *loader);
        longest.or_else(|| match path.extension()?.to_str()? {
            "json" => Some(Loader::Json),
            "txt" | "md" => Some(Loader::Text),
            "bin" => Some(Loader::Binary),
            "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "avif" | "ico" | "wasm" | "woff" | "woff2" | "ttf" => {
                Some(Loader::File)
            }
            _ => None,
        })
    }
}

fn language(loader: Loader) -> Option<Language> {
    let language = |typescript, jsx| Some(Language { typescript, jsx, module: None, declaration: false });
    match loader {
        Loader::JavaScript => language(false, false),
        Loader::Jsx => language(false, true),
        Loader::TypeScript => language(true, false),
        Loader::Tsx => language(true, true),
        _ => None,
    }
}

fn foreign(source: &Source) -> Diagnostic {
    let message = format!("{} is no module: nothing says how to read it", source.name);
    let ending = Path::new(&source.name).extension().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let help = format!("choose a loader for it: --loader=.{ending}:text, binary, file or dataurl");
    Diagnostic::new(errors::UNSUPPORTED, message).help(help)
}

/// JSON to a module: what it says is the default export, and its properties have names of their own.
fn json(source: Source) -> Result<Read, Diagnostic> {
    source::check_json(&source)?;
    let name = source.name.clone();
    let plain = || format!("export default {};", source.text.trim());
    let Ok(properties) = serde_json::from_str::<BTreeMap<String, &RawValue>>(&source.text) else {
        return Ok(made(&name, without_proto(plain()), "json"));
    };
    if properties.contains_key("__proto__") || source.text.contains("\"__proto__\"") {
        return Ok(made(&name, without_proto(plain()), "json"));
    }
    let order: OrderedKeys = serde_json::from_str(&source.text).unwrap_or_default();
    let (mut text, mut members) = (String::new(), Vec::new());
    for (index, key) in order.0.iter().enumerate() {
        let Some(value) = properties.get(key) else { continue };
        let quoted = quoted(key);
        text.push_str(&format!("var json_{index} = {};\nexport {{ json_{index} as {quoted} }};\n", value.get()));
        members.push(format!("{quoted}: json_{index}"));
    }
    text.push_str(&format!("export default {{ {} }};", members.join(", ")));
    // A property that is called `default` is not the default export.
    if properties.contains_key("default") {
        text = plain();
    }
    Ok(made(&name, text, "json"))
}

/// In JSON `__proto__` is a name like others; in an object literal it is not.
fn without_proto(text: String) -> String {
    text.replace("\"__proto__\"", "[\"__proto__\"]")
}

/// The keys of a JSON object in the order they are written; of those given twice, the last place counts.
#[derive(Default)]
struct OrderedKeys(Vec<String>);

impl<'de> serde::Deserialize<'de> for OrderedKeys {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = OrderedKeys;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<OrderedKeys, A::Error> {
                let (mut keys, mut seen) = (Vec::new(), std::collections::HashSet::new());
                while let Some((key, _)) = map.next_entry::<String, serde::de::IgnoredAny>()? {
                    if seen.insert(key.clone()) {
                        keys.push(key);
                    }
                }
                Ok(OrderedKeys(keys))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

/// A string literal.
pub(in crate::bundle) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned())
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|it| it.to_str()).unwrap_or("") {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        "css" => "text/css",
        "html" => "text/html",
        "txt" | "md" => "text/plain;charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

pub(in crate::bundle) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().enumerate().fold(0u32, |word, (at, byte)| word | u32::from(*byte) << (16 - 8 * at));
        for at in 0..4 {
            let digit = char::from(DIGITS[(word >> (18 - 6 * at) & 63) as usize]);
            text.push(if at <= chunk.len() { digit } else { '=' });
        }
    }
    text
}
