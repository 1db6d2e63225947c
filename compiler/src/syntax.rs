//! Parsing, lowering and printing: the only place that names swc.

mod atomic;
mod commonjs;
mod imports;
mod lower;
mod parse;

pub(crate) use imports::{Form, Request};
pub(crate) use lower::{Lowered, Settings, lower};
pub(crate) use parse::Language;
