//! What `check` makes of one file.

use crate::diagnostic::Diagnostic;
use crate::graph::walk::{Built, Stage};
use crate::lint::Unit;
use crate::resolve::Settings;
use crate::source::{self, Format, Source};
use crate::syntax::{Survey, survey};
use std::path::Path;
use std::sync::Arc;

pub(crate) struct Checking;

impl Stage for Checking {
    type Unit = Unit;

    fn build(&self, source: &Source, _: &Path, settings: &dyn Fn() -> Settings) -> Built<Unit> {
        match source.format {
            Format::Json => nothing(source::check_json(source).err()),
            Format::Foreign => nothing(Some(source::no_module(source))),
            Format::Script(language) => {
                let Survey { facts, shared_uses, links, requests, comments, diagnostics } =
                    survey(source, language, settings);
                Built { unit: Unit { facts: Arc::new(facts), comments, shared_uses, links }, requests, diagnostics }
            }
        }
    }
}

fn nothing(complaint: Option<Diagnostic>) -> Built<Unit> {
    Built { unit: Unit::default(), requests: Vec::new(), diagnostics: complaint.into_iter().collect() }
}
