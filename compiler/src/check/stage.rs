//! What `check` makes of one file.

use crate::diagnostic::Diagnostic;
use crate::graph::walk::{Built, Stage};
use crate::resolve::Settings;
use crate::source::{self, Format, Source};
use crate::syntax::{Comment, Survey, survey};
use std::path::Path;

/// A file as `check` knows it.
#[derive(Debug, Default)]
pub(crate) struct Unit {
    pub(crate) comments: Vec<Comment>,
}

pub(crate) struct Checking;

impl Stage for Checking {
    type Unit = Unit;

    fn build(&self, source: &Source, _: &Path, _: &dyn Fn() -> Settings) -> Built<Unit> {
        match source.format {
            Format::Json => nothing(source::check_json(source).err()),
            Format::Foreign => nothing(Some(source::no_module(source))),
            Format::Script(language) => {
                let Survey { requests, comments, diagnostics } = survey(source, language);
                Built { unit: Unit { comments }, requests, diagnostics }
            }
        }
    }
}

fn nothing(complaint: Option<Diagnostic>) -> Built<Unit> {
    Built { unit: Unit::default(), requests: Vec::new(), diagnostics: complaint.into_iter().collect() }
}
