//! `sideEffects` in `package.json`: which files of a package are needed only for what they export.

use crate::patterns::fits_package_file;
use oxc_resolver::{Resolution, SideEffects};
use std::path::Path;

/// Whether the package says that the file has no effects.
pub(super) fn denied(resolution: &Resolution) -> bool {
    let Some(package) = resolution.package_json() else { return false };
    let Some(effects) = package.side_effects() else { return false };
    // Links to packages are followed, that to their `package.json` among them.
    let folders = [package.realpath(), package.path()].map(|it| it.parent().unwrap_or(Path::new("/")));
    let Some(file) = folders.iter().find_map(|it| resolution.path().strip_prefix(it).ok()) else { return false };
    let file = file.to_string_lossy();
    match effects {
        SideEffects::Bool(has) => !has,
        SideEffects::String(pattern) => !fits_package_file(pattern, &file),
        SideEffects::Array(patterns) => !patterns.iter().any(|it| fits_package_file(it, &file)),
    }
}
