//! `corona:websocket`: servers, seen by a client that looks at every frame.

mod handshake;
mod limits;

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::Program;
use corona_tests::websocket::{BINARY, CLOSE, CONTINUATION, Frame, PING, PONG, TEXT, WebSocket};

/// Starts a program with a server whose handler is `handler`, after which `rest` runs.
fn serving(temp: &TempDir, options: &str, handler: &str, rest: &str, flags: &[&str]) -> (Program, u16) {
    let source = format!(
        "import {{ serve }} from 'corona:http'; import {{ accept, Socket }} from 'corona:websocket';
        import {{ atomic, sleep, spawn }} from 'corona'; import {{ exists }} from 'corona:fs';
        const server = serve({{ port: 0, hostname: '127.0.0.1', {options} }}, (request) => {{ {handler} }});
        {rest}
        console.log('port', server.port);"
    );
    std::fs::write(temp.path().join("main.ts"), source).expect("the temporary folder can be written");
    let mut program = Program::start(CORONA, temp.path(), &[&["run"], flags, &["main.ts"]].concat());
    let port = program.line_after("port ").parse().expect("a port");
    (program, port)
}

const ECHO: &str = "const socket = accept(request);
    for (const message of socket) socket.send(message);
    const { code, reason, wasClean } = socket.closed.get();
    console.log('closed', code, reason, wasClean);";

#[test]
fn messages_come_back_as_they_were_sent() {
    let temp = TempDir::new("ws-echo");
    let (mut program, port) = serving(&temp, "", ECHO, "", &[]);
    let mut client = WebSocket::connect(port);
    client.say("hällo");
    assert_eq!(client.hear(), "hällo");
    client.send(BINARY, &[0, 255, 128]);
    assert_eq!(client.frame(), Some(Frame { opcode: BINARY, last: true, payload: vec![0, 255, 128] }));
    client.say("");
    assert_eq!(client.frame(), Some(Frame { opcode: TEXT, last: true, payload: Vec::new() }));
    // In pieces, with a ping between them.
    client.send_frame(TEXT, b"in ");
    client.send(PING, b"there?");
    client.send_frame(CONTINUATION, b"two ");
    client.send(CONTINUATION, b"or three");
    assert_eq!(client.frame(), Some(Frame { opcode: PONG, last: true, payload: b"there?".to_vec() }));
    assert_eq!(client.hear(), "in two or three");
    let long = "ö".repeat(200_000);
    client.say(&long);
    assert_eq!(client.hear(), long);
    assert_eq!(client.close(4001, "enough"), (4001, "enough".to_owned()));
    assert_eq!(program.line(), "closed 4001 enough true");
}

#[test]
fn a_handler_that_returns_closes_with_1000_and_one_that_throws_with_1011() {
    let temp = TempDir::new("ws-ends");
    let handler = "const socket = accept(request);
        if (socket.receive() === 'throw') throw new Error('oops');
        socket.send('last'); spawn(() => { console.log(socket.trySend('late')); try { socket.send('late'); } catch (error) { console.log(error.code); } });";
    // Standard error is in use before descriptors are counted.
    let (mut program, port) = serving(&temp, "", handler, "console.error('ready');", &[]);
    program.error_line_with("ready");
    let before = program.descriptors();
    let mut client = WebSocket::connect(port);
    client.say("return");
    assert_eq!(client.hear(), "last");
    assert_eq!(client.closed(), (1000, String::new()));
    assert_eq!([program.line(), program.line()], ["false", "CORONA1007"]);
    let mut client = WebSocket::connect(port);
    client.say("throw");
    assert_eq!(client.closed(), (1011, String::new()));
    program.error_line_with("error: the handler of GET http://localhost/ failed: Error: oops");
    drop(client);
    program.expect_descriptors(before);
}

#[test]
fn an_error_of_the_handler_goes_to_on_error_and_its_answer_to_nobody() {
    let temp = TempDir::new("ws-on-error");
    let handler = "accept(request); throw new Error('oops');";
    let options = "onError(error) { console.log(error.message); return new Response('x'); }";
    let (mut program, port) = serving(&temp, options, handler, "", &[]);
    assert_eq!(WebSocket::connect(port).closed(), (1011, String::new()));
    assert_eq!(program.line(), "oops");
}

