//! A process that `corona run --watch` or `--workers` has started: it asks its supervisor for listening sockets, says how
//! far it has come, and ends with it. `std/src/handover.rs` has the words.

use crate::io::socket::Listener;
use crate::io::tcp::ListenOptions;
use crate::io::{environment, gate::Gate, raw};
use crate::reactor::{Interest, Source};
use corona_std::handover::{Answer, Listen, Place, Said, VARIABLE};
use socket2::Socket;
use std::cell::{Cell, RefCell};
use std::io;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

/// The way to the supervisor. Any thread may send.
#[derive(Debug)]
pub struct Link {
    socket: Socket,
}

static LINK: OnceLock<Option<Arc<Link>>> = OnceLock::new();

thread_local! {
    /// For the thread that runs JavaScript.
    static ASKING: RefCell<Option<Rc<Asking>>> = const { RefCell::new(None) };
    /// What the supervisor will be told when the loop comes round.
    static NEWS: Cell<News> = Cell::default();
    /// The supervisor has asked for the end: what is closed from now on goes to the next process.
    static ENDING: Cell<bool> = const { Cell::new(false) };
}

#[derive(Clone, Copy, Default)]
struct News {
    listening: bool,
    evaluated: bool,
}

struct Asking {
    source: Source<Socket>,
    /// One at a time: answers come in the order of the requests.
    gate: Gate,
    next: Cell<u32>,
}

/// The supervisor of this process, if it has one.
pub fn link() -> Option<Arc<Link>> {
    LINK.get_or_init(|| find().map(Arc::new)).clone()
}

/// The variable is believed only if this process's parent has set it: others inherit it by mistake.
fn find() -> Option<Link> {
    let value = std::env::var(VARIABLE).ok()?;
    let (parent, number) = value.split_once(':')?;
    if parent.parse() != Ok(std::os::unix::process::parent_id()) {
        return None;
    }
    let socket = Socket::from(raw::inherited(number.parse().ok()?).ok()?);
    socket.set_nonblocking(true).ok()?;
    Some(Link { socket })
}

impl Link {
    /// Tells the supervisor which paths the program depends on, and what stood there.
    pub fn depends_on(&self, paths: Vec<(PathBuf, String)>) {
        Said::files(paths).iter().for_each(|said| self.say(said));
    }

    /// A supervisor that has gone needs to hear nothing; this process is about to end then.
    fn say(&self, said: &Said) {
        let packet = said.encode();
        while let Err(error) = self.socket.send_with_flags(&packet, libc::MSG_NOSIGNAL) {
            match error.kind() {
                io::ErrorKind::Interrupted => {}
                // The supervisor reads whatever comes; its queue is long, and full only for a moment.
                io::ErrorKind::WouldBlock if raw::poll(&self.socket, libc::POLLOUT, -1).is_ok() => {}
                _ => return,
            }
        }
    }

    /// Ends this process and what it has started, when the supervisor ends, however that may be. In a thread of its own:
    /// a program in an endless loop has to end too. (A death signal of the parent's would reach this process alone.)
    fn end_with_it(self: &Arc<Link>) {
        let link = Arc::clone(self);
        let watch = move || {
            while !matches!(raw::poll(&link.socket, 0, -1), Ok(events) if events & libc::POLLHUP != 0) {}
            let own = std::process::id() as i32;
            if raw::kill(-own, libc::SIGKILL).is_err() {
                let _ = raw::kill(own, libc::SIGKILL);
            }
        };
        // Without a thread to spare it lives on until somebody ends it.
        let _ = std::thread::Builder::new().name("supervisor".to_owned()).stack_size(64 << 10).spawn(watch);
    }
}

/// Connects the process with its supervisor, if it has one. The variable does not reach its children.
pub(crate) fn start() {
    environment::remove(VARIABLE);
    if let Some(link) = link() {
        link.end_with_it();
    }
}

