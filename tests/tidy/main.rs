//! Tests of the sources themselves: the rules that no compiler keeps. Each test lists every place that breaks its rule.

mod errors;
mod imports;
mod layout;
mod rust;
mod sources;
mod tree;
mod unsafety;
