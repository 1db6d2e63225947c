//! The main thread: the life of the session, the texts in the editor, and the order of things. Whatever has to look at a
//! program goes to the worker.

use super::capabilities::{self, Client};
use super::convert::path;
use super::position::{Encoding, Lines};
use super::queue::{Open, Queue, Task};
use super::transport::{self, Incoming, Outgoing};
use super::worker::Worker;
use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

/// What the main thread waits for.
enum Event {
    Incoming(Incoming),
    /// The process that started this one is gone.
    Orphaned,
}

/// How often it is looked for.
const ORPHAN_CHECK: Duration = Duration::from_millis(500);
/// Exit code when the session did not end as the protocol wants.
const FAILURE: u8 = 1;

/// Serves one client; the exit code.
pub(super) fn serve() -> u8 {
    let (events, incoming) = channel();
    let started = transport::read_in_background(events.clone(), Event::Incoming);
    let (out, writer) = match started.and_then(|()| transport::write_in_background()) {
        Ok(started) => started,
        Err(error) => {
            crate::process::tell(&format!("error: cannot start a thread: {error}"));
            return FAILURE;
        }
    };
    let mut server = Server {
        out,
        events,
        queue: Arc::default(),
        state: State::New,
        encoding: Encoding::Utf16,
        texts: HashMap::new(),
    };
    for event in incoming {
        let ended = match event {
            Event::Incoming(Incoming::Message(message)) => server.message(message),
            Event::Incoming(Incoming::Malformed { code, why }) => {
                server.send(Outgoing::Refusal { code, why });
                None
            }
            Event::Incoming(Incoming::End) | Event::Orphaned => Some(FAILURE),
        };
        if let Some(code) = ended {
            // What has been answered is written; what is still worked on is not waited for.
            if code == 0 {
                server.queue.put(Task::Stop);
                drop(server);
                let _ = writer.join();
            }
            return code;
        }
    }
    FAILURE
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Running,
    ShutDown,
}

/// A text in the editor.
struct Text {
    version: i32,
    content: String,
}

struct Server {
    out: Sender<Outgoing>,
    events: Sender<Event>,
    queue: Arc<Queue>,
    state: State,
    encoding: Encoding,
    texts: HashMap<PathBuf, Text>,
}

impl Server {
    fn send(&self, outgoing: Outgoing) {
        // The writer ends with the client; the reader will tell.
        let _ = self.out.send(outgoing);
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, why: &str) {
        self.send(Response::new_err(id, code as i32, why.to_owned()).into());
    }

    /// The exit code if that was the end.
    fn message(&mut self, message: Message) -> Option<u8> {
        match message {
            Message::Request(request) => self.request(request),
            Message::Notification(notification) if notification.method == "exit" => {
                return Some(if self.state == State::ShutDown { 0 } else { FAILURE });
            }
            Message::Notification(notification) if self.state == State::Running => self.notification(notification),
            // Before the session and after it nothing is meant; answers to our own requests need no action.
            Message::Notification(_) | Message::Response(_) => {}
        }
        None
    }

    fn request(&mut self, request: Request) {
        match (self.state, request.method.as_str()) {
            (State::New, "initialize") => self.initialize(request),
            (State::New, _) => self.refuse(request.id, ErrorCode::ServerNotInitialized, "initialize comes first"),
            (State::ShutDown, _) => self.refuse(request.id, ErrorCode::InvalidRequest, "the server was shut down"),
            (State::Running, "initialize") => {
                self.refuse(request.id, ErrorCode::InvalidRequest, "the server is initialized");
            }
            (State::Running, "shutdown") => {
                self.state = State::ShutDown;
                self.send(Response::new_ok(request.id, Value::Null).into());
            }
            (State::Running, method) if super::requests::is_known(method) => self.queue.put(Task::Request(request)),
            (State::Running, method) => {
                let why = format!("there is no method {method:?}");
                self.refuse(request.id, ErrorCode::MethodNotFound, &why);
            }
        }
    }

    fn initialize(&mut self, request: Request) {
        let params: lsp::InitializeParams = match serde_json::from_value(request.params) {
            Ok(params) => params,
            Err(error) => return self.refuse(request.id, ErrorCode::InvalidParams, &error.to_string()),
        };
        let client = Client::of(&params);
        self.encoding = client.encoding;
        let result = capabilities::result(&client);
        if let Some(id) = params.process_id {
            self.watch_parent(id);
        }
        let worker = Worker::new(client, Arc::clone(&self.queue), self.out.clone());
        let started = thread::Builder::new().name("lsp worker".to_owned()).spawn(|| worker.work());
        if let Err(error) = started {
            return self.refuse(request.id, ErrorCode::InternalError, &error.to_string());
        }
        self.state = State::Running;
        self.send(Response::new_ok(request.id, result).into());
    }

