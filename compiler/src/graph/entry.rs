//! The file that is meant by a path on the command line, for every command that takes a program.

use crate::diagnostic::Diagnostic;
use crate::file_system::{FileKind, FileSystem};
use crate::resolve::{Found, Missing, Resolver, advice};
use crate::source;
use corona_std::bundle::How;
use corona_std::errors;
use std::path::Path;

/// Finds `path`, which is absolute: with its ending or without, as in an import. `verb` is what the command wants to do
/// with it.
pub(crate) fn entry(
    files: &dyn FileSystem,
    resolver: &Resolver,
    path: &Path,
    verb: &str,
) -> Result<Found, Box<Diagnostic>> {
    let complaint = |reason: &str| {
        let message = format!("cannot {verb} {}: {reason}", path.display());
        Diagnostic::new(errors::UNREADABLE_MODULE, message)
    };
    match files.kind(path) {
        Ok(FileKind::Directory) => {
            resolved(resolver, path).ok_or_else(|| Box::new(complaint("it is a directory").help("name a file in it")))
        }
        Ok(_) => Ok(named_in_full(resolver, path)),
        Err(error) => resolved(resolver, path).ok_or_else(|| {
            let complaint = complaint(&source::reason(&error));
            Box::new(match near(files, path) {
                Some(near) => complaint.help(near),
                None => complaint,
            })
        }),
    }
}

/// The file that is called exactly so, links followed, whether it is there or not.
pub(crate) fn named_in_full(resolver: &Resolver, path: &Path) -> Found {
    // `resolve` tries other endings when there is no such file, and for a pipe.
    let same_name = |found: &Found| found.path.extension() == path.extension();
    resolved(resolver, path).filter(same_name).unwrap_or_else(|| Found {
        path: path.to_owned(),
        suffix: String::new(),
        package: None,
        effectless: false,
    })
}

/// An entry is wanted for what it does, whatever its package says.
fn resolved(resolver: &Resolver, path: &Path) -> Option<Found> {
    let found = resolver.resolve(&beside(path), path.to_str()?, How::Import).ok()?;
    Some(Found { effectless: false, ..found })
}

/// What an entry is imported from.
fn beside(path: &Path) -> std::path::PathBuf {
    path.parent().unwrap_or(Path::new("/")).join("[entry]")
}

/// A file that may be meant instead.
fn near(files: &dyn FileSystem, path: &Path) -> Option<String> {
    let name = format!("./{}", path.file_name()?.to_string_lossy());
    let advice = advice(files, &beside(path), &name, &Missing::NotFound);
    (!advice.starts_with("there is no such file")).then_some(advice)
}
