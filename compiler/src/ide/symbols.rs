//! Lists of symbols, and what folds.

use super::Ide;
use super::names::range;
use crate::outline::{FoldKind, Kind};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A symbol and what it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct SymbolTree {
    pub name: String,
    pub kind: Kind,
    pub range: Range<usize>,
    pub selection: Range<usize>,
    pub children: Vec<SymbolTree>,
}

/// A symbol somewhere in the workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundSymbol {
    pub path: PathBuf,
    pub name: String,
    pub kind: Kind,
    pub selection: Range<usize>,
    /// Name of the symbol around.
    pub container: Option<String>,
}

/// More are of no use to somebody who types a name.
const FOUND_MAX: usize = 256;

impl Ide {
    pub fn symbols(&mut self, path: &Path) -> Vec<SymbolTree> {
        self.settle();
        let Some((_, outline)) = self.module(path) else { return Vec::new() };
        let mut trees: Vec<Option<SymbolTree>> = Vec::with_capacity(outline.symbols.len());
        for symbol in &outline.symbols {
            trees.push(Some(SymbolTree {
                name: symbol.name.clone(),
                kind: symbol.kind,
                range: range(symbol.span),
                selection: range(symbol.selection),
                children: Vec::new(),
            }));
        }
        // Children follow their parents, so the last ones are complete first.
        let mut top = Vec::new();
        for index in (0..trees.len()).rev() {
            let Some(mut tree) = trees[index].take() else { continue };
            tree.children.reverse();
            match outline.symbols[index].parent.and_then(|parent| trees[parent].as_mut()) {
                Some(parent) => parent.children.push(tree),
                None => top.push(tree),
            }
        }
        top.reverse();
        top
    }

    /// Symbols of the workspace in whose names the letters of `query` stand in that order, whatever their case; those
    /// that begin with it first.
    pub fn find_symbols(&mut self, query: &str) -> Vec<FoundSymbol> {
        self.settle();
        let query = query.to_lowercase();
        let own: Vec<_> = self.nodes().iter().filter(|it| !it.source.foreign).map(|it| it.id).collect();
        let mut found: Vec<(usize, FoundSymbol)> = Vec::new();
        for module in own {
            let text = self.nodes()[module.index()].source.text.to_lowercase();
            // Without the letters in its text it has no such name; most files are spared an outline by that.
            if !is_subsequence(&query, &text) {
                continue;
            }
            let Some(outline) = self.outline(module) else { continue };
            for symbol in &outline.symbols {
                let name = symbol.name.to_lowercase();
                if !is_subsequence(&query, &name) {
                    continue;
                }
                let rank = if name == query { 0 } else { 1 + usize::from(!name.starts_with(&query)) };
                let container = symbol.parent.map(|parent| outline.symbols[parent].name.clone());
                let path = self.nodes()[module.index()].found.path.clone();
                let selection = range(symbol.selection);
                let (name, kind) = (symbol.name.clone(), symbol.kind);
                found.push((rank, FoundSymbol { path, name, kind, selection, container }));
            }
        }
        found.sort_by(|(a, one), (b, other)| (a, &one.name, &one.path).cmp(&(b, &other.name, &other.path)));
        found.into_iter().take(FOUND_MAX).map(|(_, symbol)| symbol).collect()
    }

    pub fn folds(&mut self, path: &Path) -> Vec<(Range<usize>, FoldKind)> {
        self.settle();
        let Some((_, outline)) = self.module(path) else { return Vec::new() };
        outline.folds.iter().map(|fold| (range(fold.span), fold.kind)).collect()
    }
}

fn is_subsequence(letters: &str, text: &str) -> bool {
    let mut text = text.chars();
    letters.chars().all(|letter| text.any(|it| it == letter))
}
