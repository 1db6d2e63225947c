//! One test of the suite: its front matter, its variants, and the entry that runs it with the harness.

use std::path::{Path, PathBuf};

/// A file of the suite.
pub(crate) struct Case {
    /// Its path below `test/`.
    pub(crate) name: String,
    path: PathBuf,
    text: String,
    flags: Vec<String>,
    includes: Vec<String>,
    pub(crate) features: Vec<String>,
    pub(crate) is_async: bool,
    pub(crate) negative: Option<Negative>,
}

/// What must go wrong.
pub(crate) struct Negative {
    phase: String,
    /// The name of the error's constructor.
    pub(crate) error: String,
}

/// How a file is run: as a module, or as a script in one of the two modes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    Module,
    Sloppy,
    Strict,
}

impl Variant {
    /// What tells the runs of one file apart in the totals.
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Variant::Module => "",
            Variant::Sloppy => " (sloppy)",
            Variant::Strict => " (strict)",
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Variant::Module => "js",
            Variant::Sloppy => "sloppy.cjs",
            Variant::Strict => "strict.cjs",
        }
    }
}

/// Every test in these parts, in order.
pub(crate) fn collect(work: &Path, parts: &[&str]) -> Result<Vec<Case>, String> {
    let mut paths = Vec::new();
    parts.iter().for_each(|part| walk(&work.join(part), &mut paths));
    paths.sort();
    paths.into_iter().map(|path| Case::read(work, path)).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|it| it == "js") && !path.to_string_lossy().contains("_FIXTURE") {
            found.push(path);
        }
    }
}

impl Case {
    fn read(work: &Path, path: PathBuf) -> Result<Self, String> {
        let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let name = path.strip_prefix(work.join("test")).unwrap_or(&path).to_string_lossy().into_owned();
        let matter = text.split_once("/*---").and_then(|(_, rest)| rest.split_once("---*/"));
        let matter = matter.ok_or_else(|| format!("{name} has no front matter"))?.0.to_owned();
        let flags = list(&matter, "flags");
        let value =
            |key: &str| matter.lines().find_map(|line| line.trim().strip_prefix(key)).map(|it| it.trim().into());
        let negative = value("phase:").zip(value("type:")).map(|(phase, error)| Negative { phase, error });
        let is_async = flags.iter().any(|flag| flag == "async");
        let (includes, features) = (list(&matter, "includes"), list(&matter, "features"));
        Ok(Case { name, path, text, flags, includes, features, is_async, negative })
    }

    fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|found| found == flag)
    }

    /// A module runs once, a script in both modes unless it says otherwise.
    pub(crate) fn variants(&self) -> Vec<Variant> {
        if self.has("module") {
            return vec![Variant::Module];
        }
        let modes = [(Variant::Sloppy, "onlyStrict"), (Variant::Strict, "noStrict")];
        modes.into_iter().filter(|(_, other)| !self.has(other)).map(|(variant, _)| variant).collect()
    }

    /// A bundle is made of modules; scripts that are wrapped as CommonJS are bundled too.
    pub(crate) fn has_bundle(&self) -> bool {
        !self.has("raw")
    }

    /// Whether the test must be refused before it runs.
    pub(crate) fn is_compile_error(&self) -> bool {
        self.negative.as_ref().is_some_and(|negative| negative.phase != "runtime")
    }

    /// Writes the entry, and what it imports, beside the test.
    pub(crate) fn write_entry(&self, work: &Path, variant: Variant) -> Result<PathBuf, String> {
        let stem = self.path.with_extension("");
        let stem = stem.to_string_lossy();
        let test = PathBuf::from(format!("{stem}.{}", variant.extension()));
        let write = |path: &Path, text: &str| {
            std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
        };
        if variant != Variant::Module {
            let strict = if variant == Variant::Strict { "\"use strict\";\n" } else { "" };
            write(&test, &format!("{strict}{}", self.text))?;
        }
        let harness = PathBuf::from(format!("{stem}.{}.harness.mjs", variant.extension()));
        write(&harness, &self.harness(work)?)?;
        let entry = PathBuf::from(format!("{stem}.{}.entry.mjs", variant.extension()));
        write(&entry, &self.entry(&harness, &test))?;
        Ok(entry)
    }

    /// The harness runs as the script that it is: indirect `eval` defines its functions globally.
    fn harness(&self, work: &Path) -> Result<String, String> {
        let mut text = String::from(HOST);
        let needed = ["assert.js", "sta.js", "doneprintHandle.js"].map(str::to_owned);
        let needed = if self.has("raw") { &[][..] } else { &needed[..] };
        for file in needed.iter().chain(&self.includes) {
            let path = work.join("harness").join(file);
            let source = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            text += &format!("(0, eval)({});\n", serde_json::Value::String(source));
        }
        Ok(text)
    }

    /// A test that must fail is imported while the entry runs, so that the entry can tell how it failed.
    fn entry(&self, harness: &Path, test: &Path) -> String {
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (harness, test) = (name(harness), name(test));
        if self.negative.is_none() {
            return format!("import './{harness}';\nimport './{test}';\nconsole.log('passed');\n");
        }
        format!(
            "import './{harness}';\ntry {{\n  await import('./{test}');\n  console.log('nothing thrown');\n}} catch \
             (error) {{\n  console.log('threw ' + error?.constructor?.name);\n  console.log(String(error));\n}}\n"
        )
    }
}

/// What a host must provide: <https://github.com/tc39/test262/blob/main/INTERPRETING.md>.
const HOST: &str = "\
globalThis.print = (...values) => console.log(...values);
globalThis.$262 = { global: globalThis, gc() {}, evalScript: (text) => (0, eval)(text) };
";

/// A list of the front matter, in one line or in several.
fn list(matter: &str, key: &str) -> Vec<String> {
    let mut lines = matter.lines().skip_while(|line| !line.starts_with(&format!("{key}:")));
    let Some(first) = lines.next() else { return Vec::new() };
    let first = first[key.len() + 1..].trim();
    let items: Vec<&str> = if first.is_empty() {
        lines.map_while(|line| line.trim_start().strip_prefix("- ")).collect()
    } else {
        first.trim_matches(['[', ']']).split(',').collect()
    };
    items.into_iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}
