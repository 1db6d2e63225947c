//! `corona build`: from the command line to the compiler's options, and from what it returns to files. Exit codes: 0,
//! 1 when the program is wrong, 2 when the command could not do its work.

pub(crate) mod arguments;
pub(crate) mod executable;
mod graph;
mod metafile;
mod progress;
mod summary;
mod watch;
mod write;

use crate::process::{self, STDIN_NAME};
use crate::record::Recorded;
use crate::render;
use crate::signals::Interruption;
use arguments::{Build, Format};
use corona_compiler::{
    BuildOptions, Built, Compiler, Diagnostic, FileSystem, Loader, OsFiles, Platform, Severity, SourceMap, Target,
};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;
use write::File;

/// What keeps a build from working, other than the program itself.
const COULD_NOT_RUN: u8 = 2;

pub(crate) fn build(arguments: &Build) -> ExitCode {
    match run(arguments) {
        Ok(good) => ExitCode::from(u8::from(!good)),
        Err(message) => {
            fail(&message);
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn fail(message: &str) {
    process::tell(&format!("error: {message}"));
}

/// A build with everything that it needs from the command line.
struct Job<'a> {
    arguments: &'a Build,
    options: BuildOptions,
    files: Arc<dyn FileSystem>,
    place: Place,
    interruption: Interruption,
}

/// Where the output goes.
enum Place {
    File(PathBuf),
    Folder(PathBuf),
    StandardOutput,
}

/// Whether the program is right.
fn run(arguments: &Build) -> Result<bool, String> {
    let folder = process::working_directory()?;
    let recorded = arguments.watch.then(|| Arc::new(Recorded::default()));
    let files: Arc<dyn FileSystem> = match &recorded {
        Some(recorded) => Arc::clone(recorded) as Arc<dyn FileSystem>,
        None => Arc::new(OsFiles),
    };
    let (files, entries) = entries(arguments, files, &folder)?;
    let place = place(arguments, &folder)?;
    let options = options(arguments, entries, &folder, &place)?;
    let interruption = Interruption::catch().map_err(|error| format!("cannot listen to signals: {error}"))?;
    let job = Job { arguments, options, files, place, interruption };
    match recorded {
        Some(recorded) => watch::watch(&job, &recorded),
        None => once(&job, &mut || corona_compiler::build(Arc::clone(&job.files), &job.options)),
    }
}

/// Builds and writes; whether the program is right.
fn once(job: &Job<'_>, bundle: &mut dyn FnMut() -> Built) -> Result<bool, String> {
    let start = Instant::now();
    let progress = progress::start(job.arguments.quiet);
    if job.arguments.format == Format::Graph {
        let packed =
            graph::pack(&Compiler::with_files(Arc::clone(&job.files)), &job.options.entries[0], &job.options.cwd);
        drop(progress);
        return match packed {
            Ok(packed) => {
                let inputs = Inputs { count: packed.modules.len(), entries: &job.options.entries, real: &[] };
                single(job, &packed.write(), &inputs, start).map(|()| true)
            }
            Err(complaints) => Ok(complain(&complaints, &job.options.cwd)),
        };
    }
    let built = bundle();
    drop(progress);
    if !complain(&built.diagnostics, &job.options.cwd) {
        return Ok(false);
    }
    if job.arguments.compile {
        single(job, &executable::make(&graph::pack_bundle(&built))?, &Inputs::of(&built, &job.options), start)?;
    } else {
        several(job, &built, start)?;
    }
    Ok(true)
}

/// What was read.
struct Inputs<'a> {
    count: usize,
    /// As the command line names them.
    entries: &'a [PathBuf],
    /// Without links in them.
    real: &'a [PathBuf],
}

impl Inputs<'_> {
    fn of<'a>(built: &'a Built, options: &'a BuildOptions) -> Inputs<'a> {
        Inputs { count: built.modules, entries: &options.entries, real: &built.watched }
    }

    /// Whether a file is one of them, whatever it is called.
    fn have(&self, path: &Path) -> bool {
        let Ok(real) = path.canonicalize() else { return false };
        let is_entry = self.entries.iter().any(|it| it.canonicalize().is_ok_and(|it| it == real));
        // Bytes are compared faster than components.
        is_entry || self.real.iter().any(|it| it.as_os_str() == real.as_os_str())
    }
}

