//! Modules for the bundler: a tree that can be cut, renamed and printed apart from the others, and the record of it that
//! the linker works on. Who decides what is cut and how it is called lives in `bundle`.

pub(super) mod declared;
mod define;
mod ids;
mod input_map;
mod mappings;
mod minify;
mod prepare;
mod print;
mod purity;
mod record;
mod rewrite;
mod scan;
mod slots;
mod strict;
mod writer;

pub(crate) use define::check as check_define;
pub(crate) use mappings::Mappings;
pub(crate) use minify::{Compacted, Wanted, compact};
pub(crate) use prepare::{Prepared, Tree, Wishes, prepare};
pub(crate) use print::{Origin, Style, Text, print};
pub(crate) use record::{
    Ask, AskForm, Attribute, INTEROP, INTEROP_NODE, Import, NAMESPACE, Name, RESERVED, Record, Spot, Statement,
    SymbolIndex, WRAPPER,
};
pub(crate) use rewrite::{Meaning, Plan, Shape};
