//! The command line.

use crate::build::arguments::Build;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// JavaScript and TypeScript on coroutines: straight-line code, the concurrency of an event loop.
#[derive(Debug, Parser)]
#[command(
    name = "corona",
    version,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a program
    Run(Run),
    /// Find what may block where nothing may, and other mistakes, without running the program
    #[command(visible_alias = "lint")]
    Check(Check),
    /// Put a program and its packages into one file, or a few
    Build(Box<Build>),
    /// Write what editors need to know the standard modules; in an empty folder also a program
    Init(Init),
    /// Serve an editor, in the language server protocol over standard input and output
    Lsp(Lsp),
    /// Print the TypeScript declarations of the standard modules and globals
    Types,
}

#[derive(Debug, Args)]
pub(crate) struct Run {
    /// Address space for each coroutine's stack, such as 512k or 2m; memory is used as it is touched
    #[arg(long, value_name = "SIZE", default_value = "1m", value_parser = size)]
    pub(crate) stack_size: usize,

    /// The most coroutines that may be alive at once; more make `spawn` throw
    #[arg(long, value_name = "COUNT", default_value_t = corona_runtime::COROUTINES_MAX_DEFAULT)]
    pub(crate) max_coroutines: usize,

    /// What becomes of a call that may block in an atomic section; a report is written to standard error at the end
    #[arg(long, value_name = "MODE", default_value = "throw")]
    pub(crate) atomic: Atomic,

    /// Write the report to a file, as JSON; needs --atomic=report
    #[arg(long, value_name = "FILE")]
    pub(crate) atomic_report: Option<PathBuf>,