#[test]
fn somebody_who_vanishes_ends_the_loop_and_makes_sending_throw() {
    let temp = TempDir::new("ws-lost");
    let handler = "const socket = accept(request);
        for (const message of socket) if (message === 'flood') while (true) socket.send('x'.repeat(100_000));
        console.log('lost', socket.closed.peek().code);
        socket.send('anybody?');";
    let (mut program, port) = serving(&temp, "", handler, "", &[]);
    let before = program.descriptors();
    drop(WebSocket::connect(port));
    assert_eq!(program.line(), "lost 1006");
    let mut client = WebSocket::connect(port);
    client.say("flood");
    assert!(client.hear().starts_with("xxx"));
    drop(client);
    program.expect_descriptors(before);
    // Neither is an error of the program.
    program.signal("TERM");
    let ended = program.finish();
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
}

#[test]
fn the_error_of_sending_to_another_one_is_an_error() {
    let temp = TempDir::new("ws-other");
    let handler = "const socket = accept(request); sockets.push(socket);
        socket.receive(); sockets[0].close(); sockets[0].send('');";
    let (mut program, port) = serving(&temp, "", handler, "const sockets: Socket[] = [];", &[]);
    let _first = WebSocket::connect(port);
    let mut second = WebSocket::connect(port);
    second.say("go");
    assert_eq!(second.closed().0, 1011);
    program.error_line_with("failed: Error: the WebSocket is closed");
}

#[test]
fn pings_are_answered_and_the_end_is_seen_while_the_program_does_something_else() {
    let temp = TempDir::new("ws-busy");
    let handler = "const socket = accept(request); socket.closed.then(({ code }) => console.log('closed', code));
        while (!exists('go')) sleep(1);
        console.log('received', socket.receive(), socket.receive());";
    let (mut program, port) = serving(&temp, "", handler, "", &[]);
    let mut client = WebSocket::connect(port);
    client.send(PING, b"1");
    assert_eq!(client.frame(), Some(Frame { opcode: PONG, last: true, payload: b"1".to_vec() }));
    client.say("kept");
    assert_eq!(client.close(1001, ""), (1001, String::new()));
    assert_eq!(program.line(), "closed 1001");
    std::fs::write(temp.path().join("go"), "").expect("the temporary folder can be written");
    assert_eq!(program.line(), "received kept undefined");
}

#[test]
fn closing_is_said_once_and_wakes_whoever_receives() {
    let temp = TempDir::new("ws-close");
    let handler = "const socket = accept(request, { timeouts: { close: 50 } });
        const waiting = socket.future.receive();
        socket.receive();
        socket.close(4000, 'enough'); socket.close(4001); socket[Symbol.dispose]();
        console.log(waiting.get(), socket.receive(), socket.closed.get());";
    // The first message goes to who asked first; the other one hears that there is nothing more.
    let (mut program, port) = serving(&temp, "", handler, "", &[]);
    let mut client = WebSocket::connect(port);
    client.say("one");
    client.say("two");
    let close = Frame { opcode: CLOSE, last: true, payload: [&4000_u16.to_be_bytes()[..], b"enough"].concat() };
    assert_eq!(client.frame(), Some(close));
    // It is not answered: the server does not wait for ever.
    assert_eq!(client.frame(), None);
    assert_eq!(program.line(), "undefined undefined { code: 1006, reason: '', wasClean: false }");
}

#[test]
fn nothing_blocks_in_an_atomic_block_and_trying_to_send_does_not() {
    let temp = TempDir::new("ws-atomic");
    let handler = "const socket = accept(request);
        for (const call of [() => socket.receive(), () => socket.send(''), () => socket.closed.get()]) {
          try { atomic(call); } catch (error) { console.log(error.code, error.message.split(' ')[0]); }
        }
        console.log(atomic(() => { const sent = socket.trySend('tried'); socket.close(); return sent; }));";
    let (mut program, port) = serving(&temp, "", handler, "", &["--atomic=throw"]);
    let mut client = WebSocket::connect(port);
    for call in ["Socket.receive()", "Socket.send()", "Future.get()"] {
        assert_eq!(program.line(), format!("CORONA1002 {call}"));
    }
    assert_eq!(client.hear(), "tried");
    assert_eq!(client.closed(), (1000, String::new()));
    assert_eq!(program.line(), "true");
}

