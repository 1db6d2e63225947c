//! How a service ends: SIGTERM lets requests finish. And how it begins when somebody else listens for it: `LISTEN_FDS`.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::{Ended, Program, connect, exchange, read_all, read_until};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::process::Command;

fn run(name: &str, source: &str, flags: &[&str]) -> (TempDir, Program) {
    let temp = TempDir::new(name);
    std::fs::write(temp.path().join("main.ts"), source).expect("the temporary folder can be written");
    let args = [&["run"], flags, &["main.ts"]].concat();
    let program = Program::start(CORONA, temp.path(), &args);
    (temp, program)
}

fn port(program: &mut Program) -> u16 {
    program.line_after("port ").parse().expect("a port")
}

/// A service whose requests to `/slow` end when a file called `go` is there.
const SERVICE: &str = "
import { serve } from 'corona:http'; import { exists } from 'corona:fs'; import { sleep } from 'corona';
const server = serve({ port: 0, hostname: '127.0.0.1' }, (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === '/slow') { console.log('slow'); while (!exists('go')) sleep(5); }
  if (pathname === '/never') { console.log('never'); sleep(1e8); }
  return new Response(pathname);
});
console.log('port', server.port);
server.finished.then(() => console.log('finished'));
";

const KEEP_ALIVE: &[u8] = b"GET /fast HTTP/1.1\r\nhost: a\r\n\r\n";

#[test]
fn sigterm_lets_the_running_request_finish_and_refuses_new_connections() {
    let (temp, mut program) = run("drain", SERVICE, &[]);
    let port = port(&mut program);
    let mut slow = connect(port);
    slow.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").expect("it listens");
    assert_eq!(program.line(), "slow");
    program.signal("TERM");
    // Only once it has stopped listening is a connection refused.
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {}
    assert!(program.is_running());
    std::fs::write(temp.path().join("go"), "").expect("the temporary folder can be written");
    let answer = read_all(&mut slow);
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("/slow"), "{answer}");
    assert!(answer.contains("connection: close\r\n"), "{answer}");
    let Ended { code, signal, stdout, stderr } = program.finish();
    assert_eq!((code, signal, stdout.as_str(), stderr.as_str()), (Some(0), None, "finished\n", ""));
}

#[test]
fn a_keep_alive_connection_gets_one_more_answer_that_says_it_was_the_last() {
    let (temp, mut program) = run("drain-idle", SERVICE, &[]);
    let port = port(&mut program);
    let mut slow = connect(port);
    slow.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").expect("it listens");
    assert_eq!(program.line(), "slow");
    let mut idle = connect(port);
    idle.write_all(KEEP_ALIVE).expect("it listens");
    let answer = read_until(&mut idle, "/fast");
    assert!(!answer.contains("connection: close"), "{answer}");
    program.signal("TERM");
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {}
    idle.write_all(KEEP_ALIVE).expect("it is still open");
    let answer = read_all(&mut idle);
    assert!(answer.contains("connection: close\r\n") && answer.ends_with("/fast"), "{answer}");
    std::fs::write(temp.path().join("go"), "").expect("the temporary folder can be written");
    assert!(read_all(&mut slow).ends_with("/slow"));
    assert_eq!(program.finish().code, Some(0));
}

#[test]
fn what_takes_longer_than_the_grace_is_cut_off() {
    let (_temp, mut program) = run("drain-grace", SERVICE, &["--grace=200ms"]);
    let port = port(&mut program);
    let mut never = connect(port);
    never.write_all(b"GET /never HTTP/1.1\r\nhost: a\r\n\r\n").expect("it listens");
    assert_eq!(program.line(), "never");
    program.signal("TERM");
    assert_eq!(program.finish().code, Some(0));
    assert_eq!(read_all(&mut never), "");
}

#[test]
fn a_second_sigterm_does_not_wait() {
    let (_temp, mut program) = run("drain-twice", SERVICE, &["--grace=1m"]);
    let port = port(&mut program);
    let mut never = connect(port);
    never.write_all(b"GET /never HTTP/1.1\r\nhost: a\r\n\r\n").expect("it listens");
    assert_eq!(program.line(), "never");
    program.signal("TERM");
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {}
    program.signal("TERM");
    assert_eq!(program.finish().signal, Some(15));
}

