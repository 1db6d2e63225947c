//! The thread that owns the programs: takes what waits in the queue, in order, and looks at programs when there is time.

use super::capabilities::Client;
use super::convert::{Style, uri};
use super::position::Lines;
use super::projects::Projects;
use super::queue::{Queue, Task};
use super::requests;
use super::transport::Outgoing;
use corona_std::errors;
use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// How long an edit waits for the next one. Somebody who types fast writes a letter in 80 ms: this is for editors that
/// send one edit in several messages.
const DEBOUNCE: Duration = Duration::from_millis(4);

/// How long it is waited before all of a program is looked at for the first time, which may take seconds: for the editor
/// to say which files are open, and to ask about them.
const START: Duration = Duration::from_millis(50);

pub(super) struct Worker {
    pub(super) client: Client,
    pub(super) projects: Projects,
    queue: Arc<Queue>,
    out: Sender<Outgoing>,
    /// Files whose diagnostics the client may not know.
    stale: BTreeSet<PathBuf>,
    /// Files about which the client was told something.
    told: HashSet<PathBuf>,
    refreshes: u32,
}

impl Worker {
    pub(super) fn new(client: Client, queue: Arc<Queue>, out: Sender<Outgoing>) -> Worker {
        let projects = Projects::new(&client.folders);
        let (stale, told) = (BTreeSet::new(), HashSet::new());
        Worker { client, projects, queue, out, stale, told, refreshes: 0 }
    }

    pub(super) fn work(mut self) {
        loop {
            let pause = if self.projects.is_new() { START } else { DEBOUNCE };
            let patience = (self.projects.is_dirty() || !self.stale.is_empty()).then_some(pause);
            match self.queue.take(patience) {
                Some(Task::Stop) => return,
                Some(Task::Request(request)) => self.request(request),
                Some(Task::Text(path, open)) => {
                    let is_new = open.is_some() && self.projects.open(&path).is_none();
                    self.projects.text(path.clone(), open);
                    if is_new {
                        // Its URI may be another than the one that it was told by.
                        self.stale.insert(path);
                    }
                }
                Some(Task::Changed(paths)) => {
                    for path in paths {
                        let more = self.projects.changed(&path);
                        self.stale.extend(more);
                    }
                }
                Some(Task::Folders { added, removed }) => {
                    added.into_iter().for_each(|root| self.projects.add_folder(root));
                    for root in removed {
                        let gone = self.projects.remove_folder(&root);
                        self.stale.extend(gone);
                    }
                }
                None => self.publish(),
            }
        }
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let answer = catch_unwind(AssertUnwindSafe(|| requests::answer(self, &method, params)));
        let response = match answer {
            Ok(Ok(result)) => Response::new_ok(id, result),
            Ok(Err(error)) => Response::new_err(id, ErrorCode::InvalidParams as i32, error),
            Err(_) => {
                let why = "the server failed on this request: this is a bug of Corona's";
                Response::new_err(id, ErrorCode::InternalError as i32, why.to_owned())
            }
        };
        if self.queue.finish() {
            self.send(response.into());
        }
    }

    /// Brings the programs up to date.
    pub(super) fn refresh(&mut self) {
        self.look(|projects| projects.refresh());
    }

    /// The same, or first what is open and `asked` about, if the client can be told about the rest later.
    pub(super) fn refresh_open(&mut self, asked: Option<&Path>) {
        match !self.client.pulls || self.client.refreshes {
            true => self.look(|projects| projects.refresh_open(asked)),
            false => self.refresh(),
        }
    }

    fn look(&mut self, look: impl Fn(&mut Projects) -> BTreeSet<PathBuf>) {
        match catch_unwind(AssertUnwindSafe(|| look(&mut self.projects))) {
            Ok(changed) => self.stale.extend(changed),
            Err(_) => self.log("the analysis failed: this is a bug of Corona's"),
        }
    }

    fn publish(&mut self) {
        match self.projects.is_open_unseen() {
            true => self.refresh_open(None),
            false => self.refresh(),
        }
        let stale = std::mem::take(&mut self.stale);
        if self.client.pulls {
            if !stale.is_empty() && self.client.refreshes {
                self.refreshes += 1;
                let id = RequestId::from(format!("refresh-{}", self.refreshes));
                self.send(Request::new(id, "workspace/diagnostic/refresh".to_owned(), Value::Null).into());
            }
            return;
        }
        for path in stale {
            let diagnostics = self.diagnostics(&path);
            let is_told = !diagnostics.is_empty();
            if !is_told && !self.told.contains(&path) {
                continue;
            }
            let _ = if is_told { self.told.insert(path.clone()) } else { self.told.remove(&path) };
            let open = self.projects.open(&path);
            let params = lsp::PublishDiagnosticsParams {
                uri: self.uri(&path),
                version: open.map(|open| open.version),
                diagnostics,
            };
            self.send(Notification::new("textDocument/publishDiagnostics".to_owned(), params).into());
        }
    }

    /// What the client is to show of a file.
    pub(super) fn diagnostics(&self, path: &Path) -> Vec<lsp::Diagnostic> {
        let style = Style { encoding: self.client.encoding, related: self.client.related };
        let wanted = self.projects.diagnostics(path).into_iter().filter(|it| self.wants(it.code, path));
        wanted.map(|it| style.diagnostic(it)).collect()
    }

    /// TypeScript's server tells about the syntax, and in TypeScript about imports of what is not there.
    fn wants(&self, code: &str, path: &Path) -> bool {
        let is_typed = path.extension().is_some_and(|it| ["ts", "tsx", "mts", "cts"].iter().any(|typed| it == *typed));
        let told = match is_typed {
            true => &[errors::SYNTAX, errors::UNRESOLVED_MODULE, errors::MISSING_EXPORT][..],
            false => &[errors::SYNTAX],
        };
        !self.client.beside_typescript || !told.contains(&code)
    }

    /// As the client writes it, if the file is open.
    pub(super) fn uri(&self, path: &Path) -> lsp::Uri {
        self.projects.open(path).map_or_else(|| uri(path), |open| lsp::Uri(open.uri.clone()))
    }

    /// A place in a file, as the protocol writes it.
    pub(super) fn location(&mut self, path: &Path, start: usize, end: usize) -> Value {
        let range = match self.projects.ide(path).text(path) {
            Some(text) => Lines::of(&text, self.client.encoding).range(&text, start, end.saturating_sub(start)),
            None => lsp::Range::default(),
        };
        json!({ "uri": self.uri(path), "range": range })
    }

    fn log(&self, message: &str) {
        let params = json!({ "type": 1, "message": message });
        self.send(Notification::new("window/logMessage".to_owned(), params).into());
    }

    fn send(&self, message: Message) {
        // The writer ends with the client.
        let _ = self.out.send(Outgoing::Message(message));
    }
}

/// Names a state of diagnostics: the same for the same ones.
pub(super) fn fingerprint(diagnostics: &[lsp::Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(diagnostics).unwrap_or_default().hash(&mut hasher);
    format!("{:x}", hasher.finish())
}
