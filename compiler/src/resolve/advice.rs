//! What to do about a specifier that leads nowhere.

use super::Missing;
use crate::file_system::{FileKind, FileSystem};
use crate::nearest::distance;
use corona_std::modules;
use std::path::{Path, PathBuf};

/// The standard module that a specifier names, if it names one that programs may import.
pub(crate) fn standard(specifier: &str) -> Option<String> {
    if modules::is_importable(specifier) {
        return Some(specifier.to_owned());
    }
    let with_prefix = format!("node:{specifier}");
    modules::is_importable(&with_prefix).then_some(with_prefix)
}

/// Whether `specifier` names a module of Node.
pub(crate) fn is_builtin(specifier: &str) -> bool {
    let name = specifier.trim_start_matches("node:").split('/').next().unwrap_or(specifier);
    specifier.starts_with("node:") || BUILTINS.iter().any(|(builtin, _)| *builtin == name)
}

/// One sentence or two for a person.
pub(crate) fn advice(files: &dyn FileSystem, referrer: &Path, specifier: &str, missing: &Missing) -> String {
    if let Missing::Because(reason) = missing {
        return reason.clone();
    }
    if specifier.starts_with("corona:") || specifier.starts_with("internal:") {
        return format!("the standard modules are {}", standard_modules().join(", "));
    }
    if let Some(scheme) =
        ["http:", "https:", "data:", "npm:", "jsr:", "bun:"].iter().find(|it| specifier.starts_with(**it))
    {
        return format!("modules are not loaded from \"{scheme}\" URLs: install the package, or save the file");
    }
    let name = specifier.trim_start_matches("node:");
    if let Some((_, instead)) = BUILTINS.iter().find(|(builtin, _)| *builtin == name.split('/').next().unwrap_or(name))
    {
        let instead = if instead.is_empty() { "and nothing in Corona stands for it yet" } else { instead };
        return format!("\"{specifier}\" is a module of Node, which Corona does not have: {instead}");
    }
    let folder = referrer.parent().unwrap_or(Path::new("/"));
    if specifier.starts_with(['.', '/']) {
        return near_file(files, folder, specifier);
    }
    if specifier.starts_with('#') {
        return "names that start with # are defined under \"imports\" in package.json".to_owned();
    }
    let beside = ["", ".ts", ".js", ".tsx", ".mjs"]
        .iter()
        .map(|ending| format!("{specifier}{ending}"))
        .find(|file| files.kind(&folder.join(file)).is_ok_and(|kind| kind == FileKind::File));
    if let Some(file) = beside {
        return format!("did you mean \"./{file}\"?");
    }
    let mut parts = specifier.split('/');
    let package: Vec<&str> = parts.by_ref().take(if specifier.starts_with('@') { 2 } else { 1 }).collect();
    let package = package.join("/");
    let installed = folder.ancestors().map(|folder| folder.join("node_modules").join(&package));
    if let Some(found) = installed.into_iter().find(|it| files.kind(it).is_ok_and(|kind| kind == FileKind::Directory)) {
        let what = match specifier == package {
            true => "names no file that is there as its entry (\"exports\", \"main\")".to_owned(),
            false => format!("has no such file ({specifier})"),
        };
        return format!("the package is installed in {}, but {what}", found.display());
    }
    format!("is the package installed? npm install {package}")
}

fn standard_modules() -> Vec<&'static str> {
    modules::ALL
        .iter()
        .map(|module| module.name)
        .filter(|name| modules::is_importable(name) && *name != "corona:atomic")
        .collect()
}

/// A file that may be the one meant.
fn near_file(files: &dyn FileSystem, folder: &Path, specifier: &str) -> String {
    let wanted = folder.join(specifier);
    if files.kind(&wanted).is_ok_and(|kind| kind == FileKind::Directory) {
        return "it is a folder, and no file in it is called index".to_owned();
    }
    let (Some(parent), Some(name)) = (wanted.parent(), wanted.file_name().and_then(|it| it.to_str())) else {
        return "there is no such file".to_owned();
    };
    let Ok(names) = files.names(parent) else {
        // Without the `.` that the specifier begins with.
        return format!("there is no folder {}", parent.components().collect::<PathBuf>().display());
    };
    let near = names.iter().map(|found| (far(name, found), found)).filter(|(far, _)| *far <= 1 + name.len() / 4).min();
    match near {
        Some((_, found)) if found == name => "it is neither a file nor a folder".to_owned(),
        Some((_, found)) => {
            let start = specifier.rfind('/').map_or("", |index| &specifier[..=index]);
            format!("did you mean \"{start}{found}\"?")
        }
        None => "there is no such file".to_owned(),
    }
}

/// The disk may tell upper from lower case where the writer did not.
fn far(name: &str, found: &str) -> usize {
    if name.eq_ignore_ascii_case(found) || stem(name).eq_ignore_ascii_case(stem(found)) {
        return usize::from(!name.eq_ignore_ascii_case(found));
    }
    distance(name, found).min(distance(stem(name), stem(found)) + 1)
}

fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// Node's own modules, and what to use instead.
const BUILTINS: &[(&str, &str)] = &[
    ("assert", ""),
    ("async_hooks", "use CoroutineLocal of \"corona\""),
    ("buffer", "use Uint8Array, TextEncoder and TextDecoder"),
    ("child_process", "use \"corona:child\""),
    ("cluster", ""),
    ("console", "console is a global"),
    ("constants", ""),
    ("crypto", "use the global crypto"),
    ("dgram", ""),
    ("diagnostics_channel", ""),
    ("dns", "\"corona:net\" resolves the names of hosts"),
    ("domain", ""),
    ("events", "use the globals EventTarget and Event, or a Channel of \"corona\""),
    ("fs", "use \"corona:fs\""),
    ("http", "use \"corona:http\", or the global fetch"),
    ("http2", ""),
    ("https", "use the global fetch"),
    ("inspector", ""),
    ("module", ""),
    ("net", "use \"corona:net\""),
    ("os", ""),
    ("path", ""),
    ("perf_hooks", "performance is a global"),
    ("process", "use \"corona:process\""),
    ("punycode", "use the global URL"),
    ("querystring", "use the global URLSearchParams"),
    ("readline", "use the standard input of \"corona:process\""),
    ("repl", ""),
    ("stream", "use the global streams (ReadableStream, WritableStream)"),
    ("string_decoder", "use the global TextDecoder"),
    ("sys", ""),
    ("timers", "use \"corona:time\", or the global timers"),
    ("tls", ""),
    ("tty", "use \"corona:process\""),
    ("url", "URL is a global"),
    ("util", ""),
    ("v8", ""),
    ("vm", ""),
    ("wasi", ""),
    ("worker_threads", "use spawn of \"corona\""),
    ("zlib", ""),
];
