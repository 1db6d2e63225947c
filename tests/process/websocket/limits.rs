//! What a client may not do: break the protocol, send too much, read too slowly, be silent.

use super::{ECHO, serving};
use corona_tests::TempDir;
use corona_tests::websocket::{BINARY, CLOSE, CONTINUATION, PING, TEXT, WebSocket};
use std::io::Write;

#[test]
fn a_client_that_breaks_the_protocol_is_told_how() {
    let temp = TempDir::new("ws-broken");
    let (mut program, port) = serving(&temp, "", ECHO, "", &[]);
    // First byte and payload of a frame, and the code that it is answered with.
    let cases: [(u8, &[u8], u16); 9] = [
        (0x80 | TEXT, b"\xff", 1007),
        (0x80 | TEXT, b"\xc3", 1007),
        (0x80 | 3, b"", 1002),
        (0xc0 | TEXT, b"", 1002),
        (0x80 | CONTINUATION, b"", 1002),
        (PING, b"in pieces", 1002),
        (0x80 | PING, &[0; 126], 1002),
        (0x80 | CLOSE, b"\x03", 1002),
        (0x80 | BINARY, &[0; 1001], 1009),
    ];
    let (mut small, small_port) =
        serving(&temp, "", &ECHO.replace("(request)", "(request, { limits: { messageBytes: 1000 } })"), "", &[]);
    for (first, payload, code) in cases {
        let (program, port) = if code == 1009 { (&mut small, small_port) } else { (&mut program, port) };
        let mut client = WebSocket::connect(port);
        client.send_frame(first, payload);
        let (found, reason) = client.closed();
        assert_eq!(found, code, "{first:x}: {reason}");
        assert!(!reason.is_empty() || first == 0x80 | CLOSE, "{first:x}");
        let line = program.line();
        assert!(line.starts_with(&format!("closed {code} {reason}")), "{line}");
    }
    // Not masked.
    let mut client = WebSocket::connect(port);
    client.stream.write_all(b"\x81\x01a").expect("the server reads");
    assert_eq!(client.closed().0, 1002);
    // A message that grows beyond the limit piece by piece.
    let mut client = WebSocket::connect(small_port);
    client.send_frame(BINARY, &[0; 600]);
    client.send(CONTINUATION, &[0; 600]);
    assert_eq!(client.closed(), (1009, "the message has more than 1000 bytes".to_owned()));
}

#[test]
fn a_slow_reader_holds_up_its_handler_and_nobody_else() {
    let temp = TempDir::new("ws-slow");
    let handler = "const socket = accept(request);
        if (socket.receive() !== 'all') return socket.send('quick');
        while (socket.trySend('x'.repeat(10_000)));
        console.log('full');
        socket.send('after');";
    let handler = handler.replace("return socket.send('quick')", "{ socket.send('quick'); return }");
    let (mut program, port) = serving(&temp, "", &handler, "", &[]);
    let mut slow = WebSocket::connect(port);
    slow.say("all");
    assert_eq!(program.line(), "full");
    for _ in 0..3 {
        let mut quick = WebSocket::connect(port);
        quick.say("one");
        assert_eq!(quick.hear(), "quick");
    }
    let mut heard = slow.hear();
    while heard.starts_with('x') {
        assert_eq!(heard.len(), 10_000);
        heard = slow.hear();
    }
    assert_eq!(heard, "after");
    assert_eq!(slow.closed().0, 1000);
}

#[test]
fn what_nobody_receives_makes_its_sender_wait() {
    let temp = TempDir::new("ws-unread");
    let handler = "const socket = accept(request); socket.send('open'); while (!exists('go')) sleep(1);
        let bytes = 0; for (const message of socket) bytes += message.length; console.log('received', bytes);";
    let (mut program, port) = serving(&temp, "", handler, "", &[]);
    let mut client = WebSocket::connect(port);
    assert_eq!(client.hear(), "open");
    client.stream.set_write_timeout(Some(std::time::Duration::from_millis(100))).expect("a limit above zero");
    let frame = [&[0x82, 0xfe, 0x10, 0x00, 0, 0, 0, 0][..], &[7; 4096]].concat();
    let mut sent = 0;
    // Until the kernel's buffers on both sides are full, and beyond: it must not go on for ever.
    let mut rest = loop {
        let mut at = 0;
        while at < frame.len() {
            match client.stream.write(&frame[at..]) {
                Ok(count) => at += count,
                Err(_) => break,
            }
        }
        if at < frame.len() {
            break &frame[at..];
        }
        sent += 4096;
        assert!(sent < 64 << 20, "the server takes everything");
    };
    std::fs::write(temp.path().join("go"), "").expect("the temporary folder can be written");
    while !rest.is_empty() {
        if let Ok(count) = client.stream.write(rest) {
            rest = &rest[count..];
        }
    }
    client.close(1000, "");
    assert_eq!(program.line(), format!("received {}", sent + 4096));
}

#[test]
fn somebody_silent_is_pinged_and_then_lost() {
    let temp = TempDir::new("ws-silent");
    let handler = "const socket = accept(request, { timeouts: { silence: 20 } });
        console.log(socket.receive(), socket.closed.peek()?.code);";
    let (mut program, port) = serving(&temp, "", handler, "", &[]);
    let mut client = WebSocket::connect(port);
    let ping = client.frame().expect("a ping");
    assert_eq!(ping.opcode, PING);
    assert_eq!(program.line(), "undefined 1006");
    assert_eq!(client.frame(), None);
}