#[test]
fn sigterm_closes_with_1012_and_waits_for_the_handler() {
    let temp = TempDir::new("ws-drain");
    let handler = "const socket = accept(request); socket.send('open');
        for (const message of socket) console.log('received', message);
        while (!exists('go')) sleep(1);
        console.log('handled', socket.closed.peek().code);";
    let (mut program, port) = serving(&temp, "", handler, "", &[]);
    let mut client = WebSocket::connect(port);
    assert_eq!(client.hear(), "open");
    program.signal("TERM");
    let close = Frame { opcode: CLOSE, last: true, payload: 1012_u16.to_be_bytes().to_vec() };
    assert_eq!(client.frame(), Some(close));
    // What was on its way is not lost.
    client.say("last words");
    assert_eq!(program.line(), "received last words");
    client.send(CLOSE, &1012_u16.to_be_bytes());
    assert_eq!(client.frame(), None);
    assert!(program.is_running());
    std::fs::write(temp.path().join("go"), "").expect("the temporary folder can be written");
    let ended = program.finish();
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(0), "handled 1012\n", ""));
}

#[test]
fn one_that_opens_while_the_service_ends_is_closed_at_once() {
    let temp = TempDir::new("ws-drain-late");
    let handler = "console.log('asked'); while (!exists('go')) sleep(1);
        const socket = accept(request); console.log(socket.receive(), socket.closed.peek().code);";
    let (mut program, port) = serving(&temp, "", handler, "", &[]);
    let stream = WebSocket::ask(port, "");
    assert_eq!(program.line(), "asked");
    program.signal("TERM");
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {}
    std::fs::write(temp.path().join("go"), "").expect("the temporary folder can be written");
    assert_eq!(WebSocket::answered(stream).closed(), (1012, String::new()));
    assert_eq!(program.line(), "undefined 1012");
    assert_eq!(program.finish().code, Some(0));
}

#[test]
fn a_process_that_exits_says_1001_to_servers_and_clients() {
    let temp = TempDir::new("ws-exit");
    let handler = "const socket = accept(request); socket.send('open');
        if (socket.receive() === 'exit') { socket.send('bye'); process.exit(3); }
        for (const message of socket); console.log('closed', socket.closed.get().code);";
    let (mut program, port) = serving(&temp, "", handler, "", &[]);
    // A client that is a program of its own, and comes to its end without closing what it has opened.
    let source = format!(
        "import {{ connect }} from 'corona:websocket'; const socket = connect('ws://localhost:{port}');
        socket.receive(); socket.send('stay'); process.exit();"
    );
    std::fs::write(temp.path().join("client.ts"), source).expect("the temporary folder can be written");
    assert_eq!(Program::start(CORONA, temp.path(), &["run", "client.ts"]).finish().code, Some(0));
    assert_eq!(program.line(), "closed 1001");
    let mut client = WebSocket::connect(port);
    assert_eq!(client.hear(), "open");
    client.say("exit");
    assert_eq!(client.hear(), "bye");
    let close = Frame { opcode: CLOSE, last: true, payload: 1001_u16.to_be_bytes().to_vec() };
    assert_eq!(client.frame(), Some(close));
    assert_eq!(program.finish().code, Some(3));
}

#[test]
fn somebody_who_does_not_answer_does_not_hold_up_the_end() {
    let temp = TempDir::new("ws-drain-deaf");
    let (program, port) = serving(&temp, "", "accept(request, { timeouts: { close: 20 } }).receive();", "", &[]);
    let mut client = WebSocket::connect(port);
    program.signal("TERM");
    assert_eq!(program.finish().code, Some(0));
    assert_eq!(client.frame().map(|frame| frame.payload), Some(1012_u16.to_be_bytes().to_vec()));
}

#[test]
fn a_server_that_is_closed_or_shut_down_says_1001() {
    for (call, drained) in [("close()", "undefined"), ("shutdown()", "true")] {
        let temp = TempDir::new("ws-away");
        let handler = format!(
            "const socket = accept(request); socket.send('open');
            socket.receive(); spawn(() => console.log('ended', server.{call}));
            for (const message of socket); console.log('handled');"
        );
        let (program, port) = serving(&temp, "", &handler, "", &[]);
        let mut client = WebSocket::connect(port);
        assert_eq!(client.hear(), "open");
        client.say("end");
        assert_eq!(client.closed().0, 1001, "{call}");
        let ended = program.finish();
        let mut lines: Vec<&str> = ended.stdout.lines().collect();
        lines.sort_unstable();
        assert_eq!((ended.code, lines), (Some(0), vec![&*format!("ended {drained}"), "handled"]), "{}", ended.stderr);
    }
}
