//! Words by number: in one text, because there are very many.

use super::Name;
use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// Interned words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// One after the other.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    known: HashTable<Name>,
}

impl PartialEq for Names {
    fn eq(&self, other: &Names) -> bool {
        (&self.text, &self.ends) == (&other.text, &other.ends)
    }
}

impl Names {
    pub(crate) fn find(&self, text: &str) -> Option<Name> {
        self.known.find(FxBuildHasher.hash_one(text), |name| self.text(*name) == text).copied()
    }

    pub(crate) fn intern(&mut self, text: &str) -> Name {
        let hash = FxBuildHasher.hash_one(text);
        if let Some(name) = self.known.find(hash, |name| self.text(*name) == text) {
            return *name;
        }
        let name = Name(u32::try_from(self.ends.len()).unwrap_or(u32::MAX));
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        let mut known = std::mem::take(&mut self.known);
        known.insert_unique(hash, name, |name| FxBuildHasher.hash_one(self.text(*name)));
        self.known = known;
        name
    }

    pub(crate) fn text(&self, name: Name) -> &str {
        let Some(end) = self.ends.get(name.index()) else { return "" };
        let start = name.index().checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start as usize..*end as usize).unwrap_or("")
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|index| self.text(Name(index)))
    }

    /// The words are known by number from now on.
    pub(crate) fn seal(&mut self) {
        self.known = HashTable::new();
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}
