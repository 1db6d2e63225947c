//! Helix has no language for scripts, so it is driven as a person drives it: keys into a terminal (tmux), and a look at
//! the screen.

use super::{Stage, copy, root};
use corona_tests::command;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take to be seen.
const LIMIT: Duration = Duration::from_secs(60);

/// From version 23.10 on, which knows several servers for one language.
pub(super) fn helix(stage: &Stage) -> Result<(), String> {
    let program = match std::env::var_os("CORONA_HELIX") {
        Some(named) => PathBuf::from(named),
        None => stage.find("hx", "apt-get install hx (Debian 13), or name one with CORONA_HELIX")?,
    };
    stage.find("tmux", "apt-get install tmux")?;
    copy(&root().join("editors/helix"), &stage.home.path().join("config/helix"))?;
    let screen = Screen::open(stage, &format!("'{}' main.ts", program.display()))?;
    screen.until("shows what is found", "● 2")?;
    screen.keys(&["Space", "d"])?;
    screen.until("lists it by its name", "blocking-in-atomic")?;
    screen.leave("blocking-in-atomic")?;
    screen.keys(&[":9", "Enter", "w", "w", "Space", "k"])?;
    screen.until("explains", "save blocks")?;
    screen.leave("save blocks")?;
    screen.keys(&["g", "d"])?;
    screen.until("goes to the definition", "export function save(value")?;
    screen.keys(&["Space", "r"])?;
    screen.until("asks for the new name", "rename-to:")?;
    screen.keys(&["C-u", "persist", "Enter"])?;
    screen.until("renames here", "export function persist(value")?;
    screen.keys(&[":wa", "Enter", ":open main.ts", "Enter"])?;
    screen.until("and in the other file", "persist(count)")?;
    screen.keys(&[":9", "Enter", "w", "w", "Space", "a"])?;
    screen.until("offers to suppress", "Suppress blocking-in-atomic here")?;
    screen.keys(&["Enter"])?;
    screen.until("changes the buffer", "// corona-ignore blocking-in-atomic")?;
    screen.until("has one finding less", "● 1")?;
    screen.keys(&["/", "sleep\\(1", "Enter", "Space", "a"])?;
    screen.until("offers to start it inside", "Start sleep inside")?;
    screen.keys(&["Enter"])?;
    screen.until("starts it inside", "started = sleep.future(1);")?;
    screen.until("waits after the section", "started?.get();")?;
    screen.keys(&[":wqa", "Enter"])?;
    screen.is_closed()?;
    stage.is_saved(0)
}

/// A terminal of its own, with a program in it.
struct Screen<'a> {
    stage: &'a Stage,
    socket: PathBuf,
}

impl<'a> Screen<'a> {
    fn open(stage: &'a Stage, program: &str) -> Result<Screen<'a>, String> {
        let screen = Screen { stage, socket: stage.home.path().join("tmux") };
        screen.tmux(&["-f", "/dev/null", "new-session", "-d", "-x", "130", "-y", "40", program])?;
        Ok(screen)
    }

    fn command(&self) -> Command {
        let mut tmux = self.stage.command("tmux");
        tmux.arg("-S").arg(&self.socket).env_remove("TMUX");
        tmux
    }

    fn tmux(&self, args: &[&str]) -> Result<String, String> {
        let mut tmux = self.command();
        tmux.args(args);
        let finished = command::run(tmux, String::new(), LIMIT)?;
        let text = String::from_utf8_lossy(&finished.stdout).into_owned();
        if finished.is_success() {
            return Ok(text);
        }
        Err(format!("tmux {}: {}", args.join(" "), String::from_utf8_lossy(&finished.stderr).trim()))
    }

    /// Keys by their names, or texts to type.
    fn keys(&self, keys: &[&str]) -> Result<(), String> {
        self.tmux(&[&["send-keys"], keys].concat()).map(drop)
    }

    /// Waits until the screen shows it.
    fn until(&self, what: &str, shown: &str) -> Result<(), String> {
        self.wait(|screen| screen.contains(shown))
            .map_err(|screen| format!("it never {what}: no {shown:?} on\n{screen}"))?;
        println!("  {what}");
        Ok(())
    }

    /// Closes what is open in front. The next key must wait for that: right behind an escape it would mean another.
    fn leave(&self, shown: &str) -> Result<(), String> {
        self.keys(&["Escape"])?;
        self.wait(|screen| !screen.contains(shown)).map_err(|screen| format!("{shown:?} does not go away on\n{screen}"))
    }

    /// An error is what it looked like.
    fn wait(&self, holds: impl Fn(&str) -> bool) -> Result<(), String> {
        let end = Instant::now() + LIMIT;
        loop {
            let screen = self.tmux(&["capture-pane", "-p"])?;
            if holds(&screen) {
                return Ok(());
            }
            if Instant::now() > end {
                return Err(screen);
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// The terminal goes with the program.
    fn is_closed(&self) -> Result<(), String> {
        let end = Instant::now() + LIMIT;
        while self.tmux(&["has-session"]).is_ok() {
            if Instant::now() > end {
                return Err("it does not end".to_owned());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Screen<'_> {
    fn drop(&mut self) {
        let _ = self.command().arg("kill-server").output();
    }
}
