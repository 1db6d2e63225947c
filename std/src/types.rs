//! The TypeScript declarations of the standard modules and of the globals.

include!(concat!(env!("OUT_DIR"), "/types.rs"));

/// All of them, as one file.
pub fn all() -> String {
    FILES.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n")
}