/// Prints what is wrong; whether the build is good all the same.
fn complain(diagnostics: &[Diagnostic], folder: &Path) -> bool {
    let mut shown = diagnostics.to_vec();
    crate::check::shorten(&mut shown, folder);
    if !shown.is_empty() {
        let color = process::colored(&std::io::stderr());
        process::tell(&render::full(&shown, color));
    }
    !diagnostics.iter().any(|it| it.severity == Severity::Error)
}

/// Writes the one file that there is.
fn single(job: &Job<'_>, contents: &[u8], inputs: &Inputs<'_>, start: Instant) -> Result<(), String> {
    let Place::File(path) = &job.place else {
        return process::print_bytes([contents]);
    };
    finish(
        job,
        &[File { path: path.clone(), contents: vec![contents], executable: job.arguments.compile }],
        inputs,
        start,
    )
}

/// Writes the files of a bundle.
fn several(job: &Job<'_>, built: &Built, start: Instant) -> Result<(), String> {
    let folder = match &job.place {
        Place::StandardOutput => return to_standard_output(built),
        Place::File(path) => path.parent().unwrap_or(Path::new("/")),
        Place::Folder(folder) => folder,
    };
    let path = |name: &str| folder.join(name);
    let named = |name: &str| path(name).strip_prefix(&job.options.cwd).unwrap_or(&path(name)).display().to_string();
    let metafile = job.arguments.metafile.as_ref().map(|file| {
        let file = file.as_ref().map_or_else(|| path("meta.json"), |file| job.options.cwd.join(file));
        (file, metafile::json(built, named))
    });
    let mut files: Vec<File<'_>> = built
        .files
        .iter()
        .map(|file| File { path: path(&file.name), contents: file.contents.pieces().collect(), executable: false })
        .collect();
    if let Some((path, text)) = &metafile {
        files.push(File { path: path.clone(), contents: vec![text.as_bytes()], executable: false });
    }
    finish(job, &files, &Inputs::of(built, &job.options), start)
}

fn finish(job: &Job<'_>, files: &[File<'_>], inputs: &Inputs<'_>, start: Instant) -> Result<(), String> {
    if let Some(file) = files.iter().find(|file| inputs.have(&file.path)) {
        return Err(format!("{} is a source: the output would take its place", file.path.display()));
    }
    write::all(files, &job.interruption)?;
    if !job.arguments.quiet {
        process::tell(&summary::text(files, &job.options.cwd, inputs.count, start.elapsed()));
    }
    Ok(())
}

fn to_standard_output(built: &Built) -> Result<(), String> {
    match &built.files[..] {
        [file] => process::print_bytes(file.contents.pieces()),
        files => {
            let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
            Err(format!("there are several outputs ({}): name a folder with --outdir", names.join(", ")))
        }
    }
}

/// The entries as paths, and the files with the text of standard input among them.
fn entries(
    arguments: &Build,
    files: Arc<dyn FileSystem>,
    folder: &Path,
) -> Result<(Arc<dyn FileSystem>, Vec<PathBuf>), String> {
    let is_stdin = |path: &PathBuf| path == Path::new("-");
    if arguments.entries.len() > 1 && (arguments.format == Format::Graph || arguments.compile) {
        return Err("this output holds one program: name one entry".to_owned());
    }
    let paths = arguments.entries.iter();
    let paths = paths.map(|path| folder.join(if is_stdin(path) { Path::new(STDIN_NAME) } else { path })).collect();
    let has_input = arguments.entries.iter().any(is_stdin);
    if has_input && arguments.watch {
        return Err("--watch needs files: standard input can be read only once".to_owned());
    }
    Ok((if has_input { process::with_input(files, "the program")? } else { files }, paths))
}

