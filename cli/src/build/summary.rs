//! What a build says on standard error: each file with its size, and how long it took.

use super::write::File;
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

/// Files that are listed; a build with hundreds of chunks says how many there are.
const LISTED_MAX: usize = 20;
/// Compressing more than this for the sake of a figure would take longer than the build.
const COMPRESSED_BYTES_MAX: usize = 16 << 20;

/// The whole summary.
pub(super) fn text(files: &[File<'_>], folder: &Path, inputs: usize, took: Duration) -> String {
    let mut sorted: Vec<&File<'_>> = files.iter().collect();
    sorted.sort_by_key(|file| std::cmp::Reverse(file.bytes()));
    let listed = &sorted[..sorted.len().min(LISTED_MAX)];
    let names: Vec<String> = listed.iter().map(|file| name(&file.path, folder)).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for (file, name) in listed.iter().zip(&names) {
        let _ = write!(out, "  {name:width$}  {:>9}", size(file.bytes()));
        if let Some(bytes) = compressed(file) {
            let _ = write!(out, "  gzip {:>9}", size(bytes));
        }
        out.push('\n');
    }
    if sorted.len() > listed.len() {
        let _ = writeln!(out, "  … and {} more", sorted.len() - listed.len());
    }
    let modules = if inputs == 1 { "1 module".to_owned() } else { format!("{inputs} modules") };
    let _ = write!(out, "built {modules} in {}", duration(took));
    out
}

fn name(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).display().to_string()
}

/// Of what is sent over networks: code.
fn compressed(file: &File<'_>) -> Option<usize> {
    let is_code = file.path.extension().is_some_and(|it| it == "js" || it == "mjs");
    let fits = is_code && file.bytes() <= COMPRESSED_BYTES_MAX;
    // Header and trailer of the format are 18 bytes.
    fits.then(|| miniz_oxide::deflate::compress_to_vec(&file.contents.concat(), 6).len() + 18)
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

fn duration(took: Duration) -> String {
    if took < Duration::from_secs(10) {
        format!("{} ms", took.as_millis())
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_listed_largest_first_with_code_compressed() {
        let file = |path: &str, contents| File { path: path.into(), contents: vec![contents], executable: false };
        let code = "let x = 1;\n".repeat(200);
        let files = [file("/app/dist/a.txt", b"hello".as_slice()), file("/app/dist/main.js", code.as_bytes())];
        let text = text(&files, Path::new("/app"), 3, Duration::from_millis(42));
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("  dist/main.js     2.2 kB  gzip"), "{text}");
        assert_eq!(lines[1], "  dist/a.txt          5 B");
        assert_eq!(lines[2], "built 3 modules in 42 ms");
    }
}
