//! How it ends: with everything that was started, at once or in order, whatever ends it.

use super::load::begin;
use super::{RESTARTED, STARTED, ask, eventually, is_alive, save, service, start, write};
use corona_tests::TempDir;
use corona_tests::program::{Program, read_all};

/// A service with a child and a grandchild of its own, which ignore what can be ignored.
const FAMILY: &str = "
import { spawn } from 'corona:child'; import { pid } from 'corona:process';
const child = spawn('sh', ['-c', `trap '' INT TERM HUP; sleep 1000 & echo $$ $!; wait`], { stderr: 'ignore' });
console.log('family', pid, child.stdout.readLine());
";

fn family(temp: &TempDir, flags: &[&str]) -> (Program, Vec<String>, u16) {
    write(temp, "main.ts", &format!("{FAMILY}{}", service("x")));
    let mut program = start(temp, &[flags, &["main.ts"]].concat());
    let family = program.line_after("family ").split(' ').map(str::to_owned).collect();
    let port = program.line_after("port ").parse().expect("a port");
    (program, family, port)
}

fn expect_dead(family: &[String]) {
    assert_eq!(family.len(), 3, "{family:?}");
    eventually("nobody is left", || family.iter().all(|pid| !is_alive(pid)));
}

#[test]
fn ctrl_c_ends_everything_at_once() {
    let temp = TempDir::new("watch-interrupt");
    let (mut program, family, port) = family(&temp, &["--watch"]);
    program.error_line_with(STARTED);
    assert!(family.iter().all(|pid| is_alive(pid)), "{family:?}");
    // A request that would take for ever does not hold it up.
    let _open = std::net::TcpStream::connect(("127.0.0.1", port));
    program.signal("INT");
    assert_eq!(program.finish().code, Some(130));
    expect_dead(&family);
}

#[test]
fn ctrl_c_ends_a_program_that_listens_to_it_too() {
    let temp = TempDir::new("watch-interrupt-own");
    write(
        &temp,
        "main.ts",
        "import { onSignal } from 'corona:process';
        onSignal('SIGINT', () => console.log('not yet'));
        onSignal('SIGTERM', () => console.log('nor now'));
        console.log('ready');
        setInterval(() => {}, 1000);",
    );
    let mut program = start(&temp, &["--watch", "main.ts"]);
    assert_eq!(program.line(), "ready");
    program.signal("INT");
    let ended = program.finish();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(130), "not yet\n"));
}

#[test]
fn nothing_is_left_when_the_supervisor_is_killed() {
    let temp = TempDir::new("watch-killed");
    // A program in an endless loop has to end as well.
    let (_, family) = {
        let (program, family, _) = family(&temp, &["--watch"]);
        program.signal("KILL");
        (program.finish(), family)
    };
    expect_dead(&family);
    write(
        &temp,
        "loop.ts",
        "import { pid } from 'corona:process'; console.log('pid', pid); setTimeout(() => { for (;;); });",
    );
    let mut program = start(&temp, &["--watch", "loop.ts"]);
    let pid = program.line_after("pid ");
    program.signal("KILL");
    program.finish();
    eventually("the loop has ended", || !is_alive(&pid));
}

#[test]
fn a_restart_leaves_nothing_of_the_old_program() {
    let temp = TempDir::new("watch-orphans");
    let (mut program, family, port) = family(&temp, &["--watch"]);
    program.error_line_with(STARTED);
    save(&temp, "main.ts", &service("new"));
    program.error_line_with(RESTARTED);
    eventually("the new program answers", || ask(port) == "new");
    expect_dead(&family);
}

#[test]
fn a_crash_leaves_nothing_behind() {
    let temp = TempDir::new("watch-crash-orphans");
    write(&temp, "main.ts", &format!("{FAMILY} setTimeout(() => null.x, 20);"));
    let mut program = start(&temp, &["--watch", "main.ts"]);
    let family: Vec<String> = program.line_after("family ").split(' ').map(str::to_owned).collect();
    program.error_line_with("waiting for a change");
    expect_dead(&family);
}

#[test]
fn an_old_program_that_does_not_end_is_ended_after_the_grace() {
    let temp = TempDir::new("watch-stubborn");
    let stubborn = format!(
        "import {{ onSignal }} from 'corona:process'; onSignal('SIGTERM', () => console.log('no'));{FAMILY}{}",
        service("old")
    );
    write(&temp, "main.ts", &stubborn);
    let mut program = start(&temp, &["--watch", "--grace=100ms", "main.ts"]);
    let family: Vec<String> = program.line_after("family ").split(' ').map(str::to_owned).collect();
    program.error_line_with(STARTED);
    save(&temp, "main.ts", &service("new"));
    assert_eq!(program.line_after("no"), "");
    expect_dead(&family);
}

#[test]
fn sigterm_finishes_what_was_begun() {
    let temp = TempDir::new("watch-term");
    write(
        &temp,
        "main.ts",
        "import { serve } from 'corona:http'; import { exists } from 'corona:fs'; import { sleep } from 'corona';
        const server = serve({ port: 0, hostname: '127.0.0.1' }, () => {
          console.log('begun');
          while (!exists('go')) sleep(5);
          return new Response('finished');
        });
        console.log('port', server.port);",
    );
    let mut program = start(&temp, &["--watch", "main.ts"]);
    let port = program.line_after("port ").parse().expect("a port");
    let mut running = begin(port, "/");
    assert_eq!(program.line(), "begun");
    program.signal("TERM");
    write(&temp, "go", "");
    assert!(read_all(&mut running).ends_with("finished"));
    assert_eq!(program.finish().code, Some(0));
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
}

#[test]
fn rs_and_enter_or_sighup_restart() {
    let temp = TempDir::new("watch-rs");
    write(
        &temp,
        "main.ts",
        &format!("import {{ pid }} from 'corona:process'; {}", service("").replace("\"\"", "`${pid}`")),
    );
    let mut program = start(&temp, &["--watch", "main.ts"]);
    let port = program.line_after("port ").parse().expect("a port");
    program.error_line_with(STARTED);
    let first = ask(port);
    program.send("what\nr");
    program.send("s\n");
    program.error_line_with(RESTARTED);
    eventually("another process answers", || ask(port) != first);
    eventually("the first has ended", || !is_alive(&first));
    let second = ask(port);
    program.signal("HUP");
    program.error_line_with(RESTARTED);
    eventually("another process answers", || ask(port) != second);
    // The end of standard input is no reason to end.
    program.close_stdin();
    save(&temp, "main.ts", &service("still here"));
    program.error_line_with(RESTARTED);
    eventually("the new program answers", || ask(port) == "still here");
}

#[test]
fn sigquit_shows_the_coroutines_of_the_program() {
    let temp = TempDir::new("watch-quit");
    write(
        &temp,
        "main.ts",
        "import { sleep } from 'corona';
        function waitsHere() { sleep(1e8); }
        console.log('ready'); waitsHere();",
    );
    let mut program = start(&temp, &["--watch", "main.ts"]);
    assert_eq!(program.line(), "ready");
    program.error_line_with(STARTED);
    program.signal("QUIT");
    program.error_line_with("waitsHere");
    assert!(program.is_running());
}
