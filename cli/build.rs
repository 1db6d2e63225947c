//! Evaluates std into V8's startup snapshot, which the program carries.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("snapshot.bin");
    fs::write(&out, corona_runtime::make_snapshot()).expect("the build folder can be written");
}
