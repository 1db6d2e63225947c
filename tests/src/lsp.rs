//! A client of the language server, for tests and benchmarks: sends messages, waits for answers, keeps diagnostics.
//! Everything has a time limit.

use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How long any single step may take before the test fails.
const LIMIT: Duration = Duration::from_secs(120);

/// A running server and what it has said.
pub struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    incoming: Receiver<Value>,
    next_id: i64,
    /// What was published last, by URI.
    pub diagnostics: HashMap<String, Value>,
    /// Other notifications and requests of the server, in order.
    pub others: Vec<Value>,
    answers: HashMap<String, Value>,
}

impl Client {
    /// Starts `binary lsp`; nothing is said yet.
    pub fn start(binary: &str, folder: &Path) -> Client {
        let mut command = Command::new(binary);
        command.arg("lsp").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let mut output = BufReader::new(child.stdout.take().expect("piped"));
        let (sender, incoming) = mpsc::channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let stdin = child.stdin.take();
        let (diagnostics, answers) = (HashMap::new(), HashMap::new());
        Client { child, stdin, incoming, next_id: 1, diagnostics, others: Vec::new(), answers }
    }

    /// Starts it and says hello, as a client with those capabilities and that folder.
    pub fn open(binary: &str, folder: &Path, capabilities: Value) -> Client {
        let mut client = Client::start(binary, folder);
        let folders = json!([{ "uri": uri(folder), "name": "it" }]);
        client.initialize(json!({ "processId": null, "rootUri": null, "capabilities": capabilities,
            "workspaceFolders": folders }));
        client
    }

    /// The handshake.
    pub fn initialize(&mut self, params: Value) -> Value {
        let answer = self.request("initialize", params);
        self.notify("initialized", json!({}));
        answer
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The most memory that it has had.
    pub fn peak_bytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) * 1024
    }

    /// Writes bytes as they are.
    pub fn write(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("open");
        stdin.write_all(bytes).and_then(|()| stdin.flush()).expect("the server reads");
    }

    /// Sends a message, framed.
    pub fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request; its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The whole answer to a request that was sent before.
    pub fn answer(&mut self, id: &Value) -> Value {
        let until = Instant::now() + LIMIT;
        loop {
            if let Some(answer) = self.answers.remove(&id.to_string()) {
                return answer;
            }
            assert!(self.receive(until), "no answer to {id}");
        }
    }

    /// Sends a request and waits for its result.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let mut answer = self.answer(&json!(id));
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// Waits until diagnostics of a file have been published since the last call of this; they.
    pub fn published(&mut self, uri: &str) -> Value {
        let until = Instant::now() + LIMIT;
        loop {
            if let Some(found) = self.diagnostics.remove(uri) {
                return found;
            }
            assert!(self.receive(until), "no diagnostics of {uri}");
        }
    }

    /// Takes in what comes within a time.
    pub fn listen(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while self.receive(until) {}
    }

    fn receive(&mut self, until: Instant) -> bool {
        let message = match self.incoming.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return false,
        };
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = &message["params"];
            let uri = params["uri"].as_str().unwrap_or_default().to_owned();
            self.diagnostics.insert(uri, params["diagnostics"].clone());
        } else if message.get("method").is_some() {
            if message.get("id").is_some() {
                self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": null }));
            }
            self.others.push(message);
        } else {
            self.answers.insert(message["id"].to_string(), message);
        }
        true
    }

    /// Opens a text in the editor.
    pub fn open_text(&mut self, path: &Path, text: &str) {
        let document = json!({ "uri": uri(path), "languageId": "typescript", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces a text in the editor.
    pub fn set_text(&mut self, path: &Path, version: i64, text: &str) {
        let document = json!({ "uri": uri(path), "version": version });
        let changes = json!([{ "text": text }]);
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Closes the server's standard input.
    pub fn hang_up(&mut self) {
        drop(self.stdin.take());
    }

    /// Waits for the end of the process.
    pub fn end(&mut self, limit: Duration) -> ExitStatus {
        let until = Instant::now() + limit;
        loop {
            match self.child.try_wait().expect("it is a child") {
                Some(status) => return status,
                None if Instant::now() > until => panic!("the server did not end within {limit:?}"),
                None => thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    /// Ends the session as the protocol wants it.
    pub fn shut_down(mut self) -> ExitStatus {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.end(LIMIT)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The URI of a path that needs no escaping.
pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
