//! Parsing, lowering and printing: the only place that names swc. Nothing of swc's leaves it, and none of its panics.

mod atomic;
pub(crate) mod bundle;
mod commonjs;
mod early;
mod facts;
mod guard;
mod imports;
mod links;
mod lower;
mod outline;
mod parse;
mod print;
mod regexp;
mod shared;
mod sloppy;
mod survey;
mod typescript;
mod unmarked;
mod using;

pub(crate) use imports::{Form, Request};
pub(crate) use links::{Links, NamedImport};
pub(crate) use lower::{Lowered, lower};
pub(crate) use outline::outline;
pub(crate) use shared::SharedUse;
pub(crate) use survey::{Comment, MARK, Survey, survey};
