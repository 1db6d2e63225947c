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

pub(crate) use blocking_escape::called;
pub(crate) use program::{Called, Program, Unit};

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
    rests_on: RestsOn,
    /// Everything in one module. Suppressions are judged when everything else has been found.
    find: fn(&Program<'_>, ModuleId) -> Vec<Diagnostic>,
}

/// What findings in one module rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RestsOn {
    /// The module, and what its code reaches.
    Reached,
    /// [`Program::called`] as well, and so on the sections of all modules.
    Program,
}

/// What the lints that rest on just that find in a module.
pub(crate) fn find(program: &Program<'_>, module: ModuleId, rests_on: RestsOn) -> Vec<Diagnostic> {
    let lints = LINTS.iter().filter(|lint| lint.rests_on == rests_on);
    lints.flat_map(|lint| (lint.find)(program, module)).collect()
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
