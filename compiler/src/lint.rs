//! What `check` complains about: a lint a file, named for the bad pattern, each with its documentation. The examples run
//! as tests.

pub(crate) mod malformed_suppression;
pub(crate) mod useless_suppression;

use crate::diagnostic::{Diagnostic, Place, Severity};

/// A kind of finding.
#[derive(Debug)]
pub struct Lint {
    /// What it is configured, suppressed and explained by.
    pub name: &'static str,
    pub code: &'static str,
    /// Of what it is sure about, unless the configuration says otherwise.
    pub severity: Severity,
    pub what: &'static str,
    pub why: &'static str,
    /// A program that it complains about.
    pub example: &'static str,
    /// One that it does not complain about.
    pub instead: &'static str,
}

/// All lints, by code.
pub static LINTS: &[&Lint] = &[&useless_suppression::LINT, &malformed_suppression::LINT];

impl Lint {
    /// The lint with that name or code, whatever its case.
    pub fn named(name: &str) -> Option<&'static Lint> {
        LINTS.iter().copied().find(|lint| lint.name.eq_ignore_ascii_case(name) || lint.code.eq_ignore_ascii_case(name))
    }

    fn finding(&self, message: impl Into<String>, place: Place) -> Diagnostic {
        let finding = Diagnostic::new(self.code, message).at(place);
        Diagnostic { severity: self.severity, lint: Some(self.name), ..finding }
    }
}