/// Says that the program is compiled, and waits until it may run: the one that it replaces may have to end first.
/// Nothing runs yet that this could hold up.
pub(crate) fn wait_for_turn() {
    let Some(link) = link() else { return };
    link.say(&Said::Loaded);
    let mut packet = [0; 64];
    loop {
        match raw::receive_descriptor(&link.socket, &mut packet) {
            Ok((count, _)) if count == 0 || Answer::decode(&packet[..count]) == Some(Answer::Run) => return,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                let _ = raw::poll(&link.socket, libc::POLLIN, -1);
            }
            _ => {}
        }
    }
}

/// A listening socket from the supervisor, which makes it or has had it all along. `None`: there is no supervisor.
pub(crate) async fn listen(place: Place, options: ListenOptions) -> Option<io::Result<Listener>> {
    let link = link()?;
    Some(match ask(&link, place, options).await {
        Ok((request, socket)) => {
            news(|news| news.listening = true);
            Listener::lease(socket, Lease { request })
        }
        Err(error) => Err(error),
    })
}

async fn ask(link: &Link, place: Place, options: ListenOptions) -> io::Result<(u32, Socket)> {
    let asking = asking(link)?;
    let _pass = asking.gate.enter().await;
    let request = asking.next.replace(asking.next.get() + 1);
    link.say(&Said::Listen(Listen { request, backlog: options.backlog, ipv6_only: options.ipv6_only, place }));
    let mut packet = [0; 64];
    loop {
        let receive = |socket: &Socket| raw::receive_descriptor(socket, &mut packet);
        let (count, descriptor) = asking.source.io(Interest::Read, receive).await?;
        match Answer::decode(&packet[..count]) {
            Some(Answer::Socket { request: answered }) if answered == request => {
                let socket = descriptor.map(Socket::from);
                return Ok((request, socket.ok_or(io::ErrorKind::InvalidData)?));
            }
            Some(Answer::Refused { request: answered, errno }) if answered == request => {
                return Err(io::Error::from_raw_os_error(errno));
            }
            // The answer to a request that was cancelled meanwhile.
            Some(Answer::Socket { request }) => link.say(&Said::Closed { request }),
            _ if count == 0 => return Err(io::ErrorKind::ConnectionReset.into()),
            _ => {}
        }
    }
}

fn asking(link: &Link) -> io::Result<Rc<Asking>> {
    ASKING.with_borrow_mut(|place| {
        if let Some(asking) = place {
            return Ok(Rc::clone(asking));
        }
        let source = Source::new(link.socket.try_clone()?)?;
        let asking = Rc::new(Asking { source, gate: Gate::default(), next: Cell::new(1) });
        *place = Some(Rc::clone(&asking));
        Ok(asking)
    })
}

/// A listening socket that belongs to the supervisor.
#[derive(Debug)]
pub(crate) struct Lease {
    request: u32,
}

impl Lease {
    /// The program has closed it: nobody is to listen there any more. At the end of a process nothing is given back, so
    /// that the next one takes over.
    pub(crate) fn give_back(&self) {
        if let Some(link) = link()
            && !ENDING.get()
        {
            link.say(&Said::Closed { request: self.request });
        }
    }
}

/// What is closed from now on goes to the next process.
pub(crate) fn keep_sockets() {
    ENDING.set(true);
}

/// The entry has been evaluated to its end.
pub(crate) fn evaluated() {
    if link().is_some() {
        news(|news| news.evaluated = true);
    }
}

fn news(add: impl FnOnce(&mut News)) {
    let mut news = NEWS.get();
    add(&mut news);
    NEWS.set(news);
}

/// Tells the supervisor what is new, when the loop comes round: whoever has just begun to listen and then failed has
/// ended the process before.
pub(crate) fn tell_news() {
    let News { listening, evaluated } = NEWS.take();
    let Some(link) = (listening || evaluated).then(link).flatten() else { return };
    if listening {
        link.say(&Said::Listening);
    }
    if evaluated {
        link.say(&Said::Evaluated);
    }
}
