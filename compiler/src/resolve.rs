//! Specifiers to files: the only place that names oxc_resolver. As Node resolves, with what TypeScript adds: `paths` of
//! `tsconfig.json`, `./x.js` that means `x.ts`, and file names without their ending.

mod advice;
mod side_effects;

pub(crate) use advice::{advice, is_builtin, standard};

use crate::diagnostic::Diagnostic;
use crate::file_system::{FileKind, FileSystem};
use crate::source::{self, PackageType, urls};
use corona_std::bundle::How;
use corona_std::errors;
use oxc_resolver::{
    FileMetadata, ModuleType, Resolution, ResolveError, ResolveOptions, ResolverGeneric, TsconfigDiscovery,
};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Lends our file system to the resolver.
struct Lent(Arc<dyn FileSystem>);

type Engine = ResolverGeneric<Lent>;

/// Resolves for one program. Keeps what it learnt about the disk until [`Resolver::forget`].
pub(crate) struct Resolver {
    /// For files of the program: TypeScript first.
    import: Engine,
    require: Engine,
    /// For files of packages: as Node does it.
    package_import: Engine,
    package_require: Engine,
    /// For declarations, wherever they are asked for.
    types: Engine,
}

/// Where a specifier leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    /// `?query` and `#fragment`: two of them are two modules.
    pub(crate) suffix: String,
    pub(crate) package: Option<PackageType>,
    /// `sideEffects` of its `package.json` says that it is needed only for what it exports.
    pub(crate) effectless: bool,
}

/// What is asked of a bundler's resolver beyond a runtime's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions {
    /// Names that hold in `exports` and `imports`, besides `import` or `require` and `default`.
    pub(crate) names: Vec<String>,
    pub(crate) main_fields: Vec<String>,
    /// Whether the field `browser` replaces files.
    pub(crate) browser: bool,
}

impl Found {
    /// The module's name in every report and stack trace.
    pub(crate) fn url(&self) -> String {
        let mut url = urls::from_path(&self.path);
        url.push_str(&self.suffix);
        url
    }
}

/// Where a request leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Std(String),
    File(Found),
}

/// Why a specifier leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Missing {
    NotFound,
    /// The field `browser` says `false`.
    Ignored,
    /// The package, its `package.json` or `tsconfig.json` says why.
    Because(String),
}

/// What `tsconfig.json` says about lowering.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    /// TypeScript's own decorators instead of the standard's.
    pub(crate) legacy_decorators: bool,
    pub(crate) decorator_metadata: bool,
    /// Fields without a value are declarations only.
    pub(crate) assigned_fields: bool,
    /// `jsx: "react"`.
    pub(crate) classic_jsx: bool,
    pub(crate) jsx_import_source: Option<String>,
    pub(crate) jsx_factory: Option<String>,
    pub(crate) jsx_fragment_factory: Option<String>,
}

const PROGRAM_EXTENSIONS: &[&str] = &[".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json"];
const PACKAGE_EXTENSIONS: &[&str] = &[".js", ".json", ".cjs", ".mjs", ".node", ".ts", ".tsx", ".mts", ".cts", ".jsx"];

impl Resolver {
    /// For what Corona itself runs.
    pub(crate) fn new(files: Arc<dyn FileSystem>) -> Resolver {
        let owned = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        let names = owned(&["corona", "node", "module-sync"]);
        Resolver::with(files, &Conditions { names, main_fields: owned(&["main"]), browser: false })
    }

    pub(crate) fn with(files: Arc<dyn FileSystem>, conditions: &Conditions) -> Resolver {
        let import = Engine::new_with_file_system(Lent(files), options("import", true, conditions));
        Resolver {
            require: import.clone_with_options(options("require", true, conditions)),
            package_import: import.clone_with_options(options("import", false, conditions)),
            package_require: import.clone_with_options(options("require", false, conditions)),
            types: import.clone_with_options(of_types(conditions)),
            import,
        }
    }

    /// The declaration file that `specifier` means: beside the file or in the package that it leads to, or in `@types`.
    pub(crate) fn types(&self, referrer: &Path, specifier: &str) -> Option<Found> {
        let is_path = specifier.starts_with(['.', '/', '#']);
        let elsewhere = format!(
            "@types/{}",
            specifier.trim_start_matches('@').replacen('/', "__", usize::from(specifier.starts_with('@')))
        );
        let specifiers = [Some(specifier), Some(elsewhere.as_str()).filter(|_| !is_path)];
        specifiers.into_iter().flatten().find_map(|specifier| {
            let resolution = found(self.types.resolve_file(referrer, specifier)).ok()?;
            source::is_declaration(&resolution.path).then_some(resolution)
        })
    }

