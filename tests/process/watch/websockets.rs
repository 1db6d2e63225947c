//! WebSockets over a restart: they are told to come back, and find the new program.

use super::{RESTARTED, STARTED, eventually, save, start, write};
use corona_tests::TempDir;
use corona_tests::program::Program;
use corona_tests::websocket::WebSocket;

/// A service that says `text` to whoever connects, and then what it hears.
fn service(text: &str) -> String {
    format!(
        "import {{ serve }} from 'corona:http'; import {{ accept }} from 'corona:websocket';
        const server = serve({{ port: 0, hostname: '127.0.0.1' }}, (request) => {{
          const socket = accept(request);
          socket.send('{text}');
          for (const message of socket) socket.send(message);
        }});
        console.log('port', server.port);"
    )
}

fn greeting(port: u16) -> (WebSocket, String) {
    let mut client = WebSocket::connect(port);
    let text = client.hear();
    (client, text)
}

/// Restarts again and again: who is connected gets 1012 each time, and comes back to the new program.
fn restarts(temp: &TempDir, program: &mut Program, port: u16, mut restart: impl FnMut(&mut Program)) {
    let (mut client, text) = greeting(port);
    assert_eq!(text, "0");
    for round in 1..=3 {
        let text = round.to_string();
        save(temp, "main.ts", &service(&text));
        client.say("still there");
        assert_eq!(client.hear(), "still there");
        restart(program);
        assert_eq!(client.closed(), (1012, String::new()));
        // Another old worker may still accept, and tell the same.
        eventually("the new program answers", || {
            let (next, greeted) = greeting(port);
            client = next;
            greeted == text
        });
    }
    program.signal("TERM");
    assert_eq!(client.closed(), (1012, String::new()));
}

#[test]
fn watching_closes_them_with_1012() {
    let temp = TempDir::new("watch-ws");
    write(&temp, "main.ts", &service("0"));
    let mut program = start(&temp, &["--watch", "main.ts"]);
    let port = program.line_after("port ").parse().expect("a port");
    program.error_line_with(STARTED);
    restarts(&temp, &mut program, port, |program| drop(program.error_line_with(RESTARTED)));
    assert_eq!(program.finish().code, Some(0));
}

#[test]
fn sighup_closes_them_with_1012() {
    let temp = TempDir::new("workers-ws");
    write(&temp, "main.ts", &service("0"));
    let mut program = start(&temp, &["--workers=2", "main.ts"]);
    let ports = [program.line_after("port "), program.line_after("port ")];
    assert_eq!(ports[0], ports[1]);
    restarts(&temp, &mut program, ports[0].parse().expect("a port"), |program| {
        program.signal("HUP");
        program.error_line_with("[workers] restarted in");
    });
    assert_eq!(program.finish().code, Some(0));
}
