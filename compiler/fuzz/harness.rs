//! What the fuzz target and the mutation test do with an input: a program of one or several files goes through all of
//! the compiler. Complaints are fine; a panic, or a panic that the compiler turned into a complaint, is a bug.

use corona_compiler::{Compiler, Diagnostic, MemoryFiles};
use corona_std::bundle::How;
use std::sync::Arc;

/// A line that starts so begins a file; the rest of the line is its path.
const FILE: &[u8] = b"//- ";
/// A program larger than this tells nothing that a smaller one does not.
const BYTES_MAX: usize = 64 << 10;

/// Compiles the program that `input` spells.
pub fn check(input: &[u8]) {
    let (entry, files) = program(&input[..input.len().min(BYTES_MAX)]);
    let files = Arc::new(files);
    let complaints = Compiler::with_files(files).graph(&entry, "file:///", How::Import).err().unwrap_or_default();
    expect_no_bug(&complaints);
}

/// The first file is the entry. Text before any such line is a script of its own.
fn program(input: &[u8]) -> (String, MemoryFiles) {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for line in input.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(FILE) {
            Some(path) => {
                let path = String::from_utf8_lossy(path).trim().trim_start_matches('/').replace('\0', "");
                files.push((format!("/{path}"), Vec::new()));
            }
            None if files.is_empty() => files.push(("/main.ts".to_owned(), line.to_vec())),
            None => files.last_mut().expect("just asked").1.extend_from_slice(line),
        }
    }
    let mut memory = MemoryFiles::default();
    let entry = files.first().map_or_else(|| "/main.ts".to_owned(), |(path, _)| path.clone());
    files.into_iter().for_each(|(path, text)| memory.add(path, text));
    (entry, memory)
}

fn expect_no_bug(complaints: &[Diagnostic]) {
    for complaint in complaints {
        assert!(!complaint.message.contains("the compiler failed"), "{}", complaint.message);
    }
}
