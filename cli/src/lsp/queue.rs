//! What waits for the worker, in the order it came. Requests can be taken out again.

use lsp_server::{Request, RequestId};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Something for the worker to do.
pub(super) enum Task {
    /// The text of a file in the editor; `None` once it is closed.
    Text(PathBuf, Option<Open>),
    /// Files that changed, came or went on the disk.
    Changed(Vec<PathBuf>),
    Folders {
        added: Vec<PathBuf>,
        removed: Vec<PathBuf>,
    },
    Request(Request),
    Stop,
}

/// A text in the editor.
pub(super) struct Open {
    /// As the client writes it.
    pub(super) uri: String,
    pub(super) version: i32,
    pub(super) text: String,
}

#[derive(Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    news: Condvar,
}

#[derive(Default)]
struct State {
    tasks: VecDeque<Task>,
    /// The request that is worked on, and whether somebody still wants the answer.
    current: Option<(RequestId, bool)>,
}

impl Queue {
    pub(super) fn put(&self, task: Task) {
        self.lock().tasks.push_back(task);
        self.news.notify_one();
    }

    /// The next task; none when there is none for that long.
    pub(super) fn take(&self, patience: Option<Duration>) -> Option<Task> {
        let mut state = self.lock();
        state.current = None;
        if state.tasks.is_empty() {
            state = match patience {
                Some(patience) => {
                    let waited = self.news.wait_timeout_while(state, patience, |state| state.tasks.is_empty());
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                None => {
                    let waited = self.news.wait_while(state, |state| state.tasks.is_empty());
                    waited.unwrap_or_else(PoisonError::into_inner)
                }
            };
        }
        let task = state.tasks.pop_front();
        if let Some(Task::Request(request)) = &task {
            state.current = Some((request.id.clone(), true));
        }
        task
    }

    /// Whether the request had not been answered: then nobody will.
    pub(super) fn cancel(&self, id: &RequestId) -> bool {
        let mut state = self.lock();
        let waiting = state.tasks.iter().position(|task| matches!(task, Task::Request(request) if request.id == *id));
        if let Some(index) = waiting {
            state.tasks.remove(index);
            return true;
        }
        match &mut state.current {
            Some((current, wanted)) if current == id => std::mem::replace(wanted, false),
            _ => false,
        }
    }

    /// Whether the request that is worked on is still wanted; asked once, when the answer is there.
    pub(super) fn finish(&self) -> bool {
        self.lock().current.take().is_some_and(|(_, wanted)| wanted)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn request(id: i32) -> Task {
        Task::Request(Request { id: id.into(), method: "x".to_owned(), params: Value::Null })
    }

    #[test]
    fn a_request_is_answered_once_whether_it_waits_or_is_worked_on() {
        let queue = Queue::default();
        queue.put(request(1));
        queue.put(request(2));
        assert!(queue.cancel(&2.into()), "it waits");
        assert!(!queue.cancel(&2.into()));
        assert!(matches!(queue.take(None), Some(Task::Request(_))));
        assert!(queue.cancel(&1.into()), "it is worked on");
        assert!(!queue.cancel(&1.into()));
        assert!(!queue.finish(), "nobody wants it any more");
        assert!(queue.take(Some(Duration::ZERO)).is_none());
    }
}
