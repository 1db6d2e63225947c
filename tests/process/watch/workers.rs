//! `--workers`: several processes on the same sockets; and sockets that the supervisor was handed itself.

use super::load::{Load, begin};
use super::{ask, eventually, is_alive, save, start, write};
use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::{Program, read_all};
use std::collections::HashSet;
use std::process::Command;

/// Answers with the number of the process that answers; `/slow` when there is a file called `go`; `/die` never.
const SERVICE: &str = "
import { serve } from 'corona:http'; import { exists } from 'corona:fs'; import { sleep } from 'corona';
import { exit, pid } from 'corona:process';
const server = serve({ port: 0, hostname: '127.0.0.1' }, (request) => {
  if (request.url.endsWith('/slow')) { console.log('slow'); while (!exists('go')) sleep(5); }
  if (request.url.endsWith('/die')) exit(3);
  sleep(1);
  return new Response(`${pid}`);
});
console.log('port', server.port);
";

fn workers(temp: &TempDir, flags: &[&str], source: &str, count: usize) -> (Program, u16) {
    write(temp, "main.ts", source);
    let mut program = start(temp, &[flags, &["main.ts"]].concat());
    let ports: HashSet<String> = (0..count).map(|_| program.line_after("port ")).collect();
    assert_eq!(ports.len(), 1, "they listen at one port: {ports:?}");
    (program, ports.into_iter().next().and_then(|port| port.parse().ok()).expect("a port"))
}

/// Asks until `count` different processes have answered.
fn everybody(port: u16, count: usize) -> HashSet<String> {
    let mut answered = HashSet::new();
    eventually("every worker answers", || {
        // Several at a time: one that is busy leaves the next to another.
        let asking: Vec<_> = (0..8).map(|_| std::thread::spawn(move || ask(port))).collect();
        answered.extend(asking.into_iter().map(|it| it.join().expect("an answer")));
        answered.len() >= count
    });
    assert_eq!(answered.len(), count, "{answered:?}");
    answered
}

#[test]
fn all_of_them_answer_and_sigterm_lets_all_finish() {
    let temp = TempDir::new("workers");
    let (mut program, port) = workers(&temp, &["--workers=3"], SERVICE, 3);
    let all = everybody(port, 3);
    let mut running: Vec<_> = (0..6).map(|_| begin(port, "/slow")).collect();
    for _ in 0..6 {
        assert_eq!(program.line_after("slow"), "");
    }
    program.signal("TERM");
    eventually("nobody listens", || std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
    write(&temp, "go", "");
    for stream in &mut running {
        let answer = read_all(stream);
        assert!(all.iter().any(|pid| answer.ends_with(pid)), "{answer}");
    }
    assert_eq!(program.finish().code, Some(0));
    assert!(all.iter().all(|pid| !is_alive(pid)));
}

#[test]
fn one_that_dies_is_replaced() {
    let temp = TempDir::new("workers-die");
    let (mut program, port) = workers(&temp, &["--workers=2"], SERVICE, 2);
    let before = everybody(port, 2);
    assert_eq!(read_all(&mut begin(port, "/die")), "");
    let line = program.error_line_with("[workers] a worker failed (exit code 3): starting another");
    assert!(!line.contains(" in "), "the first time at once: {line}");
    program.line_after("port ");
    let after = everybody(port, 2);
    assert_eq!(before.intersection(&after).count(), 1);
    // One that fails again and again comes back later each time.
    for pause in ["", " in 100 ms", " in 200 ms"] {
        let pid = ask(port);
        Command::new("kill").args(["-KILL", &pid]).status().expect("kill exists");
        let line = program.error_line_with("a worker failed (signal 9)");
        assert!(pause.is_empty() || line.contains("starting another"), "{line}");
        program.line_after("port ");
    }
}

#[test]
fn sighup_restarts_one_after_another_and_loses_no_request() {
    let temp = TempDir::new("workers-hup");
    let (mut program, port) = workers(&temp, &["--workers=2"], SERVICE, 2);
    let mut before = everybody(port, 2);
    let load = Load::on(port);
    for _ in 0..5 {
        program.signal("HUP");
        program.error_line_with("[workers] restarted in");
        eventually("the old ones have ended", || before.iter().all(|pid| !is_alive(pid)));
        before = everybody(port, 2);
    }
    assert!(load.finish() > 20);
}

#[test]
fn a_restart_that_fails_leaves_the_old_ones_serving() {
    let temp = TempDir::new("workers-broken");
    let (mut program, port) = workers(&temp, &["--workers=2"], SERVICE, 2);
    let before = everybody(port, 2);
    save(&temp, "main.ts", "let = ;");
    program.signal("HUP");
    program.error_line_with("error[CORONA1011]");
    program.error_line_with("the new program failed (exit code 1): the old one goes on");
    assert_eq!(everybody(port, 2), before);
}

#[test]
fn a_program_that_never_comes_up_ends_the_supervisor() {
    let temp = TempDir::new("workers-never");
    write(&temp, "main.ts", "import { exit } from 'corona:process'; exit(7);");
    let ended = start(&temp, &["--workers=3", "main.ts"]).finish();
    assert_eq!(ended.code, Some(7), "{}", ended.stderr);
}

#[test]
fn programs_that_end_by_themselves_end_the_supervisor() {
    let temp = TempDir::new("workers-script");
    write(&temp, "main.ts", "console.log('done');");
    let ended = start(&temp, &["--workers=3", "main.ts"]).finish();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "done\ndone\ndone\n"));
}

#[test]
fn workers_and_watch_go_together() {
    let temp = TempDir::new("workers-watch");
    let (mut program, port) = workers(&temp, &["--workers=2", "--watch"], SERVICE, 2);
    program.error_line_with("[watch] started in");
    let before = everybody(port, 2);
    save(&temp, "main.ts", &format!("{SERVICE}// changed"));
    program.error_line_with("[watch] restarted in");
    eventually("the old ones have ended", || before.iter().all(|pid| !is_alive(pid)));
    assert_eq!(everybody(port, 2).intersection(&before).count(), 0);
}

#[test]
fn sockets_handed_to_the_supervisor_reach_the_program() {
    let temp = TempDir::new("workers-fds");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    let source = |text: &str| {
        format!(
            "import {{ serve }} from 'corona:http'; import {{ env }} from 'corona:process';
            serve({{ port: {port}, hostname: '127.0.0.1' }}, () => new Response('by address {text}'));
            const spare = serve({{ fd: 'spare' }}, () => new Response('by name {text}'));
            try {{ serve({{ fd: 'none' }}, () => new Response()); }} catch (error) {{ console.log(error.code); }}
            console.log('ready', spare.port, env.LISTEN_FDS, env.CORONA_SUPERVISOR);"
        )
    };
    write(&temp, "main.ts", &source("one"));
    let mut command = Command::new("sh");
    let variables = "LISTEN_PID=$$ LISTEN_FDS=2 LISTEN_FDNAMES=web:spare";
    command.args(["-c", &format!("{variables} exec {CORONA} run --watch main.ts 3<&0 4<&0 0</dev/null")]);
    command.current_dir(temp.path()).env("NO_COLOR", "1");
    let mut program = Program::spawn_reading(command, listener.into());
    // Both are one and the same socket here, so either may answer.
    let mut answers = |text: &str| {
        assert_eq!(program.line(), "CORONA1015");
        assert_eq!(program.line(), format!("ready {port} undefined undefined"));
        eventually(text, || [format!("by address {text}"), format!("by name {text}")].contains(&ask(port)));
    };
    answers("one");
    save(&temp, "main.ts", &source("two"));
    answers("two");
}