    /// Resolves a specifier as it is written in the file `referrer`: the standard modules, URLs and all.
    pub(crate) fn target(&self, referrer: &Path, specifier: &str, how: How) -> Result<Target, Missing> {
        if let Some(name) = standard(specifier) {
            return Ok(Target::Std(name));
        }
        if specifier.starts_with("file:") {
            let path = urls::to_path(specifier).ok_or(Missing::NotFound)?;
            let path = path.to_str().ok_or(Missing::NotFound)?;
            let suffix = specifier.find(['?', '#']).map_or("", |at| &specifier[at..]);
            let found = self.resolve(referrer, path, how)?;
            return Ok(Target::File(Found { suffix: suffix.to_owned(), ..found }));
        }
        let found = self.resolve(referrer, specifier, how);
        // `import` reads specifiers as URLs.
        let decoded = (found.is_err() && how == How::Import && specifier.contains('%'))
            .then(|| urls::decode(specifier))
            .flatten();
        match decoded {
            Some(specifier) => self.resolve(referrer, &specifier, how).map(Target::File),
            None => found.map(Target::File),
        }
    }

    /// Resolves the path or package name `specifier` as seen from the file `referrer`.
    pub(crate) fn resolve(&self, referrer: &Path, specifier: &str, how: How) -> Result<Found, Missing> {
        let (program, package) = match how {
            How::Import => (&self.import, &self.package_import),
            How::Require => (&self.require, &self.package_require),
        };
        if in_package(referrer) {
            return found(package.resolve_file(referrer, specifier));
        }
        let result = match program.resolve_file(referrer, specifier) {
            // A broken tsconfig.json is no reason to find nothing.
            Err(error) if is_tsconfig(&error) => {
                let folder = referrer.parent().unwrap_or(Path::new("/"));
                program.resolve(folder, specifier).map_err(|_| error)
            }
            result => result,
        };
        let result = found(result)?;
        // Packages that carry their TypeScript beside what was made of it mean the latter.
        let typescript =
            result.path.extension().is_some_and(|it| ["ts", "tsx", "mts", "cts"].iter().any(|ts| it == *ts));
        if typescript && in_package(&result.path) {
            return found(package.resolve_file(referrer, specifier)).or(Ok(result));
        }
        Ok(result)
    }

    /// Settings for a file of the program.
    pub(crate) fn settings(&self, file: &Path) -> Settings {
        let Ok(Some(tsconfig)) = self.import.find_tsconfig(file) else { return Settings::default() };
        let options = &tsconfig.compiler_options;
        Settings {
            legacy_decorators: options.experimental_decorators == Some(true),
            decorator_metadata: options.emit_decorator_metadata == Some(true),
            assigned_fields: options.use_define_for_class_fields == Some(false),
            classic_jsx: options.jsx.as_deref() == Some("react"),
            jsx_import_source: options.jsx_import_source.clone(),
            jsx_factory: options.jsx_factory.clone(),
            jsx_fragment_factory: options.jsx_fragment_factory.clone(),
        }
    }

    /// What is wrong with the `tsconfig.json` that files of a folder have.
    pub(crate) fn broken_settings(&self, files: &dyn FileSystem, folder: &Path) -> Option<Diagnostic> {
        let error = self.import.find_tsconfig(folder.join("[any].ts")).err()?;
        let reason = match &error {
            ResolveError::TsconfigLoadFailed { source, .. } => source,
            error => error,
        };
        let (path, position, message) = match reason {
            ResolveError::Json(error) => {
                let message = error.message.split(" at line ").next().unwrap_or_default();
                (error.path.clone(), Some((error.line, error.column)), format!("not valid JSON: {message}"))
            }
            _ => {
                let candidates = folder.ancestors().map(|folder| folder.join("tsconfig.json"));
                let nearest = candidates.into_iter().find(|path| files.kind(path).is_ok())?;
                (nearest, None, reason.to_string())
            }
        };
        let found = Diagnostic::new(errors::UNREADABLE_SETTINGS, message);
        let Ok(source) = source::read(files, &path, None) else { return Some(found) };
        let offset = position.map_or(0, |(line, column)| source::offset(&source.text, line, column));
        Some(found.at(source.place(offset, 1)))
    }

