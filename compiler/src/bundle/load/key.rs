//! What makes two requests one module. Paths are compared by their bytes: the resolver writes each in one way only, and
//! comparing them part by part takes longer than all else that numbering modules takes.

use crate::syntax::bundle::Attribute;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;

#[derive(Debug, Clone)]
pub(in crate::bundle) enum Key {
    Runtime,
    /// A file, read as its attribute says.
    File {
        path: PathBuf,
        suffix: String,
        attribute: Option<Attribute>,
    },
    /// What the field `browser` replaces by nothing.
    Ignored,
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        match (self, other) {
            (Key::Runtime, Key::Runtime) | (Key::Ignored, Key::Ignored) => true,
            (
                Key::File { path, suffix, attribute },
                Key::File { path: other_path, suffix: other_suffix, attribute: other_attribute },
            ) => path.as_os_str() == other_path.as_os_str() && suffix == other_suffix && attribute == other_attribute,
            _ => false,
        }
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        if let Key::File { path, suffix, attribute } = self {
            path.as_os_str().hash(state);
            suffix.hash(state);
            attribute.hash(state);
        }
    }
}
