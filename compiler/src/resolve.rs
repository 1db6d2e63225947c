//! Specifiers to files: the only place that names oxc_resolver. As Node resolves, with what TypeScript adds: `tsconfig`
//! paths, `./x.js` that means `x.ts`, and file names without their ending.

use corona_std::bundle::How;
use oxc_resolver::{ResolveError, ResolveOptions, Resolver, TsconfigDiscovery};
use std::path::{Path, PathBuf};

/// A resolver for `import`, and one for `require`: package `exports` tell them apart.
pub(crate) struct Resolvers {
    import: Resolver,
    require: Resolver,
}

/// Where a specifier leads.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) path: PathBuf,
    /// `type` of the package the file belongs to.
    pub(crate) package_type: Option<PackageType>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PackageType {
    Module,
    CommonJs,
}

/// Why a specifier leads nowhere.
#[derive(Debug)]
pub(crate) enum Unresolved {
    NotFound,
    /// A module of Node's own.
    NodeBuiltin(String),
    Other(String),
}

const EXTENSIONS: &[&str] = &[".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json"];

impl Resolvers {
    pub(crate) fn new() -> Resolvers {
        let import = Resolver::new(options("import"));
        let require = import.clone_with_options(options("require"));
        Resolvers { import, require }
    }

    /// Resolves `specifier` as seen from `referrer`, a file.
    pub(crate) fn resolve(&self, referrer: &Path, specifier: &str, how: How) -> Result<Resolved, Unresolved> {
        let resolver = match how {
            How::Import => &self.import,
            How::Require => &self.require,
        };
        match resolver.resolve_file(referrer, specifier) {
            Ok(resolution) => {
                let package_type = resolution.package_json().and_then(|package| match package.r#type()? {
                    oxc_resolver::PackageType::Module => Some(PackageType::Module),
                    oxc_resolver::PackageType::CommonJs => Some(PackageType::CommonJs),
                });
                Ok(Resolved { path: resolution.into_path_buf(), package_type })
            }
            Err(ResolveError::Builtin { resolved, .. }) => Err(Unresolved::NodeBuiltin(resolved)),
            Err(ResolveError::NotFound(_) | ResolveError::Ignored(_)) => Err(Unresolved::NotFound),
            Err(error) => Err(Unresolved::Other(error.to_string())),
        }
    }
}

fn options(condition: &str) -> ResolveOptions {
    let aliases = |written: &str, meant: &[&str]| {
        (written.to_owned(), meant.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    };
    ResolveOptions {
        tsconfig: Some(TsconfigDiscovery::Auto),
        condition_names: ["corona", "node", condition, "default"].map(str::to_owned).into(),
        extensions: EXTENSIONS.iter().map(|it| (*it).to_owned()).collect(),
        extension_alias: vec![
            aliases(".js", &[".js", ".ts", ".tsx"]),
            aliases(".jsx", &[".jsx", ".tsx"]),
            aliases(".mjs", &[".mjs", ".mts"]),
            aliases(".cjs", &[".cjs", ".cts"]),
        ],
        main_fields: vec!["main".to_owned()],
        builtin_modules: true,
        module_type: true,
        ..ResolveOptions::default()
    }
}
