//! The fuzz target: programs of several files through the whole compiler. `README.md` says how to run it.
#![no_main]

#[path = "../harness.rs"]
mod harness;

libfuzzer_sys::fuzz_target!(|input: &[u8]| harness::check(input));
