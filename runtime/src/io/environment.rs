//! The environment as the program sees and changes it. A copy: the C library's own is not safe to change while other
//! threads resolve names. Children get this one.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};

struct Environment {
    /// Values with the place of each name in the order of enumeration.
    values: HashMap<OsString, (u64, OsString)>,
    next: u64,
}

thread_local! {
    static ENVIRONMENT: RefCell<Environment> = RefCell::new(Environment::found());
}

impl Environment {
    fn found() -> Environment {
        let values: HashMap<_, _> =
            std::env::vars_os().enumerate().map(|(place, (name, value))| (name, (place as u64, value))).collect();
        Environment { next: values.len() as u64, values }
    }
}

pub(crate) fn get(name: &str) -> Option<String> {
    ENVIRONMENT.with_borrow(|it| it.values.get(OsStr::new(name)).map(|(_, value)| value.to_string_lossy().into_owned()))
}

pub(crate) fn set(name: String, value: String) {
    ENVIRONMENT.with_borrow_mut(|it| {
        let next = it.next;
        let entry = it.values.entry(name.into()).or_insert_with(|| (next, OsString::new()));
        entry.1 = value.into();
        it.next += 1;
    });
}

pub(crate) fn remove(name: &str) {
    ENVIRONMENT.with_borrow_mut(|it| it.values.remove(OsStr::new(name)));
}

/// Every name, in the order in which they came.
pub(crate) fn names() -> Vec<String> {
    all().into_iter().map(|(name, _)| name.to_string_lossy().into_owned()).collect()
}

/// Everything, for a child process.
pub(crate) fn all() -> Vec<(OsString, OsString)> {
    ENVIRONMENT.with_borrow(|it| {
        let mut entries: Vec<_> = it.values.iter().collect();
        entries.sort_by_key(|(_, (place, _))| *place);
        entries.into_iter().map(|(name, (_, value))| (name.clone(), value.clone())).collect()
    })
}
