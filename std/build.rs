//! Lists the type declarations, so that a new file in `types/` is all it takes.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=types");
    let folder = Path::new(&env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("types");
    let entries = fs::read_dir(&folder).expect("std/types is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(".d.ts"));
    files.sort();
    let rows = files.iter().map(|path| {
        let name = path.file_name().expect("a listed file has a name").to_string_lossy().into_owned();
        format!("    ({name:?}, include_str!({:?})),\n", path.display().to_string())
    });
    let text = format!(
        "/// Every file: name and text.\npub const FILES: &[(&str, &str)] = &[\n{}];\n",
        rows.collect::<String>()
    );
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("types.rs");
    fs::write(out, text).expect("the build folder can be written");
}