#[test]
fn a_program_that_listens_to_sigterm_ends_itself() {
    let source = format!(
        "{SERVICE}
import {{ onSignal, onShutdown, exit }} from 'corona:process';
onShutdown(() => console.log('never called'));
onSignal('SIGTERM', () => {{ console.log('mine'); server.shutdown(); exit(7); }});"
    );
    let (_temp, mut program) = run("drain-own", &source, &[]);
    let port = port(&mut program);
    program.signal("TERM");
    assert_eq!(program.line(), "mine");
    let ended = program.finish();
    assert_eq!((ended.code, ended.stdout.contains("never called")), (Some(7), false));
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
}

#[test]
fn cleanup_runs_after_the_last_request_and_may_block() {
    let source = format!(
        "{SERVICE}
import {{ onExit, onShutdown }} from 'corona:process';
onShutdown(() => {{ sleep(5); console.log('closed'); }});
onShutdown(async () => {{ await 0; console.log('closed too'); }}) ;
onShutdown(() => console.log('not called'))[Symbol.dispose]();
onExit((code) => console.log('exit', code));"
    );
    let (temp, mut program) = run("drain-cleanup", &source, &[]);
    let port = port(&mut program);
    let mut slow = connect(port);
    slow.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").expect("it listens");
    assert_eq!(program.line(), "slow");
    program.signal("TERM");
    std::fs::write(temp.path().join("go"), "").expect("the temporary folder can be written");
    assert!(read_all(&mut slow).ends_with("/slow"));
    let ended = program.finish();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "finished\nclosed\nclosed too\nexit 0\n"));
}

#[test]
fn cleanup_needs_no_server() {
    let (_temp, mut program) = run(
        "drain-worker",
        "import { onShutdown } from 'corona:process';
        onShutdown(() => console.log('bye'));
        setInterval(() => {}, 1000);
        console.log('ready');",
        &[],
    );
    assert_eq!(program.line(), "ready");
    program.signal("TERM");
    let ended = program.finish();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "bye\n"));
}

#[test]
fn connections_of_a_tcp_service_come_to_their_end() {
    let (_temp, mut program) = run(
        "drain-tcp",
        "import { listen } from 'corona:net';
        const handled = listen({ port: 0, hostname: '127.0.0.1' }, (socket) => {
          socket.write('hello\\n');
          socket.write(socket.readLine() + '!\\n');
        });
        const looped = listen({ port: 0, hostname: '127.0.0.1' });
        console.log('port', handled.port);
        console.log('port', looped.port);
        for (const socket of looped) { socket.write('one\\n'); socket.close(); }
        console.log('no further connection');",
        &[],
    );
    let (handled, looped) = (port(&mut program), port(&mut program));
    let mut open = connect(handled);
    read_until(&mut open, "hello\n");
    assert_eq!(exchange(looped, b""), "one\n");
    program.signal("TERM");
    assert_eq!(program.line(), "no further connection");
    assert!(program.is_running());
    open.write_all(b"bye\n").expect("it is still open");
    assert_eq!(read_all(&mut open), "bye!\n");
    assert_eq!(program.finish().code, Some(0));
}

#[test]
fn a_closed_server_leaves_sigterm_as_it_was() {
    let (_temp, mut program) = run(
        "drain-closed",
        "import { serve } from 'corona:http';
        serve({ port: 0 }, () => new Response()).close();
        setInterval(() => {}, 1000);
        console.log('ready');",
        &[],
    );
    assert_eq!(program.line(), "ready");
    program.signal("TERM");
    assert_eq!(program.finish().signal, Some(15));
}

/// Starts the program with `listener` as descriptors 3 and 4, as systemd would: called by `names`, and meant for `pid`.
/// The shell becomes the program, so that `$$` is its number.
fn handed_over(temp: &TempDir, listener: impl Into<OwnedFd>, names: &str, pid: &str, source: &str) -> Program {
    std::fs::write(temp.path().join("main.ts"), source).expect("the temporary folder can be written");
    let variables = format!("LISTEN_PID={pid} LISTEN_FDS=2 LISTEN_FDNAMES={names}");
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{variables} exec {CORONA} run main.ts 3<&0 4<&0 0</dev/null")]);
    command.current_dir(temp.path()).env("NO_COLOR", "1");
    Program::spawn_reading(command, listener.into())
}

fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    (listener, port)
}

const ASK: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

