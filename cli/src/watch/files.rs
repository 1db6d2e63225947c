//! Events of the file system: the only file that names notify. What they mean is decided elsewhere; an event is no more
//! than a hint where to look.

use notify::event::{AccessKind, AccessMode, EventKind, MetadataKind, ModifyKind};
use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};
use rustix::event::{EventfdFlags, eventfd};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Hint {
    /// The content of this file was written.
    Written(PathBuf),
    /// Something came, went or was renamed here.
    Moved(PathBuf),
    /// Look here: its attributes have changed.
    Touched(PathBuf),
    /// The system has lost count: look everywhere.
    Anything,
}

/// Why a folder cannot be watched.
pub(crate) enum Refusal {
    /// The system gives no further watches.
    TooMany,
    /// It is not there, or may not be read.
    Other,
}

/// Events of single folders, without what lies below them.
pub(crate) struct Events {
    watcher: RecommendedWatcher,
    queue: Arc<Queue>,
}

struct Queue {
    hints: Mutex<Vec<Hint>>,
    /// Counts while there are hints, so that a poll returns.
    bell: OwnedFd,
}

impl Queue {
    fn push(&self, hints: impl IntoIterator<Item = Hint>) {
        let mut all = self.hints.lock().unwrap_or_else(PoisonError::into_inner);
        let before = all.len();
        all.extend(hints);
        if all.len() > before {
            // Fails only when the counter is full, and then the bell rings already.
            let _ = rustix::io::write(&self.bell, &1u64.to_ne_bytes());
        }
    }
}

impl Events {
    pub(crate) fn new() -> Result<Events, String> {
        let bell = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK).map_err(|error| error.to_string())?;
        let queue = Arc::new(Queue { hints: Mutex::default(), bell });
        let inbox = Arc::clone(&queue);
        let on_event = move |event: notify::Result<notify::Event>| match event {
            Ok(event) => inbox.push(hints(event)),
            Err(_) => inbox.push([Hint::Anything]),
        };
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(on_event, config).map_err(|error| error.to_string())?;
        Ok(Events { watcher, queue })
    }

    /// Readable while [`Events::take`] has something to give.
    pub(crate) fn bell(&self) -> BorrowedFd<'_> {
        self.queue.bell.as_fd()
    }

    pub(crate) fn take(&self) -> Vec<Hint> {
        let mut all = self.queue.hints.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = rustix::io::read(&self.queue.bell, &mut [0u8; 8]); // it may not have rung
        std::mem::take(&mut all)
    }

    pub(crate) fn add(&mut self, folder: &Path) -> Result<(), Refusal> {
        self.watcher.watch(folder, RecursiveMode::NonRecursive).map_err(|error| match error.kind {
            ErrorKind::MaxFilesWatch => Refusal::TooMany,
            _ => Refusal::Other,
        })
    }

    pub(crate) fn remove(&mut self, folder: &Path) {
        let _ = self.watcher.unwatch(folder); // the kernel drops what is deleted by itself
    }
}

fn hints(event: notify::Event) -> Vec<Hint> {
    if event.need_rescan() {
        return vec![Hint::Anything];
    }
    let make: fn(PathBuf) -> Hint = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Hint::Written,
        EventKind::Access(_) => return Vec::new(),
        EventKind::Modify(ModifyKind::Data(_)) => Hint::Written,
        EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => return Vec::new(),
        EventKind::Modify(ModifyKind::Metadata(_)) => Hint::Touched,
        _ => Hint::Moved,
    };
    event.paths.into_iter().map(make).collect()
}
