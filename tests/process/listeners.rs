//! Listening sockets that a program hands to a process that it starts: the child serves on them, and goes on when its
//! parent listens no more.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::{Program, connect, exchange, read_all};
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;

const ASK: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

/// Hands its server over when a line comes, and closes it.
const PARENT: &str = "
import { spawn } from 'corona:child'; import { serve } from 'corona:http'; import { listen } from 'corona:net';
import { execPath, stdin } from 'corona:process';
const web = serve({ port: 0, hostname: '127.0.0.1' }, () => new Response('parent'));
const lines = listen({ path: 'lines.sock' }, (socket) => socket.write('parent'));
console.log('port', web.port);
stdin.readLine();
const child = spawn(execPath, ['run', 'child.ts', web.port], { listeners: { web, lines }, stdout: 'inherit', stderr: 'inherit' });
stdin.readLine();
web.shutdown();
lines.close();
console.log('closed');
stdin.readLine();
child.kill();
console.log(JSON.stringify(child.wait()));
";

/// Takes one socket by its address, the other by its name.
const CHILD: &str = "
import { serve } from 'corona:http'; import { listen } from 'corona:net'; import { argv, env } from 'corona:process';
const web = serve({ port: Number(argv[2]), hostname: '127.0.0.1' }, () => new Response('child'));
const lines = listen({ fd: 'lines' }, (socket) => socket.write('child'));
console.log('serving', env.LISTEN_FDS, lines.path);
";

fn start(name: &str) -> (TempDir, Program, u16) {
    let temp = TempDir::new(name);
    std::fs::write(temp.path().join("main.ts"), PARENT).expect("the temporary folder can be written");
    std::fs::write(temp.path().join("child.ts"), CHILD).expect("the temporary folder can be written");
    let mut program = Program::start(CORONA, temp.path(), &["run", "main.ts"]);
    let port = program.line_after("port ").parse().expect("a port");
    (temp, program, port)
}

#[test]
fn a_child_serves_on_the_sockets_of_its_parent_and_goes_on_without_it() {
    let (temp, mut program, port) = start("listeners");
    assert!(exchange(port, ASK).ends_with("parent"));
    program.send("go\n");
    assert_eq!(program.line(), "serving undefined lines.sock");
    // Both listen: the connection is somebody's.
    let answer = exchange(port, ASK);
    assert!(answer.ends_with("parent") || answer.ends_with("child"), "{answer}");
    program.send("close\n");
    assert_eq!(program.line(), "closed");
    // The sockets live on, and so does the file of the one that has one.
    for _ in 0..3 {
        assert!(exchange(port, ASK).ends_with("child"));
        let mut stream = UnixStream::connect(temp.path().join("lines.sock")).expect("the child listens");
        let mut said = String::new();
        stream.read_to_string(&mut said).expect("it is text");
        assert_eq!(said, "child");
    }
    program.send("end\n");
    assert_eq!(program.line(), "{\"code\":0,\"signal\":null}");
    assert_eq!(program.finish().code, Some(0));
}

#[test]
fn no_connection_is_lost_while_the_child_takes_over() {
    let (_temp, mut program, port) = start("listeners-load");
    let load = std::thread::spawn(move || {
        let mut answers = Vec::new();
        while answers.last().is_none_or(|last: &String| !last.ends_with("child")) || answers.len() < 50 {
            let mut stream = connect(port);
            stream.write_all(ASK).expect("somebody listens");
            answers.push(read_all(&mut stream));
        }
        answers
    });
    program.send("go\n");
    assert_eq!(program.line(), "serving undefined lines.sock");
    program.send("close\n");
    assert_eq!(program.line(), "closed");
    let answers = load.join().expect("every connection is answered");
    assert!(answers.iter().all(|answer| answer.starts_with("HTTP/1.1 200 OK\r\n")), "{answers:?}");
    program.send("end\n");
    assert_eq!(program.line(), "{\"code\":0,\"signal\":null}");
}
