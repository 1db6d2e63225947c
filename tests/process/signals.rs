//! Signals from outside: handled, waited for, or with their default action.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::Program;

fn run(source: &str) -> (TempDir, Program) {
    let temp = TempDir::new("signals");
    let program = Program::run_source(CORONA, &temp, source);
    (temp, program)
}

#[test]
fn a_top_level_await_for_a_signal_is_no_deadlock() {
    let (_temp, mut program) = run("import { onSignal } from 'corona:process';
        const asked = new Promise((resolve) => { onSignal('SIGTERM', resolve); });
        console.log('ready');
        console.log('asked by', await asked);");
    assert_eq!(program.line(), "ready");
    program.signal("TERM");
    assert_eq!(program.line(), "asked by SIGTERM");
    assert_eq!(program.finish().code, Some(0));
}

#[test]
fn without_a_listener_a_signal_ends_the_program() {
    let (_temp, mut program) = run("import { onSignal } from 'corona:process';
        onSignal('SIGINT', () => console.log('interrupted'));
        setInterval(() => {}, 1000);
        console.log('ready');");
    assert_eq!(program.line(), "ready");
    program.signal("INT");
    assert_eq!(program.line(), "interrupted");
    program.signal("TERM");
    assert_eq!(program.finish().signal, Some(15));
}

#[test]
fn sigquit_shows_every_coroutine_and_the_program_goes_on() {
    let (_temp, mut program) = run("import { stdin } from 'corona:process';
        function waitsHere() { return stdin.readLine(); }
        console.log('ready');
        console.log('read', waitsHere());");
    assert_eq!(program.line(), "ready");
    std::thread::sleep(std::time::Duration::from_millis(100));
    program.signal("QUIT");
    while !program.error_line().contains("waitsHere") {}
    program.send("still here\n");
    assert_eq!(program.line(), "read still here");
    assert_eq!(program.finish().code, Some(0));
}

#[test]
fn children_are_not_told_of_signals_and_do_not_inherit_handlers() {
    let (_temp, mut program) = run("import { onSignal } from 'corona:process'; import { spawn } from 'corona:child';
        onSignal('SIGTERM', () => {});
        const child = spawn('sh', ['-c', 'kill -TERM $$; echo survived']);
        console.log(JSON.stringify(child.wait()));");
    assert_eq!(program.line(), "{\"code\":null,\"signal\":\"SIGTERM\"}");
}

#[test]
fn a_program_that_hears_of_nothing_ends_when_it_is_asked_twice() {
    let temp = TempDir::new("signals-busy");
    std::fs::write(temp.path().join("main.ts"), "console.log('busy'); while (true);").expect("it can be written");
    let mut program = Program::start(CORONA, temp.path(), &["run", "--atomic=report", "main.ts"]);
    assert_eq!(program.line(), "busy");
    // Two that come at once are one to the kernel.
    for _ in 0..500 {
        if !program.is_running() {
            break;
        }
        program.signal("TERM");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert_eq!(program.finish().signal, Some(15));
}