/// Without `--outfile` and `--outdir`, one file goes to standard output; executables have a name anyway.
fn place(arguments: &Build, folder: &Path) -> Result<Place, String> {
    let several = arguments.entries.len() > 1;
    let default_name = || {
        let name = arguments.entries[0].file_stem().filter(|name| *name != "-");
        folder.join(name.unwrap_or("program".as_ref()))
    };
    match (&arguments.outfile, &arguments.outdir) {
        (Some(_), _) if several => Err("several entries need a folder: use --outdir".to_owned()),
        // A map has no name beside it.
        (Some(file), _)
            if file == Path::new("/dev/stdout") && arguments.format == Format::Esm && !arguments.compile =>
        {
            Ok(Place::StandardOutput)
        }
        (Some(file), _) => Ok(Place::File(folder.join(file).components().collect())),
        (None, Some(outdir)) => match arguments.format {
            Format::Graph => Ok(Place::File(folder.join(outdir).join(default_name()).with_extension("graph"))),
            Format::Esm => Ok(Place::Folder(folder.join(outdir).components().collect())),
        },
        (None, None) if arguments.compile => Ok(Place::File(default_name())),
        (None, None) if several => Err("several entries need a folder: use --outdir".to_owned()),
        (None, None) if arguments.watch => {
            Err("--watch needs a place for the output: --outfile or --outdir".to_owned())
        }
        (None, None) => Ok(Place::StandardOutput),
    }
}

fn options(arguments: &Build, entries: Vec<PathBuf>, folder: &Path, place: &Place) -> Result<BuildOptions, String> {
    let targets = arguments.target.iter().map(|name| Target::named(name.trim()));
    let target = targets.collect::<Result<Vec<_>, _>>()?.into_iter().fold(Target::NEXT, Target::and);
    let output_name = match place {
        Place::File(path) => path.file_name().map(|name| name.to_string_lossy().into_owned()),
        _ => None,
    };
    Ok(BuildOptions {
        entries,
        cwd: folder.to_owned(),
        splitting: arguments.splitting,
        inline_dynamic_imports: matches!(place, Place::StandardOutput),
        tree_shaking: !arguments.no_tree_shaking,
        minify: arguments.minify,
        source_map: arguments.sourcemap.map(|kind| match kind {
            arguments::SourceMap::External => SourceMap::External,
            arguments::SourceMap::Inline => SourceMap::Inline,
        }),
        sources_content: !arguments.no_sources_content,
        define: definitions(arguments),
        external: arguments.external.clone(),
        platform: match arguments.platform {
            arguments::Platform::Corona => Platform::Server,
            arguments::Platform::Browser => Platform::Browser,
            arguments::Platform::Neutral => Platform::Neutral,
        },
        target,
        conditions: arguments.conditions.clone(),
        loaders: arguments.loader.iter().map(loader).collect::<Result<_, _>>()?,
        banner: arguments.banner.clone().unwrap_or_default(),
        footer: arguments.footer.clone().unwrap_or_default(),
        output_name: if arguments.compile { Some("main.js".to_owned()) } else { output_name },
        out_dir: match place {
            Place::File(path) => path.parent().unwrap_or(folder).to_owned(),
            Place::Folder(folder) => folder.clone(),
            Place::StandardOutput => folder.to_owned(),
        },
        describes_inputs: arguments.metafile.is_some(),
        threads: None,
    })
}

/// What is put in place of names. Browsers have no `process`, and packages for them ask which of their two forms is wanted.
fn definitions(arguments: &Build) -> Vec<(String, String)> {
    const MODE: &str = "process.env.NODE_ENV";
    let mut define = arguments.define.clone();
    let is_browser = arguments.platform == arguments::Platform::Browser;
    let covers = |name: &str| MODE.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    if is_browser && !define.iter().any(|(name, _)| covers(name)) {
        let mode = if arguments.minify { "\"production\"" } else { "\"development\"" };
        define.push((MODE.to_owned(), mode.to_owned()));
    }
    define
}

/// The names that esbuild has, where it has one.
const LOADERS: &[(&str, Loader)] = &[
    ("js", Loader::JavaScript),
    ("jsx", Loader::Jsx),
    ("ts", Loader::TypeScript),
    ("tsx", Loader::Tsx),
    ("json", Loader::Json),
    ("text", Loader::Text),
    ("binary", Loader::Binary),
    ("file", Loader::File),
    ("dataurl", Loader::DataUrl),
    ("empty", Loader::Empty),
];

fn loader((ending, kind): &(String, String)) -> Result<(String, Loader), String> {
    let known = LOADERS.iter().find(|(name, _)| name == kind);
    let names = || LOADERS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    let (_, loader) = known.ok_or_else(|| format!("no loader `{kind}`; there are {}", names()))?;
    if !ending.starts_with('.') {
        return Err(format!("--loader {ending}={kind}: the ending starts with a dot, as in .txt=text"));
    }
    Ok((ending.clone(), *loader))
}