    /// A client that dies without a word may leave our standard input open in a child of its.
    fn watch_parent(&self, id: i32) {
        let process = Path::new("/proc").join(id.to_string()).join("stat");
        let is_alive = move || match std::fs::read_to_string(&process) {
            // After the name, which stands in brackets, comes the state; a zombie is dead.
            Ok(stat) => !stat.rsplit(')').next().unwrap_or_default().trim_start().starts_with(['Z', 'X']),
            Err(_) => false,
        };
        if !is_alive() {
            // It lives in another namespace of processes, or there is no /proc: standard input has to do.
            return;
        }
        let events = self.events.clone();
        let watch = move || {
            while is_alive() {
                thread::sleep(ORPHAN_CHECK);
            }
            let _ = events.send(Event::Orphaned);
        };
        let _ = thread::Builder::new().name("lsp parent".to_owned()).spawn(watch);
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let understood = match method.as_str() {
            "initialized" => {
                self.watch_files();
                Ok(())
            }
            "textDocument/didOpen" => parse(params).map(|it| self.opened(it)),
            "textDocument/didChange" => parse(params).map(|it| self.edited(it)),
            "textDocument/didClose" => parse(params).map(|it| self.closed(&it)),
            "textDocument/didSave" => parse(params).map(|it: lsp::DidSaveTextDocumentParams| {
                self.queue.put(Task::Changed(path(&it.text_document.uri).into_iter().collect()));
            }),
            "workspace/didChangeWatchedFiles" => parse(params).map(|it: lsp::DidChangeWatchedFilesParams| {
                self.queue.put(Task::Changed(it.changes.iter().filter_map(|change| path(&change.uri)).collect()));
            }),
            "workspace/didChangeWorkspaceFolders" => parse(params).map(|it: lsp::DidChangeWorkspaceFoldersParams| {
                let paths = |folders: &[lsp::WorkspaceFolder]| {
                    folders.iter().filter_map(|folder| path(&folder.uri)).collect::<Vec<_>>()
                };
                let (added, removed) = (paths(&it.event.added), paths(&it.event.removed));
                self.queue.put(Task::Folders { added, removed });
            }),
            "$/cancelRequest" => parse(params).map(|it: Cancel| {
                if self.queue.cancel(&it.id) {
                    self.refuse(it.id, ErrorCode::RequestCanceled, "cancelled");
                }
            }),
            // Unknown notifications are ignored: the protocol says so of those with a dollar, and nobody waits for an
            // answer to the others.
            _ => Ok(()),
        };
        if let Err(error) = understood {
            let message = format!("{method}: {error}");
            let params = json!({ "type": 2, "message": message });
            self.send(Outgoing::Message(Notification::new("window/logMessage".to_owned(), params).into()));
        }
    }

    /// Asks the client to tell about files that change on the disk. Clients that cannot refuse, which does no harm.
    fn watch_files(&self) {
        let patterns = ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx,json}", "**/.gitignore"];
        let watchers: Vec<Value> = patterns.iter().map(|it| json!({ "globPattern": it })).collect();
        let params = json!({ "registrations": [{
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        }] });
        let id = RequestId::from("register-files".to_owned());
        self.send(Outgoing::Message(Request::new(id, "client/registerCapability".to_owned(), params).into()));
    }

    fn opened(&mut self, params: lsp::DidOpenTextDocumentParams) {
        let lsp::TextDocumentItem { uri, version, text, .. } = params.text_document;
        let Some(path) = path(&uri) else { return };
        let open = Open { uri: uri.0, version, text: text.clone() };
        self.queue.put(Task::Text(path.clone(), Some(open)));
        self.texts.insert(path, Text { version, content: text });
    }

    fn edited(&mut self, params: lsp::DidChangeTextDocumentParams) {
        let document = params.text_document;
        let Some(path) = path(&document.text_document_identifier.uri) else { return };
        // A change of what was never opened: as if it had been, with what is on the disk.
        let text = self
            .texts
            .entry(path.clone())
            .or_insert_with(|| Text { version: 0, content: std::fs::read_to_string(&path).unwrap_or_default() });
        text.version = document.version;
        for change in params.content_changes {
            apply(&mut text.content, change, self.encoding);
        }
        let uri = document.text_document_identifier.uri.0;
        let open = Open { uri, version: text.version, text: text.content.clone() };
        self.queue.put(Task::Text(path, Some(open)));
    }

    fn closed(&mut self, params: &lsp::DidCloseTextDocumentParams) {
        let Some(path) = path(&params.text_document.uri) else { return };
        self.texts.remove(&path);
        self.queue.put(Task::Text(path, None));
    }
}

#[derive(serde::Deserialize)]
struct Cancel {
    id: RequestId,
}

fn parse<T: DeserializeOwned>(params: Value) -> Result<T, serde_json::Error> {
    serde_json::from_value(params)
}

fn apply(text: &mut String, change: lsp::TextDocumentContentChangeEvent, encoding: Encoding) {
    use lsp::TextDocumentContentChangeEvent as Change;
    match change {
        Change::TextDocumentContentChangeWholeDocument(whole) => *text = whole.text,
        Change::TextDocumentContentChangePartial(part) => {
            let lines = Lines::of(text, encoding);
            let (start, end) = (lines.offset(text, part.range.start), lines.offset(text, part.range.end));
            text.replace_range(start..end.max(start), &part.text);
        }
    }
}
