//! Standard streams of every kind: closed, nothing, a file, a slow pipe, a socket, and one that others share.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::Program;
use std::fs::{read_to_string, write};
use std::process::Command;
use std::time::Duration;

/// Runs `source` by a line for the shell, in which `$RUN` starts it; what it printed and the exit code.
fn shell(temp: &TempDir, line: &str, source: &str) -> String {
    write(temp.path().join("main.js"), source).unwrap();
    let line = line.replace("$RUN", &format!("{CORONA} run main.js"));
    let output = Command::new("bash").args(["-c", &line]).current_dir(temp.path()).output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

const READ: &str = "import { stdin } from 'corona:process'; console.log(JSON.stringify(stdin.text()));";

#[test]
fn input_may_be_anything() {
    let temp = TempDir::new("stdin");
    write(temp.path().join("input"), "from a file").unwrap();
    assert_eq!(shell(&temp, "$RUN <input", READ), "\"from a file\"\n");
    assert_eq!(shell(&temp, "(read -N 5; $RUN) <input", READ), "\"a file\"\n", "the position is shared");
    assert_eq!(shell(&temp, "$RUN </dev/null", READ), "\"\"\n");
    assert_eq!(shell(&temp, "$RUN <&-", READ), "\"\"\n");
    assert_eq!(shell(&temp, "(printf a; sleep 0.2; printf b) | $RUN", READ), "\"ab\"\n");
    assert_eq!(shell(&temp, "printf gone | (sleep 0.2; $RUN)", READ), "\"gone\"\n", "the writer has ended before");
    assert_eq!(shell(&temp, "mkfifo fifo; (sleep 0.1; echo x >fifo) & $RUN <fifo", READ), "\"x\\n\"\n");
    let closed = shell(&temp, "$RUN <. ", READ);
    assert!(closed.contains("EISDIR: illegal operation on a directory, read"), "{closed}");
}

#[test]
fn descriptors_that_were_closed_are_not_given_away() {
    let temp = TempDir::new("closed");
    let source = "import { listen } from 'corona:net'; import { readlink } from 'corona:fs';
        using server = listen({ port: 0 });
        console.log('lost'); console.error('lost');
        process.exitCode = ['0', '1', '2'].every((fd) => readlink('/proc/self/fd/' + fd) === '/dev/null') ? 0 : 9;";
    assert_eq!(shell(&temp, "$RUN <&- >&- 2>&-; code=$?; echo $code", source), "0\n");
}

#[test]
fn output_to_a_file_keeps_its_order_and_its_errors() {
    let temp = TempDir::new("out-file");
    let source = "import { stdout } from 'corona:process'; console.log(1); stdout.write('2\\n'); console.error(3); console.log(4);";
    shell(&temp, "$RUN >out 2>&1", source);
    assert_eq!(read_to_string(temp.path().join("out")).unwrap(), "1\n2\n3\n4\n");
    shell(&temp, "$RUN >>out 2>&1", source);
    assert_eq!(read_to_string(temp.path().join("out")).unwrap(), "1\n2\n3\n4\n1\n2\n3\n4\n");
    let full = shell(&temp, "$RUN >/dev/full", source);
    assert!(full.contains("ENOSPC: no space left on device, write"), "{full}");
}

#[test]
fn a_slow_reader_stops_the_writer_and_nobody_else() {
    let temp = TempDir::new("slow");
    let source = "import { stdout } from 'corona:process';
        let ticks = 0;
        const ticker = setInterval(() => ticks++, 1);
        stdout.write('x'.repeat(1 << 20));
        clearInterval(ticker);
        console.error(ticks > 20 ? 'ticked' : ticks);";
    assert_eq!(shell(&temp, "$RUN | (sleep 0.3; wc -c)", source), "1048576\nticked\n");
}

#[test]
fn shared_descriptions_stay_as_they_were() {
    let temp = TempDir::new("shared");
    let source = "import { stdin, stdout } from 'corona:process'; stdout.write('out\\n'); stdin.readLine();";
    // bash's own reads and writes would fail if O_NONBLOCK (04000) were left behind; so it is looked for.
    let flags = "for fd in 0 1; do grep flags /proc/$BASHPID/fdinfo/$fd >&2; done";
    let line = format!("echo in | (sleep 0.1; $RUN; {flags}) | cat");
    let output = shell(&temp, &line, source);
    assert_eq!(output.matches("out").count(), 1, "{output}");
    let flags: Vec<u32> = output
        .lines()
        .filter_map(|line| line.strip_prefix("flags:"))
        .map(|flags| u32::from_str_radix(flags.trim(), 8).unwrap())
        .collect();
    assert_eq!(flags.len(), 2, "{output}");
    assert!(flags.iter().all(|flags| flags & 0o4000 == 0), "{output}");
}

#[test]
fn a_reader_that_is_a_socket_is_served() {
    use std::io::{Read, Write};
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    let temp = TempDir::new("socket");
    let source = "import { stdin, stdout } from 'corona:process';
        const line = stdin.readLine(); stdout.write(line + 'x'.repeat(1 << 20)); console.log('end');";
    write(temp.path().join("main.js"), source).unwrap();
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    let theirs = OwnedFd::from(theirs);
    let mut command = Command::new(CORONA);
    command.args(["run", "main.js"]).current_dir(temp.path());
    command.stdin(theirs.try_clone().unwrap()).stdout(theirs);
    let mut child = command.spawn().unwrap();
    drop(command);
    ours.write_all(b"first\n").unwrap();
    std::thread::sleep(Duration::from_millis(200));
    let mut text = String::new();
    ours.read_to_string(&mut text).unwrap();
    assert!(
        text.starts_with("firstxxx") && text.ends_with("xend\n") && text.len() == 5 + (1 << 20) + 4,
        "{}",
        text.len()
    );
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_read_that_never_ends_stops_nobody() {
    let temp = TempDir::new("waiting");
    let source = "import { stdin } from 'corona:process'; import { spawn } from 'corona:child'; import { open } from 'corona:fs';
        import { run } from 'corona:child';
        run('mkfifo', ['fifo']);
        stdin.future.read();
        open.future('fifo').then((file) => console.log('opened', file.readLine()));
        spawn('sleep', ['100']).future.wait();
        for (let i = 0; i < 40; i++) open.future('/dev/ptmx', 'r').then((tty) => tty.read());
        let ticks = 0;
        const ticker = setInterval(() => { if (++ticks === 50) console.log('ticked'); }, 1);";
    write(temp.path().join("main.js"), source).unwrap();
    let mut program = Program::start(CORONA, temp.path(), &["run", "main.js"]);
    assert_eq!(program.line(), "ticked");
    write(temp.path().join("fifo"), "through\n").unwrap();
    assert_eq!(program.line(), "opened through");
    assert!(program.is_running());
}
