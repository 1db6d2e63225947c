//! Handshakes that are refused, with the reason; and what both sides agree on in those that are not.

use super::{ECHO, serving};
use corona_tests::TempDir;
use corona_tests::program::exchange;
use corona_tests::websocket::{HANDSHAKE, WebSocket};

/// Status, headers and body of the answer to a handshake that differs in this line.
fn answer(port: u16, line: &str, instead: &str) -> (String, String) {
    assert!(HANDSHAKE.contains(line));
    let request = format!("{}connection: close\r\n\r\n", HANDSHAKE.replace(line, instead));
    let answer = exchange(port, request.as_bytes());
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    (head.trim_start_matches("HTTP/1.1 ").to_owned(), body.to_owned())
}

#[test]
fn a_handshake_that_is_not_one_is_answered_with_what_was_wrong() {
    let temp = TempDir::new("ws-refused");
    let (program, port) = serving(&temp, "", ECHO, "", &[]);
    let upgrade = ["426 Upgrade Required", "upgrade: websocket\r\n", "sec-websocket-version: 13\r\n"];
    let bad = ["400 Bad Request"];
    let cases: [(&str, &str, &[&str], &str); 7] = [
        ("upgrade: websocket\r\n", "", &upgrade, "this is a WebSocket: ask with the header Upgrade: websocket"),
        ("connection: Upgrade\r\n", "", &upgrade, "this is a WebSocket: ask with the header Upgrade: websocket"),
        ("version: 13", "version: 8", &upgrade, "the header Sec-WebSocket-Version must be 13"),
        ("GET / HTTP/1.1", "POST / HTTP/1.1", &bad, "the handshake of a WebSocket is a GET request of HTTP/1.1"),
        ("sec-websocket-key: ", "x-key: ", &bad, "the header Sec-WebSocket-Key must be 16 bytes in base64"),
        ("key: dGhl", "key: d", &bad, "the header Sec-WebSocket-Key must be 16 bytes in base64"),
        (
            "host: localhost",
            "host: localhost\r\norigin: http://evil.example",
            &["403 Forbidden"],
            "pages of http://evil",
        ),
    ];
    for (line, instead, head, body) in cases {
        let (found, text) = answer(port, line, instead);
        assert!(head.iter().all(|part| format!("{found}\r\n").contains(part)), "{instead}: {found}");
        assert!(text.starts_with(body), "{instead}: {text}");
    }
    // Its client's fault is nothing to report.
    program.signal("TERM");
    assert_eq!(program.finish().stderr, "");
}

#[test]
fn a_program_can_answer_by_itself() {
    let temp = TempDir::new("ws-refusal");
    let handler = "try { accept(request); } catch (error) {
          console.log(error.code, error.status); return new Response('a page');
        }";
    let (mut program, port) = serving(&temp, "", handler, "", &[]);
    assert!(exchange(port, b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").ends_with("a page"));
    assert_eq!(program.line(), "CORONA1008 426");
}

#[test]
fn pages_of_the_same_host_and_of_those_that_are_named_may_connect() {
    let temp = TempDir::new("ws-origins");
    let handler = "const origins = new URL(request.url).pathname === '/all' ? '*' : undefined;
        accept(request, { origins, timeouts: { close: 20 } });";
    let (_program, port) = serving(&temp, "", handler, "", &[]);
    WebSocket::connect_with(port, "origin: http://localhost\r\n");
    let all = answer(port, "GET / HTTP/1.1\r\nhost: localhost", "GET /all HTTP/1.1\r\nhost: localhost\r\norigin: null");
    assert!(all.0.starts_with("101 "), "{all:?}");
    let handler = "accept(request, { origins: ['https://a.example'] });";
    let (_program, port) = serving(&temp, "", handler, "", &[]);
    WebSocket::connect_with(port, "origin: https://a.example\r\n");
    let same = answer(port, "host: localhost", "host: localhost\r\norigin: http://localhost");
    assert!(same.0.starts_with("403 "), "{same:?}");
}

#[test]
fn the_first_protocol_of_the_program_that_the_client_offers_is_taken() {
    let temp = TempDir::new("ws-protocols");
    let handler = "const socket = accept(request, { protocols: ['b', 'a'], headers: { 'set-cookie': 'x=1' } });
        socket.send(socket.protocol || 'none');";
    let (_program, port) = serving(&temp, "", handler, "", &[]);
    for (offer, taken) in [("a, b", "b"), ("c,a", "a"), ("c", "none")] {
        let mut client = WebSocket::connect_with(port, &format!("sec-websocket-protocol: {offer}\r\n"));
        assert!(client.answer.contains("set-cookie: x=1\r\n"), "{}", client.answer);
        let said = client.answer.contains("sec-websocket-protocol: ");
        assert_eq!((client.hear().as_str(), said), (taken, taken != "none"), "{}", client.answer);
    }
}

#[test]
fn what_cannot_be_accepted_is_told_to_the_program() {
    let temp = TempDir::new("ws-misuse");
    let handler =
        "const tried = (call) => { try { call(); } catch (error) { console.log(error.code, error.message); } };
        tried(() => accept({}));
        tried(() => accept(new Request('http://a/')));
        tried(() => accept(request, { protocols: ['a b'] }));
        tried(() => accept(request, { headers: { 'Sec-WebSocket-Accept': 'x' } }));
        tried(() => accept(request, { origins: 'a' }));
        tried(() => accept(request, { limits: { messageBytes: 0 } }));
        const socket = accept(request);
        tried(() => accept(request));
        tried(() => socket.send(1));
        tried(() => socket.close(1005));
        tried(() => socket.close(1000, 'x'.repeat(124)));
        tried(() => new Socket());";
    let (mut program, port) = serving(&temp, "", handler, "", &[]);
    let mut client = WebSocket::connect_with(port, "origin: http://a\r\n".replace('a', "localhost").as_str());
    for line in [
        "CORONA1001 \"request\" must be the Request of a server, got an object",
        "CORONA1007 the request is over",
        "CORONA1001 \"protocols\" must be an array of names, got \"a b\"",
        "CORONA1001 \"headers\" must not have sec-websocket-accept: accept() sets it",
        "CORONA1001 \"origins\" must be an array of origins, or \"*\", got \"a\"",
        "CORONA1001 \"limits.messageBytes\" must be a whole number of at least 1, got 0",
        "CORONA1007 the request is over",
        "CORONA1001 \"data\" must be a string, a Uint8Array or an ArrayBuffer, got 1",
        "CORONA1001 \"code\" must be 1000 to 1003, 1007 to 1014 or 3000 to 4999, got 1005",
        "CORONA1001 \"reason\" must have at most 123 bytes",
        "CORONA1001 WebSockets are made by accept() and connect()",
    ] {
        let found = program.line();
        assert!(found.starts_with(line), "{found}, not {line}");
    }
    assert_eq!(client.closed().0, 1000);
}
