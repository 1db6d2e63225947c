//! What compiler, runtime and cli share, and nothing that runs: the standard modules' JavaScript and types, the
//! effect table, the stable error codes, the shape of a bundle, and the words between a service and its supervisor. Imports no crate of ours.

pub mod bundle;
pub mod effects;
pub mod errors;
pub mod handover;
pub mod modules;
pub mod types;