    /// How long a service may take after SIGTERM to finish the requests that it has, such as 500ms, 10s or 2m
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = time)]
    pub(crate) grace: Duration,

    /// Restart when a file changes that the program depends on; the old program serves until the new one listens
    #[arg(long)]
    pub(crate) watch: bool,

    /// Watch this file or folder too; what git ignores in it is left out
    #[arg(long, value_name = "PATH", requires = "watch")]
    pub(crate) watch_path: Vec<PathBuf>,

    /// Do not watch what fits this pattern, written as in .gitignore
    #[arg(long, value_name = "PATTERN", requires = "watch")]
    pub(crate) watch_exclude: Vec<String>,

    /// Look at the files every so often, where the system does not tell of changes: in containers, on network drives
    #[arg(long, value_name = "TIME", requires = "watch", value_parser = pause, num_args = 0..=1, require_equals = true,
          default_missing_value = "500ms")]
    pub(crate) poll: Option<Duration>,

    /// Leave the screen as it is when the program restarts
    #[arg(long, requires = "watch")]
    pub(crate) no_clear_screen: bool,

    /// Run so many processes on the same listening sockets; one that dies is replaced
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) workers: Option<u16>,

    /// Flags for V8, separated by commas, such as --max-old-space-size=512
    #[arg(long, value_name = "FLAGS", value_delimiter = ',', allow_hyphen_values = true)]
    pub(crate) v8_flags: Vec<String>,

    /// The program: a file, or - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: OsString,

    /// Arguments of the program
    #[arg(value_name = "ARGS", trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) arguments: Vec<OsString>,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The project's folder; it is made if it is not there
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Lsp {
    /// What many editors pass; nothing else is there
    #[arg(long)]
    pub(crate) stdio: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// How findings are written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Full)]
    pub(crate) format: Format,

    /// Mend what can be mended without changing what the program does
    #[arg(long)]
    pub(crate) fix: bool,

    /// Write to a file what was inferred of each function, and why; - for standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) effects: Option<PathBuf>,

    /// Also tell which calls in atomic sections nothing is known about
    #[arg(long)]
    pub(crate) strict: bool,

    /// The configuration, instead of the nearest corona.json
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Look again whenever something changes, until interrupted
    #[arg(long, conflicts_with_all = ["fix", "explain", "effects"])]
    pub(crate) watch: bool,

    /// Leave the screen as it is before looking again
    #[arg(long, requires = "watch")]
    pub(crate) no_clear_screen: bool,

    /// Explain a lint or a code of errors, and do nothing else
    #[arg(long, value_name = "NAME")]
    pub(crate) explain: Option<String>,

    /// No summary
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// What the text from standard input is called: where it stands, and what kind of file it is
    #[arg(long, value_name = "FILE")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Files and folders, or - for standard input; the working directory if there is none
    #[arg(value_name = "PATHS")]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a person: with the code and every step of the explanation
    Full,
    /// One line each
    Concise,
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations in workflows of GitHub
    Github,
    /// JUnit's XML, for build servers
    Junit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Atomic {
    /// It throws WouldBlockError
    Throw,
    /// It goes on, and is reported with its stack when the program ends
    Report,
}

/// A number of bytes with an optional `k`, `m` or `g`.
fn size(text: &str) -> Result<usize, String> {
    let lower = text.to_ascii_lowercase();
    let (digits, factor) = match lower.strip_suffix(['k', 'm', 'g']) {
        Some(digits) if lower.ends_with('k') => (digits, 1 << 10),
        Some(digits) if lower.ends_with('m') => (digits, 1 << 20),
        Some(digits) => (digits, 1 << 30),
        None => (lower.as_str(), 1),
    };
    let bytes = digits.parse::<usize>().ok().and_then(|number| number.checked_mul(factor));
    let bytes = bytes.ok_or("a number of bytes, such as 512k or 2m")?;
    let (least, most) = (corona_runtime::STACK_SIZE_MIN, 1 << 30);
    if (least..=most).contains(&bytes) {
        Ok(bytes)
    } else {
        Err(format!("it must be from {}k to {}m", least >> 10, most >> 20))
    }
}

/// A time between two looks: none at all would be a loop without rest.
fn pause(text: &str) -> Result<Duration, String> {
    time(text).and_then(|time| if time.is_zero() { Err("it must be at least 1ms".to_owned()) } else { Ok(time) })
}

/// A time with an optional `ms`, `s` or `m`; without one in seconds.
fn time(text: &str) -> Result<Duration, String> {
    let (digits, factor_ms) = match text.trim_end_matches(|it: char| it.is_ascii_alphabetic()) {
        digits if text.ends_with("ms") => (digits, 1),
        digits if text.ends_with('m') => (digits, 60_000),
        digits if text.ends_with('s') || digits == text => (digits, 1000),
        _ => ("", 0),
    };
    let is_unit = matches!(&text[digits.len()..], "" | "ms" | "s" | "m");
    let milliseconds = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(factor_ms));
    match milliseconds {
        Some(ms) if is_unit && ms <= TIME_MAX_MS => Ok(Duration::from_millis(ms)),
        Some(_) if is_unit => Err("it must be at most a day".to_owned()),
        _ => Err("a time, such as 500ms, 10s or 2m".to_owned()),
    }
}

const TIME_MAX_MS: u64 = 24 * 3600 * 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units_and_a_limit() {
        assert_eq!(time("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(time("10s"), Ok(Duration::from_secs(10)));
        assert_eq!(time("10"), Ok(Duration::from_secs(10)));
        assert_eq!(time("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(time("0"), Ok(Duration::ZERO));
        for wrong in ["", "s", "1h", "1xs", "-1s", "1.5s", "25000m", "99999999999999999999s", "1sm"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_have_units_and_limits() {
        assert_eq!(size("512k"), Ok(512 << 10));
        assert_eq!(size("2M"), Ok(2 << 20));
        assert_eq!(size("1048576"), Ok(1 << 20));
        for wrong in ["", "k", "1x", "1k", "2g", "99999999999g"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_follows_the_file_belongs_to_the_program() {
        let parsed = Arguments::parse_from(["corona", "run", "--max-coroutines=5", "a.ts", "--flag", "b", "--", "-c"]);
        let Command::Run(run) = parsed.command else { panic!("run is parsed as run") };
        assert_eq!(run.max_coroutines, 5);
        assert_eq!(run.arguments, ["--flag", "b", "--", "-c"]);
    }
}