#[test]
fn a_socket_that_was_handed_over_is_found_by_its_address() {
    let temp = TempDir::new("listen-fds");
    let (listener, port) = listener();
    let source = format!(
        "import {{ serve }} from 'corona:http'; import {{ env }} from 'corona:process'; import {{ run }} from 'corona:child';
        const server = serve({{ port: {port}, hostname: '127.0.0.1' }}, () => new Response('adopted'));
        console.log(server.port, env.LISTEN_FDS, env.LISTEN_PID, env.LISTEN_FDNAMES);
        console.log(run('sh', ['-c', 'ls /proc/self/fd | wc -l']).stdout);
        server.close();
        console.log('closed');"
    );
    let other = listener.try_clone().expect("a copy");
    let mut program = handed_over(&temp, listener, "web:spare", "$$", &source);
    assert_eq!(program.line(), format!("{port} undefined undefined undefined"));
    // Standard streams, and the folder that `ls` reads: nothing of what was handed over.
    assert_eq!(program.line(), "4");
    while program.line() != "closed" {}
    assert_eq!(program.finish().code, Some(0));
    // Whoever else has the socket can go on listening.
    let _client = connect(port);
    other.accept().expect("it listens");
}

#[test]
fn sockets_are_asked_for_by_name_and_by_number() {
    let temp = TempDir::new("listen-names");
    let (listener, port) = listener();
    let mut program = handed_over(
        &temp,
        listener,
        "web:raw",
        "$$",
        "import { serve } from 'corona:http'; import { listen } from 'corona:net';
        for (const fd of ['none', 9]) try { serve({ fd }, () => new Response()); } catch (error) { console.log(error.code, error.message); }
        const raw = listen({ fd: 4 });
        console.log(raw.port, raw.hostname, raw.path);
        raw.close();
        try { listen({ fd: 'raw' }); } catch (error) { console.log(error.code); }
        const server = serve({ fd: 'web' }, () => new Response('by name'));
        console.log(JSON.stringify(server.address));",
    );
    assert_eq!(program.line(), "CORONA1015 no listening socket is called \"none\" (LISTEN_FDS); there are: web, raw");
    assert!(program.line().starts_with("CORONA1015 no listening socket is called \"9\""));
    assert_eq!(program.line(), format!("{port} 127.0.0.1 undefined"));
    assert_eq!(program.line(), "CORONA1015");
    assert_eq!(program.line(), format!("{{\"hostname\":\"127.0.0.1\",\"port\":{port}}}"));
    assert!(exchange(port, ASK).ends_with("by name"));
}

#[test]
fn sockets_that_are_meant_for_another_process_are_left_alone() {
    let temp = TempDir::new("listen-pid");
    let (listener, port) = listener();
    let mut program = handed_over(
        &temp,
        listener,
        "web:raw",
        "1",
        &format!(
            "import {{ serve }} from 'corona:http';
            try {{ serve({{ port: {port}, hostname: '127.0.0.1' }}, () => new Response()); }} catch (error) {{ console.log(error.code); }}
            try {{ serve({{ fd: 3 }}, () => new Response()); }} catch (error) {{ console.log(error.code); }}"
        ),
    );
    assert_eq!(program.line(), "EADDRINUSE");
    assert_eq!(program.line(), "CORONA1015");
}

#[test]
fn a_unix_domain_socket_that_was_handed_over_keeps_its_file() {
    let temp = TempDir::new("listen-unix");
    let path = temp.path().join("web.sock");
    let listener = UnixListener::bind(&path).expect("a socket in a fresh folder");
    let source = format!(
        "import {{ serve }} from 'corona:http'; import {{ listen }} from 'corona:net';
        const server = serve({{ path: {path:?} }}, () => new Response('over a path'));
        console.log(server.path);
        const second = listen({{ fd: 4 }});
        console.log(second.path);
        second.close();"
    );
    let mut program = handed_over(&temp, listener, "a:b", "$$", &source);
    assert_eq!(program.line(), path.to_str().expect("UTF-8"));
    assert_eq!(program.line(), path.to_str().expect("UTF-8"));
    let mut stream = UnixStream::connect(&path).expect("it listens");
    stream.write_all(ASK).expect("it listens");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.ends_with("over a path"), "{answer}");
    program.signal("TERM");
    assert_eq!(program.finish().code, Some(0));
    assert!(path.exists());
}
