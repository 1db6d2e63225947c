//! A case on disk: its `case.json`, its main file, and the runs that it stands for. Reads only.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// A folder below `tests/specs`.
pub(super) struct Case {
    path: PathBuf,
    config: Config,
}

/// `case.json`; everything has a default, so most cases have none.
#[derive(Deserialize, Default, Clone)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct Config {
    /// The whole command line, instead of `run <flags> main.* <programArgs>`.
    args: Option<Vec<String>>,
    /// Command lines to run after that, each if the one before succeeded. A first word that begins with `$` is a
    /// program other than Corona.
    then: Vec<Vec<String>>,
    /// Options between `run` and the main file.
    flags: Vec<String>,
    /// What the program itself gets.
    program_args: Vec<String>,
    /// Flags for V8, joined with those of the variant.
    v8_flags: Vec<String>,
    /// Text for standard input; without it standard input is empty.
    pub(super) stdin: Option<String>,
    /// More environment. The rest of it is the same on every machine.
    pub(super) env: BTreeMap<String, String>,
    /// The folder to run in, below the case's.
    pub(super) cwd: Option<String>,
    timeout_seconds: Option<u64>,
    /// Further runs of the same case that must give the same output: see [`variant_flags`].
    variants: Vec<String>,
    /// Why the case exists, when its name does not say it.
    #[serde(rename = "why")]
    _why: Option<String>,
}

/// One run of a case.
pub(super) struct Run {
    /// `area/case`, or `area/case (variant)`.
    pub(super) name: String,
    pub(super) folder: PathBuf,
    /// Command lines of one start of the binary after the other.
    pub(super) steps: Vec<Vec<String>>,
    pub(super) config: Config,
    pub(super) timeout_seconds: u64,
    /// Only the plain run writes the expected output; a variant has to agree with it.
    pub(super) is_variant: bool,
}

impl Case {
    /// Reads the folder; the error is for the report.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let file = path.join("case.json");
        let config: Config = match std::fs::read_to_string(&file) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?,
            Err(_) => Config::default(),
        };
        if config.args.is_none() && main_file(path).is_none() {
            return Err(format!("{}: neither a main file nor `args`", path.display()));
        }
        let case = Case { path: path.to_owned(), config };
        if let Some(name) = case.config.variants.iter().find(|name| case.variant(name).is_none()) {
            return Err(format!("{}: no such variant: {name}", file.display()));
        }
        Ok(case)
    }

    /// The plain run and the variants.
    pub(super) fn runs(self, name: &str) -> Vec<Run> {
        let seconds = self.config.timeout_seconds.unwrap_or(30);
        let plain = Run {
            name: name.to_owned(),
            folder: self.path.clone(),
            steps: self.steps(&[]),
            config: self.config.clone(),
            timeout_seconds: seconds,
            is_variant: false,
        };
        let variants = self.config.variants.iter().map(|variant| Run {
            name: format!("{name} ({variant})"),
            folder: self.path.clone(),
            steps: self.variant(variant).expect("checked when the case was read"),
            config: self.config.clone(),
            timeout_seconds: seconds * 4,
            is_variant: true,
        });
        std::iter::once(plain).chain(variants).collect()
    }

    /// What a variant runs. One that bundles runs the bundle: it must behave as its sources do.
    fn variant(&self, name: &str) -> Option<Vec<Vec<String>>> {
        let bundle = |options: &[&str]| {
            let main = main_file(&self.path).filter(|_| self.config.args.is_none())?;
            let words =
                ["build", &main, "--quiet", "--outfile=[TMP]/main.js"].into_iter().chain(options.iter().copied());
            let build = words.map(str::to_owned).collect();
            Some(vec![build, self.run_line(&[], Some("[TMP]/main.js".to_owned()))])
        };
        match name {
            "bundled" => bundle(&[]),
            "minified" => bundle(&["--minify", "--sourcemap"]),
            _ => variant_flags(name).map(|flags| self.steps(flags)),
        }
    }

    fn steps(&self, variant: &[&str]) -> Vec<Vec<String>> {
        let first = self.command_line(variant);
        std::iter::once(first).chain(self.config.then.iter().cloned()).collect()
    }

    fn command_line(&self, variant: &[&str]) -> Vec<String> {
        let v8_flags = self.v8_flags(variant);
        match &self.config.args {
            Some(args) => {
                args[..args.len().min(1)].iter().cloned().chain(v8_flags).chain(args.iter().skip(1).cloned()).collect()
            }
            None => self.run_line(variant, main_file(&self.path)),
        }
    }

    fn run_line(&self, variant: &[&str], main: Option<String>) -> Vec<String> {
        std::iter::once("run".to_owned())
            .chain(self.v8_flags(variant))
            .chain(self.config.flags.iter().cloned())
            .chain(main)
            .chain(self.config.program_args.iter().cloned())
            .collect()
    }

    fn v8_flags(&self, variant: &[&str]) -> Option<String> {
        let all = variant.iter().copied().chain(self.config.v8_flags.iter().map(String::as_str));
        let all: Vec<&str> = all.collect();
        (!all.is_empty()).then(|| format!("--v8-flags={}", all.join(",")))
    }
}

/// The name of the file to run.
pub(super) fn main_file(path: &Path) -> Option<String> {
    ["ts", "tsx", "js", "jsx", "mjs", "mts", "cjs", "cts"]
        .iter()
        .map(|extension| format!("main.{extension}"))
        .find(|name| path.join(name).is_file())
}

/// V8's flags by the name that `variants` uses.
fn variant_flags(name: &str) -> Option<&'static [&'static str]> {
    match name {
        // Collects at odd moments, moves everything it can, and marks in small steps between them.
        "gc" => Some(&[
            "--expose-gc",
            "--gc-interval=50",
            "--stress-compaction",
            "--stress-scavenge=50",
            "--stress-incremental-marking",
        ]),
        // Optimises at once, so that short programs run in optimised code too.
        "hot" => Some(HOT),
        "maglev" => Some(&["--stress-maglev"]),
        // Leaves optimised code again and again.
        "deopt" => Some(DEOPT),
        _ => None,
    }
}

/// Optimised by Turbofan after a few calls.
const HOT: &[&str] = &[
    "--invocation-count-for-feedback-allocation=1",
    "--invocation-count-for-maglev=2",
    "--invocation-count-for-turbofan=4",
    "--invocation-count-for-osr=4",
    "--minimum-invocations-after-ic-update=1",
];
const DEOPT: &[&str] = &[
    "--invocation-count-for-feedback-allocation=1",
    "--invocation-count-for-maglev=2",
    "--invocation-count-for-turbofan=4",
    "--invocation-count-for-osr=4",
    "--deopt-every-n-times=50",
];
