//! Clients that ask without a break, one request after the other, and count what fails.

use corona_tests::program::connect;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Runs until it is asked how it went.
pub(super) struct Load {
    stop: Arc<AtomicBool>,
    clients: Vec<JoinHandle<(usize, Vec<String>)>>,
}

impl Load {
    /// One client that makes a connection for each request, and one that keeps its connection as long as it may.
    pub(super) fn on(port: u16) -> Load {
        let stop = Arc::new(AtomicBool::new(false));
        let client = |keep_alive| {
            let stop = Arc::clone(&stop);
            thread::spawn(move || run(port, keep_alive, &stop))
        };
        let clients = vec![client(false), client(true)];
        Load { stop, clients }
    }

    /// How many requests were answered. Fails if one was not.
    pub(super) fn finish(self) -> usize {
        self.stop.store(true, Ordering::SeqCst);
        let mut answered = 0;
        for client in self.clients {
            let (count, failures) = client.join().expect("a client does not panic");
            assert!(failures.is_empty(), "{} requests failed: {}", failures.len(), failures[0]);
            answered += count;
        }
        answered
    }
}

fn run(port: u16, keep_alive: bool, stop: &AtomicBool) -> (usize, Vec<String>) {
    let (mut answered, mut failures, mut kept) = (0, Vec::new(), None);
    while !stop.load(Ordering::SeqCst) && failures.len() < 5 {
        let stream = kept.take().map_or_else(|| TcpStream::connect(("127.0.0.1", port)), Ok);
        let result = stream.and_then(|mut stream| request(&mut stream, keep_alive).map(|is_last| (stream, is_last)));
        match result {
            Ok((stream, is_last)) => {
                answered += 1;
                kept = (keep_alive && !is_last).then_some(stream);
            }
            Err(error) => failures.push(format!("{error} (keep-alive: {keep_alive}, after {answered})")),
        }
    }
    (answered, failures)
}

/// Whether the server says that it was the last one on this connection.
fn request(stream: &mut TcpStream, keep_alive: bool) -> std::io::Result<bool> {
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let connection = if keep_alive { "keep-alive" } else { "close" };
    stream.write_all(format!("GET / HTTP/1.1\r\nhost: a\r\nconnection: {connection}\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&answer);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
            if !head.starts_with("HTTP/1.1 200 ") {
                return Err(std::io::Error::other(head.to_owned()));
            }
            if length.is_some_and(|length| body.len() >= length) {
                return Ok(head.contains("connection: close"));
            }
        }
        match stream.read(&mut piece)? {
            0 => return Err(std::io::Error::other(format!("the connection ended after {text:?}"))),
            count => answer.extend_from_slice(&piece[..count]),
        }
    }
}

/// A connection whose request is under way.
pub(super) fn begin(port: u16, path: &str) -> TcpStream {
    let mut stream = connect(port);
    stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n").as_bytes()).expect("it listens");
    stream
}
