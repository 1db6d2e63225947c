//! `corona init`: what editors need to know a project's `corona:*` imports, and in an empty folder a program to begin with.

use crate::arguments;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// The declarations; written anew each time, so that they fit the version of Corona.
const TYPES: &str = "corona.d.ts";
const TYPES_HEADER: &str =
    "// Written by `corona init`: the standard modules and globals. Run it again after an update of Corona.\n\n";

const OPTIONS: &str = r#""target": "esnext",
    "lib": ["esnext"],
    "types": [],
    "module": "nodenext",
    "allowImportingTsExtensions": true,
    "noEmit": true"#;

const PROGRAM: &str = r#"import { serve } from "corona:http";

serve({ port: 8080 }, (request) => new Response(`You asked for ${new URL(request.url).pathname}\n`));
console.log("http://localhost:8080/");
"#;

pub(crate) fn init(arguments: &arguments::Init) -> ExitCode {
    match write_all(&arguments.folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err((path, error)) => {
            crate::process::tell(&format!("error: cannot write {path}: {error}"));
            ExitCode::FAILURE
        }
    }
}

type Failure = (String, io::Error);

fn write_all(folder: &Path) -> Result<(), Failure> {
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |error| (path, error)
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let names = names(folder).map_err(failed(folder))?;
    let has = |name: &str| names.iter().any(|found| found == name);
    let is_empty = names.iter().all(|name| name.starts_with('.'));
    let only_javascript = !is_empty && !names.iter().any(|name| is_typescript(name));

    let types = folder.join(TYPES);
    let text = format!("{TYPES_HEADER}{}", corona_std::types::all());
    fs::write(&types, text).map_err(failed(&types))?;
    say(&format!("{} {TYPES}", if has(TYPES) { "updated" } else { "wrote" }));

    if let Some(name) = ["tsconfig.json", "jsconfig.json"].into_iter().find(|name| has(name)) {
        say(&format!("left {name} as it is; it should include {TYPES}, and its \"lib\" should not have \"dom\""));
    } else {
        let (name, more) = match only_javascript {
            true => ("jsconfig.json", ",\n    \"checkJs\": false"),
            false => ("tsconfig.json", ",\n    \"strict\": true"),
        };
        create(folder, name, &format!("{{\n  \"compilerOptions\": {{\n    {OPTIONS}{more}\n  }}\n}}\n"))?;
    }
    if is_empty {
        create(folder, "main.ts", PROGRAM)?;
        say(&format!("\ncorona run {} starts it", folder.join("main.ts").display()));
    }
    Ok(())
}

/// What is written is there, whether somebody reads of it or not.
fn say(line: &str) {
    let _ = crate::process::print(&format!("{line}\n"));
}

/// Writes a file that is not there yet.
fn create(folder: &Path, name: &str, text: &str) -> Result<(), Failure> {
    let path = folder.join(name);
    let written = OpenOptions::new().write(true).create_new(true).open(&path);
    written
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| (path.display().to_string(), error))?;
    say(&format!("wrote {name}"));
    Ok(())
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    fs::read_dir(folder)?.map(|entry| entry.map(|it| it.file_name().to_string_lossy().into_owned())).collect()
}

fn is_typescript(name: &str) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    ends(&[".ts", ".tsx", ".mts", ".cts"]) && name != TYPES
}
