//! Standard streams that are a terminal: size, raw mode, and that the terminal is in order again however a program ends.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::Program;
use std::fs::write;

/// Runs `source` in a terminal whose mode is printed before and after: `-icanon` and `-echo` stand for raw mode.
fn in_terminal(temp: &TempDir, source: &str) -> Program {
    write(temp.path().join("main.js"), source).unwrap();
    let mode = "stty -a | tr ' ;' '\\n\\n' | grep -xE -- '-?(icanon|echo)' | tr '\\n' ' '";
    let script = format!(
        "export NO_COLOR=1; stty rows 24 cols 80; echo before $({mode}); {CORONA} run main.js; echo code $?; echo after $({mode})"
    );
    write(temp.path().join("script.sh"), script).unwrap();
    Program::start_in_terminal("sh", temp.path(), &["script.sh"])
}

#[test]
fn a_terminal_has_a_size_and_gives_lines() {
    let temp = TempDir::new("terminal");
    let mut program = in_terminal(
        &temp,
        "import { stdin, stdout, stderr } from 'corona:process';
         console.log('tty', stdin.isTTY, stdout.isTTY, stderr.isTTY, stdout.columns, stdout.rows, stdin.isRaw);
         console.log('line', JSON.stringify(stdin.readLine()));",
    );
    assert_eq!(program.line_after("before"), "icanon echo");
    assert_eq!(program.line_after("tty"), "true true true 80 24 false");
    program.send("typed\n");
    assert_eq!(program.line_after("line"), "\"typed\"");
    assert_eq!(program.line_after("code"), "0");
    assert_eq!(program.line_after("after"), "icanon echo");
}

#[test]
fn raw_mode_gives_keys_and_is_undone_at_exit() {
    let temp = TempDir::new("raw");
    let mut program = in_terminal(
        &temp,
        "import { stdin } from 'corona:process';
         stdin.setRawMode(true);
         console.log('ready', stdin.isRaw);
         console.log('key', stdin.read()[0]);
         throw new Error('in raw mode');",
    );
    program.line_after("ready");
    program.send("q");
    assert_eq!(program.line_after("key"), "113");
    assert_eq!(program.line_after("code"), "1");
    assert_eq!(program.line_after("after"), "icanon echo");
}

#[test]
fn raw_mode_is_undone_when_a_signal_ends_the_program() {
    let temp = TempDir::new("raw-signal");
    let mut program = in_terminal(
        &temp,
        "import { stdin, pid } from 'corona:process';
         stdin.setRawMode(true);
         console.log('ready', pid);
         stdin.read();",
    );
    let id = program.line_after("ready");
    assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert_eq!(program.line_after("code"), "143");
    assert_eq!(program.line_after("after"), "icanon echo");
}

#[test]
fn a_new_size_is_told() {
    let temp = TempDir::new("resize");
    let mut program = in_terminal(
        &temp,
        "import { stdin, stdout } from 'corona:process';
         import { run } from 'corona:child';
         stdout.onResize((columns, rows) => console.log('size', columns, rows));
         run('stty', ['rows', '40', 'cols', '100'], { stdin: 'inherit' });
         stdin.readLine();",
    );
    // stty sets rows and columns one after the other.
    while program.line_after("size") != "100 40" {}
    program.send("\n");
    assert_eq!(program.line_after("code"), "0");
}
