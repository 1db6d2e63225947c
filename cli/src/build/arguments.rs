//! The command line of `corona build`, for people who come from esbuild too.

use clap::{Args, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct Build {
    /// Write the only output to this file
    #[arg(long, short, value_name = "FILE", conflicts_with = "outdir")]
    pub(crate) outfile: Option<PathBuf>,

    /// Write into this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) outdir: Option<PathBuf>,

    /// What to write: an ES module that runs anywhere, or every module kept apart, for `corona run`
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Esm)]
    pub(crate) format: Format,

    /// Write one executable file: Corona and the program
    #[arg(long, conflicts_with_all = ["outdir", "format", "splitting", "watch"])]
    pub(crate) compile: bool,

    /// Shorten names, syntax and white space
    #[arg(long)]
    pub(crate) minify: bool,

    /// Write source maps: files beside the output, or inside it
    #[arg(long, value_enum, value_name = "KIND", num_args = 0..=1, require_equals = true, default_missing_value = "external")]
    pub(crate) sourcemap: Option<SourceMap>,

    /// Leave the texts of the sources out of source maps
    #[arg(long)]
    pub(crate) no_sources_content: bool,

    /// Replace a name such as DEBUG or process.env.NODE_ENV by a JavaScript expression
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) define: Vec<(String, String)>,

    /// Leave imports of this specifier as they are; * stands for anything
    #[arg(long, value_name = "SPECIFIER")]
    pub(crate) external: Vec<String>,

    /// How to read files with this ending
    #[arg(long, value_name = ".EXT=KIND", value_parser = pair)]
    pub(crate) loader: Vec<(String, String)>,

    /// Where the output will run; browser also means that process.env.NODE_ENV is "production" with --minify, or else
    /// "development"
    #[arg(long, value_enum, value_name = "PLATFORM", default_value_t = Platform::Corona)]
    pub(crate) platform: Platform,

    /// Conditions of `exports` in package.json that hold too, separated by commas
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) conditions: Vec<String>,

    /// What the output is to run on: esnext, es2022 to es2026, node18 and later, or several, separated by commas
    #[arg(long, value_name = "TARGETS", value_delimiter = ',', default_value = "esnext")]
    pub(crate) target: Vec<String>,

    /// Put what several entries need into files that they share
    #[arg(long, requires = "outdir")]
    pub(crate) splitting: bool,

    /// Keep what nothing uses
    #[arg(long)]
    pub(crate) no_tree_shaking: bool,

    /// Text to begin each output with
    #[arg(long, value_name = "TEXT")]
    pub(crate) banner: Option<String>,

    /// Text to end each output with
    #[arg(long, value_name = "TEXT")]
    pub(crate) footer: Option<String>,

    /// Write what went in and what came out as JSON, in esbuild's format; meta.json beside the output unless named
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub(crate) metafile: Option<Option<PathBuf>>,

    /// Build again whenever a file changes
    #[arg(long, short)]
    pub(crate) watch: bool,

    /// With --watch: keep what is on the terminal when it builds again
    #[arg(long, requires = "watch")]
    pub(crate) no_clear_screen: bool,

    /// No summary
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// What is accepted and does nothing: a build always bundles
    #[arg(long, hide = true)]
    pub(crate) bundle: bool,

    /// The programs: files, or - for standard input
    #[arg(value_name = "ENTRY", required = true)]
    pub(crate) entries: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Esm,
    Graph,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SourceMap {
    #[value(alias = "linked")]
    External,
    Inline,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Platform {
    #[value(alias = "node")]
    Corona,
    Browser,
    Neutral,
}

/// `NAME=VALUE`
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("it must have the form NAME=VALUE".to_owned()),
    }
}

/// Options that take a name after a colon, as esbuild's do.
const WITH_COLON: &[&str] = &["--define:", "--external:", "--loader:"];

/// Rewrites what esbuild spells differently: `--define:A=b` to `--define=A=b`, `--banner:js=text` to `--banner=text`.
pub(crate) fn from_esbuild(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<OsString> = args.collect();
    if args.get(1).is_none_or(|command| command != "build") {
        return args;
    }
    for arg in args.iter_mut().skip(2) {
        let Some(text) = arg.to_str() else { continue };
        let rewritten = match text {
            "--tree-shaking=true" | "--tree-shaking" | "--format=esm" => None,
            "--tree-shaking=false" => Some("--no-tree-shaking".to_owned()),
            "--sources-content=false" => Some("--no-sources-content".to_owned()),
            _ => WITH_COLON.iter().find_map(|option| {
                let rest = text.strip_prefix(option)?;
                Some(format!("{}={rest}", option.trim_end_matches(':')))
            }),
        };
        let rewritten = rewritten.or_else(|| {
            let js =
                ["--banner:js=", "--footer:js="].iter().find_map(|option| Some((option, text.strip_prefix(option)?)));
            js.map(|(option, rest)| format!("{}={rest}", option.trim_end_matches(":js=")))
        });
        if let Some(rewritten) = rewritten {
            *arg = rewritten.into();
        }
    }
    args.retain(|arg| arg != "--tree-shaking" && arg != "--tree-shaking=true");
    args
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(line: &str) -> String {
        let args = from_esbuild(line.split(' ').map(OsString::from));
        args.iter().map(|arg| arg.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn options_of_esbuild_are_understood() {
        assert_eq!(
            rewritten("corona build a.js --define:X=1 --external:a:b --loader:.png=file --banner:js=//x --bundle"),
            "corona build a.js --define=X=1 --external=a:b --loader=.png=file --banner=//x --bundle"
        );
        assert_eq!(rewritten("corona build a --tree-shaking=true --minify"), "corona build a --minify");
        assert_eq!(rewritten("corona run a.js --define:X=1"), "corona run a.js --define:X=1");
    }

    #[test]
    fn pairs_are_split_at_the_first_sign() {
        assert_eq!(pair("A=b=c"), Ok(("A".to_owned(), "b=c".to_owned())));
        assert!(pair("A").is_err() && pair("=b").is_err());
    }
}
