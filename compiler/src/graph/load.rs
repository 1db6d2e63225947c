//! Loading: from a specifier to every module that has to be there before the program runs.

use super::{Compiler, urls};
use crate::diagnostics::{self, Diagnostic};
use crate::resolve::{PackageType, Resolved, Unresolved};
use crate::syntax::{Form, Language, Lowered, Request, Settings, lower};
use corona_std::bundle::{Graph, How, Import, Kind, LoadError, Module};
use corona_std::{errors, modules};
use std::collections::{HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Node's code for a `require` that finds nothing.
const MODULE_NOT_FOUND: &str = "MODULE_NOT_FOUND";

pub(super) fn load(compiler: &Compiler, specifier: &str, referrer: &str, how: How) -> Result<Graph, LoadError> {
    if modules::is_importable(specifier) {
        return Ok(Graph { root: specifier.to_owned(), modules: Vec::new() });
    }
    let referrer_path = urls::to_path(referrer).unwrap_or_else(|| PathBuf::from("/"));
    let root = resolve(compiler, &referrer_path, specifier, how).map_err(|unresolved| LoadError {
        code: if how == How::Require { MODULE_NOT_FOUND } else { errors::UNRESOLVED_MODULE },
        message: format!("cannot find module \"{specifier}\", imported by {}\n{}", readable(referrer), advice(specifier, &unresolved)),
        syntax: false,
    })?;
    let Target::File(root) = root else {
        return Ok(Graph { root: specifier.to_owned(), modules: Vec::new() });
    };
    graph(compiler, root)
}

/// Reads and lowers `root` and everything that it imports.
fn graph(compiler: &Compiler, root: Resolved) -> Result<Graph, LoadError> {
    let root_id = urls::from_path(&root.path);
    let mut seen = HashSet::from([root_id.clone()]);
    let mut todo = VecDeque::from([root]);
    let mut loaded = Vec::new();
    while let Some(file) = todo.pop_front() {
        let (module, targets) = module(compiler, &file)?;
        for target in targets {
            if seen.insert(urls::from_path(&target.path)) {
                todo.push_back(target);
            }
        }
        loaded.push(module);
    }
    Ok(Graph { root: root_id, modules: loaded })
}

/// One module, and the files that it imports.
fn module(compiler: &Compiler, file: &Resolved) -> Result<(Module, Vec<Resolved>), LoadError> {
    let name = file.path.display().to_string();
    let text = read(compiler, &file.path, &name)?;
    let text: Arc<str> = text.strip_prefix('\u{feff}').unwrap_or(&text).into();
    let id = urls::from_path(&file.path);
    let mut module = Module {
        id,
        kind: Kind::Json,
        code: Arc::clone(&text),
        original: None,
        map: None,
        imports: Vec::new(),
        exports: Vec::new(),
        reexports: Vec::new(),
    };
    let Some(language) = language(&file.path, file.package_type) else { return Ok((module, Vec::new())) };
    let lowered = lower(&text, &name, language, &Settings::default());
    let lowered = lowered.map_err(|complaints| complain(&name, &text, &complaints, true))?;
    let targets = link(compiler, file, &name, &text, &lowered, &mut module)?;
    module.kind = if lowered.module { Kind::Esm } else { Kind::CommonJs };
    module.exports = lowered.exports.names.into_iter().filter(|name| name != "default").collect();
    module.reexports = lowered.exports.reexports;
    if let Some(printed) = lowered.printed {
        module.original = Some(text);
        module.code = printed.code.into();
        module.map = Some(printed.map.into());
    }
    Ok((module, targets))
}

fn read(compiler: &Compiler, path: &Path, name: &str) -> Result<String, LoadError> {
    if let Some(text) = compiler.sources.get(path) {
        return Ok(text.clone());
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(name, &error.to_string()))?;
    String::from_utf8(bytes).map_err(|_| unreadable(name, "it is not UTF-8"))
}

/// Resolves what the module asks for.
fn link(
    compiler: &Compiler,
    file: &Resolved,
    name: &str,
    text: &str,
    lowered: &Lowered,
    module: &mut Module,
) -> Result<Vec<Resolved>, LoadError> {
    let mut targets = Vec::new();
    let mut complaints = Vec::new();
    for request in &lowered.requests {
        let how = if request.form == Form::Require { How::Require } else { How::Import };
        match resolve(compiler, &file.path, &request.specifier, how) {
            Ok(Target::Std) => module.imports.push(import(request, how, request.specifier.clone())),
            Ok(Target::File(target)) => {
                module.imports.push(import(request, how, urls::from_path(&target.path)));
                // A dynamic import is loaded when it runs: it may never, and its errors are its own.
                if request.form != Form::Dynamic {
                    targets.push(target);
                }
            }
            Err(unresolved) if request.form == Form::Static => {
                let offset = request.span.lo.0.saturating_sub(1) as usize;
                let length = (request.span.hi.0.saturating_sub(request.span.lo.0)) as usize;
                let message = format!("cannot find module \"{}\"", request.specifier);
                let mut complaint = Diagnostic::new(errors::UNRESOLVED_MODULE, message, offset, length);
                complaint.help = Some(advice(&request.specifier, &unresolved));
                complaints.push(complaint);
            }
            Err(_) => {} // fails when it runs, if it does
        }
    }
    if complaints.is_empty() { Ok(targets) } else { Err(complain(name, text, &complaints, false)) }
}

fn import(request: &Request, how: How, target: String) -> Import {
    Import { specifier: request.specifier.clone(), how, target }
}

enum Target {
    Std,
    File(Resolved),
}

fn resolve(compiler: &Compiler, referrer: &Path, specifier: &str, how: How) -> Result<Target, Unresolved> {
    if modules::is_importable(specifier) {
        return Ok(Target::Std);
    }
    if specifier.starts_with("file:") {
        let path = urls::to_path(specifier).ok_or(Unresolved::NotFound)?;
        let path = path.to_str().ok_or(Unresolved::NotFound)?;
        return compiler.resolvers.resolve(referrer, path, how).map(Target::File);
    }
    let path = referrer.join(specifier.strip_prefix("./").unwrap_or(specifier));
    if compiler.sources.contains_key(&path) {
        return Ok(Target::File(Resolved { path, package_type: None }));
    }
    // As of the working directory, when the referrer is a folder: the resolver wants a file in it.
    let in_folder = referrer.to_string_lossy().ends_with('/').then(|| referrer.join("[entry]"));
    compiler.resolvers.resolve(in_folder.as_deref().unwrap_or(referrer), specifier, how).map(Target::File)
}

/// How a file is read; `None`: as JSON.
fn language(path: &Path, package_type: Option<PackageType>) -> Option<Language> {
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or("");
    // `npm init` writes `"type": "commonjs"`: a file with `import` in it is a module all the same.
    let by_package = (package_type == Some(PackageType::Module)).then_some(true);
    let (typescript, jsx, module) = match extension {
        "json" => return None,
        "ts" => (true, false, by_package),
        "mts" => (true, false, Some(true)),
        "cts" => (true, false, Some(false)),
        "tsx" => (true, true, by_package),
        "jsx" => (false, true, by_package),
        "mjs" => (false, false, Some(true)),
        "cjs" => (false, false, Some(false)),
        _ => (false, false, by_package),
    };
    Some(Language { typescript, jsx, module })
}

fn advice(specifier: &str, unresolved: &Unresolved) -> String {
    match unresolved {
        Unresolved::NodeBuiltin(name) => {
            let instead = match name.trim_start_matches("node:") {
                "fs" | "fs/promises" => "use \"corona:fs\"",
                "net" => "use \"corona:net\"",
                "http" => "use \"corona:http\"",
                "child_process" => "use \"corona:child\"",
                "process" => "use \"corona:process\"",
                "timers" | "timers/promises" => "use \"corona:time\"",
                _ => "what Corona offers instead is listed by `corona types`",
            };
            format!("Node's own modules are not supported: {instead}")
        }
        Unresolved::Other(reason) => reason.clone(),
        Unresolved::NotFound if specifier.starts_with("corona:") => {
            let names: Vec<&str> = modules::ALL.iter().map(|it| it.name).filter(|it| modules::is_importable(it)).collect();
            format!("the standard modules are {}", names.join(", "))
        }
        Unresolved::NotFound if specifier.starts_with(['.', '/']) => "no file of that name is there".to_owned(),
        Unresolved::NotFound => format!("is the package installed? A file beside this one is \"./{specifier}\""),
    }
}

fn complain(name: &str, text: &str, complaints: &[Diagnostic], syntax: bool) -> LoadError {
    let rendered: Vec<String> = complaints.iter().map(|it| diagnostics::render(name, text, it)).collect();
    LoadError { code: complaints[0].code, message: rendered.join("\n\n"), syntax }
}

fn readable(url: &str) -> String {
    urls::to_path(url).map_or_else(|| url.to_owned(), |path| path.display().to_string())
}

pub(super) fn unreadable(name: &str, reason: &str) -> LoadError {
    let code = errors::UNREADABLE_MODULE;
    LoadError { code, message: format!("error[{code}]: cannot read {name}: {reason}"), syntax: false }
}

pub(super) fn internal_error(specifier: &str) -> LoadError {
    let message = format!(
        "error: the compiler failed on {specifier}. This is a bug in Corona, not in your program; please report it"
    );
    LoadError { code: errors::SYNTAX, message, syntax: false }
}
