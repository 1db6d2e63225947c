//! `cargo x editors`: real editors, set up as `editors/README.md` says, driven by scripts through what a person does in
//! a file. `tests/editors/README.md` says more.

mod helix;

use crate::conformance::{self, Options};
use corona_tests::{TempDir, command};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// For one editor, or for an installation.
const LIMIT: Duration = Duration::from_secs(300);

/// One way to look at the workspace.
struct Editor {
    name: &'static str,
    drive: fn(&Stage) -> Result<(), String>,
}

const EDITORS: &[Editor] = &[
    Editor { name: "neovim", drive: neovim },
    Editor { name: "emacs", drive: emacs },
    Editor { name: "helix", drive: helix::helix },
    Editor { name: "vscode", drive: vscode },
];

/// Drives those that are named, or all. One that is not installed is a failure: nothing passes unseen.
pub(crate) fn run(args: &[String]) -> bool {
    let done = conformance::options(args).and_then(|options| {
        let chosen = chosen(&options.filters)?;
        let failed = chosen.iter().filter(|editor| !passes(editor, &options)).count();
        println!("{} of {} editors passed", chosen.len() - failed, chosen.len());
        Ok(failed == 0)
    });
    done.unwrap_or_else(|error| {
        eprintln!("cargo x editors: {error}");
        false
    })
}

fn chosen(names: &[String]) -> Result<Vec<&'static Editor>, String> {
    let known = || EDITORS.iter().map(|it| it.name).collect::<Vec<_>>().join(", ");
    if let Some(unknown) = names.iter().find(|name| EDITORS.iter().all(|it| it.name != name.as_str())) {
        return Err(format!("no editor `{unknown}`; there are {}", known()));
    }
    Ok(EDITORS.iter().filter(|it| names.is_empty() || names.iter().any(|name| name == it.name)).collect())
}

fn passes(editor: &Editor, options: &Options) -> bool {
    println!("{}", editor.name);
    let done = Stage::set(editor.name, options).and_then(|stage| (editor.drive)(&stage));
    if let Err(error) = &done {
        println!("{}: {error}", editor.name);
    }
    done.is_ok()
}

/// A home of its own, and a project in it.
struct Stage {
    home: TempDir,
    project: PathBuf,
    path: std::ffi::OsString,
    bless: bool,
}

impl Stage {
    fn set(name: &str, options: &Options) -> Result<Stage, String> {
        let home = TempDir::new(&format!("editors-{name}"));
        let project = home.path().join("project");
        copy(&root().join("tests/editors/workspace"), &project)?;
        // The binary under test is the `corona` that editors find.
        let folder = options.binary.parent().unwrap_or(Path::new("/")).to_owned();
        let others = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(std::iter::once(folder).chain(std::env::split_paths(&others)));
        let path = path.map_err(|error| error.to_string())?;
        let stage = Stage { home, project, path, bless: options.bless };
        stage.finish(stage.command("corona").arg("init"))?;
        Ok(stage)
    }

    /// A program that knows nothing of whoever runs the tests.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        let home = self.home.path();
        command.current_dir(&self.project).env("PATH", &self.path).env("HOME", home);
        for (name, folder) in [
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
        ] {
            command.env(name, home.join(folder));
        }
        command
    }

    /// Runs it, and shows what it says.
    fn finish(&self, command: &mut Command) -> Result<(), String> {
        let taken = std::mem::replace(command, Command::new("true"));
        let name = taken.get_program().display().to_string();
        let finished = command::run(taken, String::new(), LIMIT)?;
        print!("{}", String::from_utf8_lossy(&finished.stdout));
        if finished.is_success() {
            return Ok(());
        }
        Err(format!("{name} ended with {}\n{}", finished.ending(), String::from_utf8_lossy(&finished.stderr)))
    }

    /// The program of that name, or how to get it.
    fn find(&self, name: &str, help: &str) -> Result<PathBuf, String> {
        let found = std::env::split_paths(&self.path).map(|folder| folder.join(name)).find(|it| it.is_file());
        found.ok_or_else(|| format!("{name} is not installed: {help}"))
    }

    /// What the editor saved is what the compiler finds right, but for `left` findings.
    fn is_saved(&self, left: usize) -> Result<(), String> {
        let mut check = self.command("corona");
        check.args(["check", "--format=concise", "--quiet"]);
        let finished = command::run(check, String::new(), LIMIT)?;
        let found = String::from_utf8_lossy(&finished.stdout).into_owned();
        let is_right = found.lines().count() == left && finished.status.is_some();
        if is_right { Ok(()) } else { Err(format!("{left} findings should be left in what was saved:\n{found}")) }
    }
}

