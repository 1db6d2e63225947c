//! V8, behind one door: the only place that names the `v8` crate.

pub(crate) mod bind;
mod convert;
mod throw;
