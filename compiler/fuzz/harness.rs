//! What the fuzz target and the mutation test do with an input: a program of one or several files is compiled, checked
//! and bundled. Complaints are fine. Bugs are a panic, a panic that the compiler turned into a complaint, a bundle that is
//! no program, and one that is another when it is built again.

use corona_compiler::{
    BuildOptions, Built, Bundler, Checker, Compiler, Config, Diagnostic, MemoryFiles, OutputKind, SourceMap,
};
use corona_std::bundle::How;
use corona_std::errors;
use std::path::PathBuf;
use std::sync::Arc;

/// A line that starts so begins a file; the rest of the line is its path.
const FILE: &[u8] = b"//- ";
/// A program larger than this tells nothing that a smaller one does not.
const BYTES_MAX: usize = 64 << 10;

/// Does with the program that `input` spells what the commands do.
pub fn check(input: &[u8]) {
    let (entry, files) = program(&input[..input.len().min(BYTES_MAX)]);
    let files = Arc::new(files);
    let complaints =
        Compiler::with_files(files.clone()).graph(&entry, "file:///", How::Import).err().unwrap_or_default();
    expect_no_bug(&complaints);
    analyse(&entry, &files);
    bundle(input, &entry, &files);
}

/// `corona check --strict --effects`.
fn analyse(entry: &str, files: &Arc<MemoryFiles>) {
    let mut config = Config::default();
    config.set_strict();
    let mut checker = Checker::new(files.clone(), config);
    checker.threads(1);
    checker.infer();
    expect_no_bug(&checker.check(&[PathBuf::from(entry)]).diagnostics);
}

/// `corona build`, in the two ways that differ most.
fn bundle(input: &[u8], entry: &str, files: &Arc<MemoryFiles>) {
    let plain = BuildOptions {
        entries: vec![PathBuf::from(entry)],
        splitting: true,
        source_map: Some(SourceMap::Inline),
        threads: Some(1),
        ..BuildOptions::default()
    };
    let small = BuildOptions {
        splitting: false,
        inline_dynamic_imports: true,
        minify: true,
        source_map: None,
        ..plain.clone()
    };
    for options in [plain, small] {
        let mut bundler = Bundler::new(files.clone(), options);
        let built = bundler.build();
        expect_no_bug(&built.diagnostics);
        // What is wrong in packages is left to the engine that runs the output.
        if !String::from_utf8_lossy(input).contains("node_modules") {
            expect_programs(&built);
        }
        let again = bundler.build();
        assert!(built.files == again.files, "a second build gave something else");
    }
}

/// What is written has no mistake in it that was not in what was read.
fn expect_programs(built: &Built) {
    for file in built.files.iter().filter(|it| matches!(it.kind, OutputKind::Entry | OutputKind::Chunk)) {
        let mut memory = MemoryFiles::default();
        let code = file.contents.to_vec();
        memory.add("/out.mjs", code.clone());
        let complaints =
            Compiler::with_files(Arc::new(memory)).graph("/out.mjs", "file:///", How::Import).err().unwrap_or_default();
        // Nothing that it imports is there.
        let complaint = complaints.iter().find(|it| it.code == errors::SYNTAX);
        if let Some(complaint) = complaint {
            panic!("{} is no program: {}\n{}", file.name, complaint.message, String::from_utf8_lossy(&code));
        }
    }
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
        assert!(!complaint.message.starts_with("the compiler failed on"), "{}", complaint.message);
    }
}
