//! What a client sees while the program is replaced: nothing.

use super::load::{Load, begin};
use super::{RESTARTED, STARTED, ask, eventually, save, service, serving, start, write};
use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::{Program, read_all};
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::process::Command;

#[test]
fn fifty_restarts_under_load_lose_no_request() {
    let temp = TempDir::new("watch-load");
    let (mut program, port) = serving(&temp, &[], "0");
    let load = Load::on(port);
    for round in 1..=50 {
        save(&temp, "main.ts", &service(&round.to_string()));
        program.error_line_with(RESTARTED);
        // The old one has stopped accepting, or is about to; whoever asks afresh gets the new one before long.
        eventually("the new program answers", || ask(port) == round.to_string());
    }
    let answered = load.finish();
    assert!(answered > 100, "only {answered} requests were made");
}

#[test]
fn a_program_that_does_not_compile_leaves_the_old_one_serving() {
    let temp = TempDir::new("watch-syntax");
    let (mut program, port) = serving(&temp, &[], "old");
    save(&temp, "main.ts", "let = ;");
    program.error_line_with("error[CORONA1011]");
    program.error_line_with("[watch] the program failed (exit code 1): the old program goes on");
    assert_eq!(ask(port), "old");
    save(&temp, "main.ts", &service("new"));
    program.error_line_with(RESTARTED);
    eventually("the new program answers", || ask(port) == "new");
}

#[test]
fn a_program_that_dies_before_it_listens_leaves_the_old_one_serving() {
    let temp = TempDir::new("watch-dies");
    let (mut program, port) = serving(&temp, &[], "old");
    save(&temp, "main.ts", &format!("import {{ sleep }} from 'corona'; sleep(20); null.x;{}", service("never")));
    program.error_line_with("TypeError");
    program.error_line_with("the old program goes on");
    assert_eq!(ask(port), "old");
    // It listens, and fails in the same breath.
    save(&temp, "main.ts", &format!("{} null.x;", service("never")));
    program.error_line_with("TypeError");
    program.error_line_with("the old program goes on");
    assert_eq!(ask(port), "old");
}

#[test]
fn requests_that_run_are_answered_by_the_program_that_began_them() {
    let temp = TempDir::new("watch-slow");
    let slow = |text: &str| {
        format!(
            "import {{ serve }} from 'corona:http'; import {{ exists }} from 'corona:fs'; import {{ sleep }} from 'corona';
            const server = serve({{ port: 0, hostname: '127.0.0.1' }}, (request) => {{
              if (request.url.endsWith('/slow')) {{ console.log('slow'); while (!exists('go')) sleep(5); }}
              return new Response('{text}');
            }});
            console.log('port', server.port);"
        )
    };
    write(&temp, "main.ts", &slow("old"));
    let mut program = start(&temp, &["--watch", "main.ts"]);
    let port: u16 = program.line_after("port ").parse().expect("a port");
    program.error_line_with(STARTED);
    let mut running = begin(port, "/slow");
    assert_eq!(program.line(), "slow");
    save(&temp, "main.ts", &slow("new"));
    program.error_line_with(RESTARTED);
    eventually("the new program answers", || ask(port) == "new");
    write(&temp, "go", "");
    assert!(read_all(&mut running).ends_with("old"));
}

#[test]
fn a_second_port_of_the_same_kind_keeps_its_number_too() {
    let temp = TempDir::new("watch-ports");
    let two =
        |text: &str| format!("{}{}", service(text), service(text).replace("import", "// ").replace("server", "other"));
    write(&temp, "main.ts", &two("old"));
    let mut program = start(&temp, &["--watch", "main.ts"]);
    let mut ports = || [program.line_after("port "), program.line_after("port ")];
    let before = ports();
    save(&temp, "main.ts", &two("new"));
    assert_eq!(ports(), before);
}

#[test]
fn another_interface_of_the_same_port_is_no_address_in_use() {
    let temp = TempDir::new("watch-interface");
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = free.local_addr().expect("bound").port();
    drop(free);
    let at = |host: &str, text: &str| {
        service(text).replace("port: 0", &format!("port: {port}")).replace("hostname: '127.0.0.1'", host)
    };
    write(&temp, "main.ts", &at("hostname: '127.0.0.1'", "one"));
    let mut program = start(&temp, &["--watch", "main.ts"]);
    program.error_line_with(STARTED);
    for (host, text) in [("hostname: '0.0.0.0'", "four"), ("", "all"), ("hostname: '127.0.0.1'", "one again")] {
        save(&temp, "main.ts", &at(host, text));
        program.error_line_with(RESTARTED);
        eventually(text, || ask(port) == text);
    }
}

