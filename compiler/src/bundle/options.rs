//! What a build is asked for, and what it gives back.

use super::contents::Contents;
use crate::diagnostic::Diagnostic;
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// How a file's content becomes a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loader {
    JavaScript,
    Jsx,
    TypeScript,
    Tsx,
    Json,
    /// The default export is the text.
    Text,
    /// The default export is a `Uint8Array`.
    Binary,
    /// The file is copied beside the output; the default export is its URL.
    File,
    /// The default export is a `data:` URL.
    DataUrl,
    /// A module without content.
    Empty,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceMap {
    /// A file beside each output, named in its last line.
    External,
    /// A `data:` URL in the last line of each output.
    Inline,
}

/// Where the output is to run: which conditions and fields of `package.json` hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Platform {
    /// Corona, Node and their like.
    #[default]
    Server,
    Browser,
    /// Neither: only what the language defines.
    Neutral,
}

/// What the output is to run on: which syntax it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Whether `using` may stand in it.
    pub using: bool,
}

impl Default for Target {
    fn default() -> Target {
        Target::NEXT
    }
}

impl Target {
    /// Corona itself: whatever V8 knows.
    pub const NEXT: Target = Target { using: true };

    /// `esnext`, `es2022` and later, `node18` and later. Older ones would need classes to be taken apart.
    pub fn named(name: &str) -> Result<Target, String> {
        let lower = name.to_ascii_lowercase();
        let after = |start: &str| lower.strip_prefix(start)?.split('.').next()?.parse::<u32>().ok();
        let (known, using) = match (after("es"), after("node")) {
            _ if lower == "esnext" => (true, true),
            (Some(year), _) => (EDITIONS.contains(&year), false),
            (_, Some(version)) => (version >= 18, version >= 24),
            (None, None) => (false, false),
        };
        let targets = "esnext, es2022 to es2026, or node18 and later";
        known.then_some(Target { using }).ok_or_else(|| format!("no target `{name}`: there are {targets}"))
    }

    /// What runs on both.
    pub fn and(self, other: Target) -> Target {
        Target { using: self.using && other.using }
    }
}

/// Since ES2022 what was added is not syntax, but for the flag `v` of regular expressions, which nothing can stand for.
const EDITIONS: RangeInclusive<u32> = 2022..=2026;

/// A build.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// Paths of files, relative to `cwd`.
    pub entries: Vec<PathBuf>,
    pub cwd: PathBuf,
    /// Where the output will be written; absolute. Only source maps name files from there.
    pub out_dir: PathBuf,
    /// Whether modules that several entries need are put into files that these share. Otherwise each entry has its own.
    pub splitting: bool,
    /// Whether modules of dynamic imports stand in the file that imports them, instead of files of their own.
    pub inline_dynamic_imports: bool,
    pub tree_shaking: bool,
    pub minify: bool,
    pub source_map: Option<SourceMap>,
    /// Whether source maps hold the texts that they lead to.
    pub sources_content: bool,
    /// Dotted names and the JavaScript expressions to put in their place.
    pub define: Vec<(String, String)>,
    /// Specifiers to leave alone; `*` stands for anything.
    pub external: Vec<String>,
    pub platform: Platform,
    pub target: Target,
    /// Conditions of `exports` that hold besides those of the platform.
    pub conditions: Vec<String>,
    /// By file ending, with its dot; before what Corona does by itself.
    pub loaders: Vec<(String, Loader)>,
    pub banner: String,
    pub footer: String,
    /// Name of the only entry's output; by default its own name with the ending `.js`.
    pub output_name: Option<String>,
    /// Whether the result says what each module is and imports.
    pub describes_inputs: bool,
    /// Threads to use; by default all cores. The output does not depend on it.
    pub threads: Option<usize>,
}

impl Default for BuildOptions {
    fn default() -> BuildOptions {
        BuildOptions {
            entries: Vec::new(),
            cwd: PathBuf::from("/"),
            out_dir: PathBuf::from("/dist"),
            splitting: false,
            inline_dynamic_imports: false,
            tree_shaking: true,
            minify: false,
            source_map: None,
            sources_content: true,
            define: Vec::new(),
            external: Vec::new(),
            platform: Platform::default(),
            target: Target::default(),
            conditions: Vec::new(),
            loaders: Vec::new(),
            banner: String::new(),
            footer: String::new(),
            output_name: None,
            describes_inputs: false,
            threads: None,
        }
    }
}

/// What an output file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputKind {
    /// What an entry became.
    Entry,
    /// A module that others import.
    Chunk,
    /// A copied file.
    Asset,
    SourceMap,
}

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative to the output folder, with `/`.
    pub name: String,
    pub contents: Contents,
    pub kind: OutputKind,
}

/// What went into a build and what came out, as `--metafile` writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metafile {
    /// By path relative to `cwd`, sorted; only if they are asked for.
    pub inputs: Vec<InputInfo>,
    /// In the order of the files.
    pub outputs: Vec<OutputInfo>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputInfo {
    pub path: String,
    pub bytes: usize,
    /// `esm`, `cjs`, `json` …
    pub format: &'static str,
    pub imports: Vec<ImportInfo>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportInfo {
    /// Of the input or output; for what is external, the specifier.
    pub path: String,
    /// `import-statement`, `dynamic-import`, `require-call`, `url`
    pub kind: &'static str,
    pub external: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputInfo {
    pub name: String,
    pub bytes: usize,
    pub entry: Option<String>,
    pub exports: Vec<String>,
    pub imports: Vec<ImportInfo>,
    /// Inputs, with how many bytes of the output each accounts for.
    pub inputs: Vec<(String, usize)>,
}

/// The result of a build. When there is an error among the diagnostics there are no files.
#[derive(Debug, Clone, Default)]
pub struct Built {
    pub files: Vec<OutputFile>,
    /// How many modules went into it.
    pub modules: usize,
    pub metafile: Metafile,
    pub diagnostics: Vec<Diagnostic>,
    /// Every file that was read, for `--watch`; absolute, sorted.
    pub watched: Vec<PathBuf>,
}
