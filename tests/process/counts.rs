//! System calls a request. They are counts, not times, so they are the same on every machine: committed in
//! `tests/bench/counts.txt`, compared here, rewritten with `BLESS=1`.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::{Program, connect, read_until};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;

const REQUESTS: usize = 400;
const SERVER: &str = "
import { serve } from 'corona:http';
const server = serve({ port: 0, hostname: '127.0.0.1' }, () => new Response('hello'));
console.log('port', server.port);
";

#[test]
fn system_calls_of_a_request() {
    if !tracing_works() {
        println!("strace is missing or may not trace here; nothing was compared");
        return;
    }
    let idle = calls(0);
    let busy = calls(REQUESTS);
    let mut text = String::from("# System calls of one request on a keep-alive connection, by name. Made by a test.\n");
    // How often it looks for news depends on how fast the client is, so that is no count of the server's.
    for (name, count) in busy.iter().filter(|(name, _)| *name != "epoll_wait") {
        let more = count.saturating_sub(*idle.get(name).unwrap_or(&0));
        // What happens now and then (memory for the heap, threads of the collector) rounds to nothing.
        let each = (more + REQUESTS / 2) / REQUESTS;
        if each > 0 {
            writeln!(text, "{name} {each}").expect("strings take everything");
        }
    }
    let path = corona_tests::root().join("tests/bench/counts.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &text).expect("the file can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, text, "if this is right: BLESS=1 cargo test --package corona --test process counts");
}

fn tracing_works() -> bool {
    Command::new("strace").args(["-c", "-o", "/dev/null", "true"]).output().is_ok_and(|output| output.status.success())
}

/// Runs the server, makes that many requests, and counts the system calls of its whole life.
fn calls(requests: usize) -> BTreeMap<String, usize> {
    let temp = TempDir::new("counts");
    std::fs::write(temp.path().join("main.ts"), SERVER).expect("the temporary folder can be written");
    let table = temp.path().join("table");
    let mut command = Command::new("strace");
    command.args(["-f", "-c", "-o"]).arg(&table).args([CORONA, "run", "main.ts"]).current_dir(temp.path());
    let mut tracer = Program::spawn(command);
    let port = tracer.line_after("port").parse().expect("a port");
    let mut stream = connect(port);
    for _ in 0..requests {
        stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").expect("the server reads");
        read_until(&mut stream, "hello");
    }
    let children = std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", tracer.id())).unwrap_or_default();
    let _ = Command::new("sh").args(["-c", &format!("kill -KILL {children}")]).status();
    tracer.finish();
    let table = std::fs::read_to_string(&table).expect("strace has written its table");
    table.lines().filter_map(count_of_line).collect()
}

/// `  0.00    0.000000           0        12         1 read`: name and number of calls.
fn count_of_line(line: &str) -> Option<(String, usize)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let name = words.last().filter(|name| **name != "total")?;
    Some(((*name).to_owned(), words.get(3)?.parse().ok()?))
}
