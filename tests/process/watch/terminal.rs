//! At a terminal: a fresh screen for each restart, and the keyboard.

use super::{eventually, is_alive, save, service, write};
use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::Program;

const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

fn at_terminal(temp: &TempDir, flags: &[&str]) -> Program {
    write(temp, "main.ts", &service("old"));
    let args = [&["run", "--watch"], flags, &["main.ts"]].concat();
    let mut program = Program::start_in_terminal(CORONA, temp.path(), &args);
    until(&mut program, "started in");
    program
}

/// Everything up to the line that holds `text`.
fn until(program: &mut Program, text: &str) -> String {
    let mut all = String::new();
    while !all.contains(text) {
        all += &program.line();
        all.push('\n');
    }
    all
}

#[test]
fn the_screen_is_cleared_before_a_restart() {
    let temp = TempDir::new("watch-clear");
    let mut program = at_terminal(&temp, &[]);
    save(&temp, "main.ts", &service("new"));
    let shown = until(&mut program, "restarted in");
    let clear = shown.find(CLEAR).unwrap_or_else(|| panic!("the screen is not cleared: {shown:?}"));
    assert!(clear < shown.find("main.ts changed").expect("it says what has changed"), "{shown:?}");
}

#[test]
fn the_screen_is_left_alone_if_the_user_wants_that() {
    let temp = TempDir::new("watch-no-clear");
    let mut program = at_terminal(&temp, &["--no-clear-screen"]);
    save(&temp, "main.ts", &service("new"));
    let shown = until(&mut program, "restarted in");
    assert!(!shown.contains(CLEAR) && shown.contains("main.ts changed"), "{shown:?}");
}

#[test]
fn the_keyboard_restarts_and_ends_it() {
    let temp = TempDir::new("watch-keys");
    let mut program = at_terminal(&temp, &[]);
    program.send("rs\n");
    until(&mut program, "restarted in");
    program.send("\x03");
    // `script` gives back what the program ended with.
    assert_eq!(program.finish().code, Some(130));
}

#[test]
fn a_terminal_that_is_closed_ends_everything() {
    let temp = TempDir::new("watch-hangup");
    let source = format!(
        "import {{ pid }} from 'corona:process'; import {{ writeFile }} from 'corona:fs';
        writeFile('../pids', `${{pid}}`);\n{}",
        service("x")
    );
    write(&temp, "app/main.ts", &source);
    let mut program = Program::start_in_terminal(CORONA, &temp.path().join("app"), &["run", "--watch", "main.ts"]);
    until(&mut program, "started in");
    let pid = std::fs::read_to_string(temp.path().join("pids")).expect("the program has written it");
    assert!(is_alive(&pid), "{pid}");
    // What has the other side of the terminal ends without a word to anybody.
    program.signal("KILL");
    eventually("nobody is left", || !is_alive(&pid));
}