/// The editor of the system, and the one that `CORONA_NVIM` names: old and new ones start servers in different ways.
fn neovim(stage: &Stage) -> Result<(), String> {
    let system = stage.find("nvim", "apt-get install neovim");
    let named = std::env::var_os("CORONA_NVIM").map(PathBuf::from);
    let programs: Vec<PathBuf> = match (system, named) {
        (Err(error), None) => return Err(error),
        (system, named) => system.into_iter().chain(named).collect(),
    };
    let installed = stage.home.path().join("data/nvim/site/pack/corona/start/corona");
    copy(&root().join("editors/neovim"), &installed)?;
    for program in &programs {
        copy(&root().join("tests/editors/workspace"), &stage.project)?;
        let script = root().join("tests/editors/neovim.lua");
        stage.finish(stage.command(program).arg("--headless").arg("-S").arg(script).arg("main.ts"))?;
        stage.is_saved(1)?;
    }
    match programs.last() {
        Some(program) if stage.bless => pictures(stage, program),
        _ => Ok(()),
    }
}

/// Of Neovim, and of the terminal.
fn pictures(stage: &Stage, nvim: &Path) -> Result<(), String> {
    copy(&root().join("tests/editors/workspace"), &stage.project)?;
    let (work, browser) = browser(stage)?;
    let mut draw = stage.command("node");
    stage.finish(draw.arg(work.join("terminal.mjs")).arg(browser).arg(nvim).arg(screenshots()))
}

/// Emacs 28 has a mode for JavaScript only, so the project becomes JavaScript.
fn emacs(stage: &Stage) -> Result<(), String> {
    let emacs = stage.find("emacs", "apt-get install emacs-nox elpa-eglot")?;
    for name in ["main", "store"] {
        let typed = stage.project.join(name).with_extension("ts");
        let text = std::fs::read_to_string(&typed).map_err(|error| format!("{}: {error}", typed.display()))?;
        let text = text.replace(": void", "").replace(": number", "").replace(".ts\"", ".js\"");
        std::fs::remove_file(&typed)
            .and_then(|()| std::fs::write(typed.with_extension("js"), text))
            .map_err(|error| format!("{}: {error}", typed.display()))?;
    }
    let (package, script) = (root().join("editors/emacs"), root().join("tests/editors/emacs.el"));
    let mut command = stage.command(emacs);
    command.arg("--batch").arg("-L").arg(package).arg("-l").arg(script).arg("main.js");
    stage.finish(&mut command)?;
    stage.is_saved(0)
}

/// VS Code in a headless browser, with the extension that its own script packages.
fn vscode(stage: &Stage) -> Result<(), String> {
    let server = match std::env::var_os("CORONA_CODE_SERVER") {
        Some(named) => PathBuf::from(named),
        None => stage.find("code-server", "npm install --global code-server, or name one with CORONA_CODE_SERVER")?,
    };
    let corona = stage.find("corona", "cargo build")?;
    let (work, browser) = browser(stage)?;
    let extension = root().join("editors/vscode");
    stage.finish(npm(&extension).args(["ci", "--no-audit", "--no-fund"]))?;
    stage.finish(npm(&extension).args(["run", "package"]))?;
    let mut drive = stage.command("node");
    drive
        .arg(work.join("vscode.mjs"))
        .arg(server)
        .arg(browser)
        .arg(corona)
        .arg(extension.join("corona.vsix"))
        .arg(&stage.project);
    drive.args(stage.bless.then(screenshots));
    stage.finish(&mut drive)?;
    stage.is_saved(0)
}

/// The browser, and the folder of the scripts that drive it.
fn browser(stage: &Stage) -> Result<(PathBuf, PathBuf), String> {
    let browser = stage.find("chromium", "apt-get install chromium")?;
    let work = conformance::target().join("editors");
    copy(&root().join("tests/editors"), &work)?;
    stage.finish(npm(&work).args(["ci", "--no-audit", "--no-fund"]))?;
    Ok((work, browser))
}

fn screenshots() -> PathBuf {
    root().join("editors/screenshots")
}

/// It keeps its cache where it always does.
fn npm(folder: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(folder);
    npm
}

fn root() -> PathBuf {
    corona_tests::root()
}

/// Copies a folder, and what lies in it over what is there.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let broken = |error: std::io::Error| format!("{}: {error}", to.display());
    std::fs::create_dir_all(to).map_err(broken)?;
    for entry in std::fs::read_dir(from).map_err(|error| format!("{}: {error}", from.display()))? {
        let entry = entry.map_err(broken)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target).map_err(broken)?;
        }
    }
    Ok(())
}
