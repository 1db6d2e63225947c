//! TCP servers whose world is unkind: descriptors that run out, peers that vanish in the middle.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::{Program, connect, read_until};
use std::io::Write;
use std::process::Command;
use std::thread;
use std::time::Duration;

const SERVER: &str = "
import { listen } from 'corona:net';
const server = listen({ port: 0, hostname: '127.0.0.1' }, (socket) => {
  socket.write('hello\\n');
  while (socket.read() !== null);
});
console.log(server.port);
";

/// Starts the server with so many descriptors; the port comes first.
fn serve(temp: &TempDir, descriptors: u32) -> (Program, u16) {
    std::fs::write(temp.path().join("main.mjs"), SERVER).expect("the temporary folder can be written");
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -n {descriptors}; exec {CORONA} run main.mjs")]).current_dir(temp.path());
    let mut program = Program::spawn(command);
    let port = program.line().parse().expect("a port");
    (program, port)
}

#[test]
fn a_server_without_descriptors_rests_and_then_goes_on() {
    let temp = TempDir::new("net-descriptors");
    let (mut program, port) = serve(&temp, 40);
    let mut sockets: Vec<_> = (0..60).map(|_| connect(port)).collect();
    read_until(&mut sockets[0], "hello\n");
    thread::sleep(Duration::from_millis(200));
    let before = ticks(&program);
    thread::sleep(Duration::from_secs(1));
    // Of 100 ticks a spinning loop takes nearly all.
    assert!(ticks(&program) - before < 50, "it spins");
    sockets.drain(..45);
    for mut socket in sockets {
        read_until(&mut socket, "hello\n");
    }
    read_until(&mut connect(port), "hello\n");
    assert!(program.is_running());
}

/// Processor time that the program has used, in hundredths of a second.
fn ticks(program: &Program) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", program.id())).expect("it runs");
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    fields[11..13].iter().map(|field| field.parse::<u64>().expect("a number")).sum()
}

#[test]
fn peers_that_vanish_leave_nothing_behind() {
    let temp = TempDir::new("net-vanish");
    let (mut program, port) = serve(&temp, 1024);
    read_until(&mut connect(port), "hello\n");
    thread::sleep(Duration::from_millis(100));
    let count = program.descriptors();
    for round in 0..50 {
        let mut socket = connect(port);
        let _ = socket.write_all(&vec![b'x'; round * 1000]);
        if round % 2 == 0 {
            read_until(&mut socket, "hello\n");
        }
        // Closed with data unread, the kernel sends a reset.
    }
    program.expect_descriptors(count);
    read_until(&mut connect(port), "hello\n");
}