#[test]
fn a_server_that_the_program_closes_refuses_at_once() {
    let temp = TempDir::new("watch-close");
    write(
        &temp,
        "main.ts",
        &format!("{} server.close(); console.log('closed'); setInterval(() => {{}}, 1000);", service("x")),
    );
    let mut program = start(&temp, &["--watch", "main.ts"]);
    let port: u16 = program.line_after("port ").parse().expect("a port");
    assert_eq!(program.line(), "closed");
    eventually("it is refused", || std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
}

#[test]
fn a_unix_domain_socket_stays_where_it_is() {
    let temp = TempDir::new("watch-unix");
    let at_path = |text: &str| {
        format!("import {{ serve }} from 'corona:http'; serve({{ path: 'web.sock' }}, () => new Response('{text}'));")
    };
    let ask = || {
        let mut answer = String::new();
        let mut stream = UnixStream::connect(temp.path().join("web.sock")).expect("it listens");
        stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").expect("it listens");
        stream.read_to_string(&mut answer).expect("an answer");
        answer.split_once("\r\n\r\n").map_or(String::new(), |(_, body)| body.to_owned())
    };
    write(&temp, "main.ts", &at_path("old"));
    let mut program = start(&temp, &["--watch", "main.ts"]);
    program.error_line_with(STARTED);
    assert_eq!(ask(), "old");
    save(&temp, "main.ts", &at_path("new"));
    program.error_line_with(RESTARTED);
    eventually("the new program answers", || ask() == "new");
    program.signal("TERM");
    assert_eq!(program.finish().code, Some(0));
    assert!(!temp.path().join("web.sock").exists());
}

#[test]
fn a_program_that_does_not_listen_never_runs_twice_at_a_time() {
    let temp = TempDir::new("watch-worker");
    let worker = |text: &str| {
        format!(
            "import {{ onShutdown }} from 'corona:process'; import {{ sleep }} from 'corona';
            onShutdown(() => {{ sleep(50); console.log('{text} ends'); }});
            console.log('{text} begins');
            while (true) sleep(1000);"
        )
    };
    write(&temp, "main.ts", &worker("old"));
    let mut program = start(&temp, &["--watch", "main.ts"]);
    assert_eq!(program.line(), "old begins");
    // What does not compile ends nobody.
    save(&temp, "main.ts", "let = ;");
    program.error_line_with("the old program goes on");
    save(&temp, "main.ts", &worker("new"));
    assert_eq!(program.line(), "old ends");
    assert_eq!(program.line(), "new begins");
}

#[test]
fn a_program_that_ends_is_run_again_after_a_change() {
    let temp = TempDir::new("watch-script");
    write(&temp, "main.ts", "console.log('one');");
    let mut program = start(&temp, &["--watch", "main.ts"]);
    assert_eq!(program.line(), "one");
    program.error_line_with("[watch] the program has ended; waiting for a change");
    save(&temp, "main.ts", "console.log('two');");
    assert_eq!(program.line(), "two");
    program.error_line_with("waiting for a change");
    // A service that becomes a script stops serving.
    save(&temp, "main.ts", &service("served"));
    let port: u16 = program.line_after("port ").parse().expect("a port");
    program.error_line_with(RESTARTED);
    assert_eq!(ask(port), "served");
    save(&temp, "main.ts", "console.log('three');");
    assert_eq!(program.line_after("three"), "");
    eventually("it is refused", || std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
}

#[test]
fn a_crash_is_shown_and_waits_for_a_change() {
    let temp = TempDir::new("watch-crash");
    let (mut program, port) = serving(&temp, &[], "well");
    save(&temp, "main.ts", &format!("{} setTimeout(() => {{ throw new Error('oops'); }}, 300);", service("ill")));
    program.error_line_with(RESTARTED);
    program.error_line_with("Error: oops");
    program.error_line_with("[watch] the program failed (exit code 1): waiting for a change");
    // Who asks now is answered by the next one.
    let asking = std::thread::spawn(move || ask(port));
    save(&temp, "main.ts", &service("well again"));
    program.error_line_with(RESTARTED);
    assert_eq!(asking.join().expect("an answer"), "well again");
}

#[test]
fn a_program_that_fails_again_and_again_is_restarted_more_slowly() {
    let temp = TempDir::new("watch-loop");
    // It changes what is watched, and fails: left alone it would never rest.
    write(
        &temp,
        "main.ts",
        "import { writeFile } from 'corona:fs'; import './touched.js';
        writeFile('touched.js', `// ${performance.now()} ${Math.random()}`); null.x;",
    );
    write(&temp, "touched.js", "");
    let mut program = start(&temp, &["--watch", "main.ts"]);
    program.error_line_with("lately: restarting in 500 ms");
    program.error_line_with("lately: restarting in 1.0 s");
}

#[test]
fn whoever_has_read_enough_does_not_stop_it() {
    let temp = TempDir::new("watch-pipe");
    write(&temp, "main.ts", &service("old"));
    let mut command = Command::new("sh");
    // The reader of both outputs closes them once it knows the port.
    let reader = "while read line; do echo \"$line\"; case \"$line\" in port*) exec sleep 1000 <&-; esac; done";
    let line = format!("{CORONA} run --watch main.ts 2>&1 | {{ {reader}; }}");
    command.args(["-c", &line]).current_dir(temp.path()).env("NO_COLOR", "1");
    let mut program = Program::spawn(command);
    let port = program.line_after("port ").parse().expect("a port");
    save(&temp, "main.ts", &service("new"));
    eventually("the new program serves", || ask(port) == "new");
}
