//! What compiler, runtime and cli share, and nothing that runs: the standard modules' JavaScript and types, the
//! effect table, the stable error codes, and the shape of a bundle. Imports no crate of ours.

pub mod bundle;
pub mod effects;
pub mod errors;
pub mod modules;
pub mod types;
