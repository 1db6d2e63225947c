//! The vocabulary of ops: what a native function that JavaScript calls may take, return and fail with. The binding to
//! V8 is in `engine/bind.rs`; ops themselves never see it.

mod error;
mod registry;
mod values;

pub(crate) use error::{Class, OpError, OpResult};
pub(crate) use registry::Registry;
pub(crate) use values::{Bytes, Data, Shared};
