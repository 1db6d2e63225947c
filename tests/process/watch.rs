//! `corona run --watch` and `--workers`: real files, sockets and signals. Nothing here waits for time to pass: tests wait
//! for a line, an answer, or the end of a process.

mod build;
mod check;
mod end;
mod files;
mod load;
mod serving;
mod terminal;
mod websockets;
mod workers;

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::{Program, exchange};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a condition may take to come true.
const LIMIT: Duration = Duration::from_secs(30);

const RESTARTED: &str = "[watch] restarted in";
const STARTED: &str = "[watch] started in";

fn write(temp: &TempDir, name: &str, text: &str) {
    let path = temp.path().join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the temporary folder can be written");
    std::fs::write(path, text).expect("the temporary folder can be written");
}

/// Replaces the file as editors do: another one is renamed over it.
fn save(temp: &TempDir, name: &str, text: &str) {
    let (path, new) = (temp.path().join(name), temp.path().join(format!("{name}.tmp~")));
    std::fs::write(&new, text).expect("the temporary folder can be written");
    std::fs::rename(new, path).expect("the temporary folder can be written");
}

fn start(temp: &TempDir, args: &[&str]) -> Program {
    Program::start(CORONA, temp.path(), &[&["run"], args].concat())
}

/// The source of a service that answers with `text`; the line `port …` says where.
fn service(text: &str) -> String {
    format!(
        "import {{ serve }} from 'corona:http';
const server = serve({{ port: 0, hostname: '127.0.0.1' }}, () => new Response({text:?}));
console.log('port', server.port);
"
    )
}

/// Starts watching a service that answers with `text`.
fn serving(temp: &TempDir, flags: &[&str], text: &str) -> (Program, u16) {
    write(temp, "main.ts", &service(text));
    let mut program = start(temp, &[&["--watch"], flags, &["main.ts"]].concat());
    let port = program.line_after("port ").parse().expect("a port");
    program.error_line_with(STARTED);
    (program, port)
}

/// The body of an answer on a fresh connection.
fn ask(port: u16) -> String {
    let answer = exchange(port, b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    answer.split_once("\r\n\r\n").map_or(answer.clone(), |(_, body)| body.to_owned())
}

fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + LIMIT;
    while !holds() {
        assert!(Instant::now() < end, "it never came true: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Whether the process is there and has not ended.
fn is_alive(pid: &str) -> bool {
    let stat = std::fs::read_to_string(Path::new("/proc").join(pid).join("stat")).unwrap_or_default();
    stat.rsplit(") ").next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['Z', 'X']))
}
