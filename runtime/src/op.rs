//! The vocabulary of ops: what a native function that JavaScript calls may take, return and fail with. The binding to
//! V8 is in `engine/bind.rs`; ops themselves never see it.

mod error;
mod registry;
mod values;

pub use error::{Class, OpError, OpResult};
pub use registry::Registry;
pub use values::{Bytes, Shared};
