//! The compiler as the runtime wants it: with complaints as text.

use crate::record::Recorded;
use crate::{check, process, render};
use corona_compiler::{Compiler, Diagnostic};
use corona_runtime::Link;
use corona_std::bundle::{Graph, How, LoadError, Loader};
use std::sync::Arc;

/// Where what is loaded is recorded, and who wants to know.
pub(crate) struct Supervised {
    pub(crate) recorded: Arc<Recorded>,
    pub(crate) link: Arc<Link>,
}

pub(crate) struct Front {
    pub(crate) compiler: Compiler,
    /// Tells a supervisor what the program depends on.
    pub(crate) supervised: Option<Supervised>,
    /// Whether what goes to the standard error may have colours.
    pub(crate) color: bool,
}

impl Loader for Front {
    fn load(&self, specifier: &str, referrer: &str, how: How) -> Result<Graph, LoadError> {
        let graph = load(&self.compiler, specifier, referrer, how, self.color);
        self.supervised.iter().for_each(|it| it.link.depends_on(it.recorded.take()));
        graph
    }
}

/// Asks the compiler.
pub(crate) fn load(
    compiler: &Compiler,
    specifier: &str,
    referrer: &str,
    how: How,
    color: bool,
) -> Result<Graph, LoadError> {
    compiler.graph(specifier, referrer, how).map_err(|mut diagnostics| {
        // What is loaded while the program runs becomes the message of an exception.
        let is_entry = referrer.ends_with('/') && how == How::Import;
        let message = if is_entry { full(&mut diagnostics, color) } else { render::message(&diagnostics) };
        LoadError {
            code: diagnostics.first().map_or(corona_std::errors::UNREADABLE_MODULE, |it| it.code),
            syntax: diagnostics.iter().any(Diagnostic::is_syntax),
            message,
        }
    })
}

/// For the terminal, with paths as a person there would write them.
fn full(diagnostics: &mut [Diagnostic], color: bool) -> String {
    if let Ok(folder) = process::working_directory() {
        check::shorten(diagnostics, &folder);
    }
    render::full(diagnostics, color)
}
