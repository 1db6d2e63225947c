//! Names of output files. While hashes are not known yet, something of the same length stands for each.

use super::closure;
use crate::bundle::hash;
use crate::bundle::link::{ChunkIndex, Linked, Root};
use crate::bundle::load::{Loaded, Module, relative};
use crate::bundle::options::BuildOptions;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Names that outputs have so far.
pub(in crate::bundle) type Taken = BTreeSet<String>;

/// Names of the chunks, relative to the output folder.
pub(super) struct Names {
    pub(super) chunks: Vec<String>,
}

/// Around the number of a chunk, with the dash and the ending of a file's name about them: what no program holds. In plain
/// characters, because others may be escaped.
const OPEN: &str = "-~{";
const CLOSE: &str = "}~.js";
/// Of a number: with two characters on either side as long as a hash, so that columns stay what they are.
const DIGITS: usize = hash::LENGTH - 4;

/// The end of a file's name: a dash, what stands for the hash, and the ending.
fn placeholder(chunk: ChunkIndex) -> String {
    let digit = |place: u32| char::from_digit((chunk / 36usize.pow(place) % 36) as u32, 36).unwrap_or('0');
    let number: String = (0..DIGITS as u32).rev().map(digit).collect();
    format!("{OPEN}{number}{CLOSE}")
}

impl Names {
    pub(super) fn choose(loaded: &Loaded, linked: &Linked, options: &BuildOptions, taken: &mut Taken) -> Names {
        let base = common_folder(loaded);
        let name = |(index, chunk): (usize, &crate::bundle::link::Chunk)| match chunk.root {
            Root::Entry(module) => {
                let wished = match &options.output_name {
                    Some(name) => name.clone(),
                    None => entry_name(&base, &loaded.modules[module]),
                };
                unique(wished, taken)
            }
            Root::Dynamic(module) => format!("{}{}", stem(&loaded.modules[module].path), placeholder(index)),
            Root::Shared => format!("chunk{}", placeholder(index)),
        };
        Names { chunks: linked.chunks.iter().enumerate().map(name).collect() }
    }

    /// The specifier by which one chunk imports another.
    pub(super) fn to_chunk(&self, from: ChunkIndex, to: ChunkIndex) -> String {
        way(&self.chunks[from], &self.chunks[to])
    }

    pub(super) fn to_asset(&self, from: ChunkIndex, asset: &str) -> String {
        way(&self.chunks[from], asset)
    }
}

fn way(from: &str, to: &str) -> String {
    let folder = Path::new("/").join(from);
    let way = relative(folder.parent().unwrap_or(Path::new("/")), &Path::new("/").join(to));
    if way.starts_with("../") { way } else { format!("./{way}") }
}

/// The folder that all entries are in.
fn common_folder(loaded: &Loaded) -> PathBuf {
    let mut folders = loaded.entries.iter().map(|it| loaded.modules[*it].path.parent().unwrap_or(Path::new("/")));
    let Some(first) = folders.next() else { return PathBuf::from("/") };
    let mut common = first.to_owned();
    for folder in folders {
        while !folder.starts_with(&common) && common.pop() {}
    }
    common
}

fn entry_name(base: &Path, module: &Module) -> String {
    let path = module.path.strip_prefix(base).unwrap_or(&module.path).with_extension("js");
    path.components().map(|it| it.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let plain = |it: char| it.is_alphanumeric() || ['-', '_', '.'].contains(&it);
    stem.chars().map(|it| if plain(it) { it } else { '_' }).collect()
}

fn unique(wished: String, taken: &mut Taken) -> String {
    let mut name = wished.clone();
    let mut count = 1;
    while !taken.insert(name.clone()) {
        count += 1;
        let (stem, ending) = wished.rsplit_once('.').unwrap_or((&wished, "js"));
        name = format!("{stem}-{count}.{ending}");
    }
    name
}

/// Puts hashes in place of what stood for them. A chunk's hash covers what it imports, however far away.
/// Codes are in pieces; nothing that stands for a hash is in two of them.
pub(super) fn settle<'a>(
    names: &mut [String],
    codes: impl Iterator<Item = &'a mut Vec<String>>,
    links: &[BTreeSet<ChunkIndex>],
) {
    // Nobody's name depends on what it holds: nothing stands for a hash anywhere.
    if names.iter().all(|name| !name.contains(OPEN)) {
        return;
    }
    let codes: Vec<&mut Vec<String>> = codes.collect();
    let own: Vec<String> = codes.iter().map(|code| hash::of_pieces(code.iter())).collect();
    let hashes = closure::hashes(&own, links);
    names.iter_mut().for_each(|name| *name = settled(name, &hashes).unwrap_or_else(|| name.clone()));
    for piece in codes.into_iter().flatten() {
        if let Some(settled) = settled(piece, &hashes) {
            *piece = settled;
        }
    }
}

fn settled(text: &str, hashes: &[String]) -> Option<String> {
    let mut parts = text.split(OPEN);
    let first = parts.next()?;
    if first.len() == text.len() {
        return None;
    }
    let mut settled = first.to_owned();
    for part in parts {
        let named = part.split_once(CLOSE).and_then(|(number, rest)| {
            let number = usize::from_str_radix(number, 36).ok().filter(|_| number.len() == DIGITS)?;
            Some((hashes.get(number)?, rest))
        });
        match named {
            Some((hash, rest)) => settled.extend(["-", hash, ".js", rest]),
            None => settled.extend([OPEN, part]),
        }
    }
    Some(settled)
}
