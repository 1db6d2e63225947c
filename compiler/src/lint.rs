//! What `check` complains about: a lint a file, named for the bad pattern, each with its documentation. The examples run
//! as tests.

mod blocking_escape;
mod blocking_in_atomic;
mod broken_contract;
mod check_then_act;
mod empty_atomic;
mod hoist;
pub(crate) mod malformed_suppression;
mod program;
mod suspension_in_atomic;
mod unawaited_task;
pub(crate) mod useless_suppression;

pub(crate) use program::{Program, Unit};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::graph::walk::ModuleId;

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
    /// Everything in one module. Suppressions are judged when everything else has been found.
    find: fn(&Program<'_>, ModuleId) -> Vec<Diagnostic>,
}

/// What all lints find in a module.
pub(crate) fn find(program: &Program<'_>, module: ModuleId) -> Vec<Diagnostic> {
    LINTS.iter().flat_map(|lint| (lint.find)(program, module)).collect()
}

/// All lints, by code.
pub static LINTS: &[&Lint] = &[
    &blocking_in_atomic::LINT,
    &suspension_in_atomic::LINT,
    &blocking_escape::LINT,
    &broken_contract::LINT,
    &unawaited_task::LINT,
    &empty_atomic::LINT,
    &check_then_act::LINT,
    &useless_suppression::LINT,
    &malformed_suppression::LINT,
];

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