    /// Files may have changed since.
    pub(crate) fn forget(&self) {
        self.import.clear_cache();
    }
}

fn in_package(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "node_modules")
}

fn is_tsconfig(error: &ResolveError) -> bool {
    matches!(
        error,
        ResolveError::TsconfigNotFound(_)
            | ResolveError::TsconfigSelfReference(_)
            | ResolveError::TsconfigCircularExtend(_)
            | ResolveError::TsconfigLoadFailed { .. }
    )
}

fn found(result: Result<Resolution, ResolveError>) -> Result<Found, Missing> {
    match result {
        Ok(resolution) => {
            let package = match resolution.module_type() {
                Some(ModuleType::Module) => Some(PackageType::Module),
                Some(ModuleType::CommonJs) => Some(PackageType::CommonJs),
                _ => resolution.package_json().and_then(|package| package.r#type()).map(|kind| match kind {
                    oxc_resolver::PackageType::Module => PackageType::Module,
                    oxc_resolver::PackageType::CommonJs => PackageType::CommonJs,
                }),
            };
            let suffix = [resolution.query(), resolution.fragment()].into_iter().flatten().collect();
            let effectless = side_effects::denied(&resolution);
            Ok(Found { package, suffix, effectless, path: resolution.into_path_buf() })
        }
        Err(ResolveError::NotFound(_) | ResolveError::ExtensionAlias(..) | ResolveError::MatchedAliasNotFound(..)) => {
            Err(Missing::NotFound)
        }
        Err(ResolveError::Ignored(_)) => Err(Missing::Ignored),
        Err(ResolveError::Json(error)) => Err(Missing::Because(format!(
            "{}:{}:{} is not valid JSON: {}",
            error.path.display(),
            error.line,
            error.column,
            error.message
        ))),
        Err(error) => Err(Missing::Because(error.to_string())),
    }
}

fn options(condition: &str, of_program: bool, conditions: &Conditions) -> ResolveOptions {
    let owned = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let alias = |written: &str, meant: &[&str]| (written.to_owned(), owned(meant));
    let aliases = vec![
        alias(".js", &[".js", ".ts", ".tsx"]),
        alias(".jsx", &[".jsx", ".tsx"]),
        alias(".mjs", &[".mjs", ".mts"]),
        alias(".cjs", &[".cjs", ".cts"]),
    ];
    ResolveOptions {
        tsconfig: of_program.then_some(TsconfigDiscovery::Auto),
        condition_names: conditions.names.iter().cloned().chain(owned(&[condition, "default"])).collect(),
        alias_fields: if conditions.browser { vec![owned(&["browser"])] } else { Vec::new() },
        extensions: owned(if of_program { PROGRAM_EXTENSIONS } else { PACKAGE_EXTENSIONS }),
        extension_alias: if of_program { aliases } else { Vec::new() },
        main_fields: conditions.main_fields.clone(),
        module_type: true,
        // What `import` finds must not depend on the environment.
        node_path: false,
        ..ResolveOptions::default()
    }
}

impl oxc_resolver::FileSystem for Lent {
    fn new() -> Self {
        Lent(Arc::new(crate::file_system::OsFiles))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0.read(path)
    }

    fn read_to_string(&self, path: &Path) -> io::Result<String> {
        String::from_utf8(self.0.read(path)?).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }

    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        self.0.kind(path).map(metadata)
    }

    fn symlink_metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        self.0.link_kind(path).map(metadata)
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, ResolveError> {
        self.0.read_link(path).map_err(Into::into)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.0.canonicalize(path)
    }
}

fn of_types(conditions: &Conditions) -> ResolveOptions {
    let owned = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let plain = options("import", false, conditions);
    ResolveOptions {
        condition_names: owned(&["types"]).into_iter().chain(plain.condition_names).collect(),
        extensions: owned(&[".d.ts", ".d.mts", ".d.cts"]),
        extension_alias: vec![
            (".js".to_owned(), owned(&[".d.ts"])),
            (".mjs".to_owned(), owned(&[".d.mts"])),
            (".cjs".to_owned(), owned(&[".d.cts"])),
        ],
        main_fields: owned(&["types", "typings", "main"]),
        ..plain
    }
}

fn metadata(kind: FileKind) -> FileMetadata {
    FileMetadata::new(kind == FileKind::File, kind == FileKind::Directory, kind == FileKind::Link)
}
