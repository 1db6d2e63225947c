//! Signals: the handler only notes the number and wakes the loop; everything else happens in a task of the executor.
//! A signal that nobody watches keeps its default action.

use crate::events::{self, Handler};
use crate::io::stdio::tty;
use crate::reactor::{self, Interest, Source};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::ptr;
use std::sync::atomic::{AtomicI32, AtomicU64, Ordering};

/// Signals that have arrived and are not handled yet, by bit.
static PENDING: AtomicU64 = AtomicU64::new(0);
/// Signals that are handled here: the others get their default action, after the terminal is in order again.
static WATCHED: AtomicU64 = AtomicU64::new(0);
/// Signals that JavaScript watches, by bit.
static LISTENED: AtomicU64 = AtomicU64::new(0);
/// Signals that JavaScript hears of although the program does not listen: those that would end it, by bit.
static DEFERRED: AtomicU64 = AtomicU64::new(0);
/// The eventfd that wakes the loop; never closed once it is there.
static WAKE: AtomicI32 = AtomicI32::new(-1);

thread_local! {
    /// Signals that std handles where JavaScript does not watch them, by bit.
    static ENDING: Cell<u64> = const { Cell::new(0) };
    /// What to do on SIGQUIT unless JavaScript watches it.
    static QUIT_HOOK: Cell<Option<fn()>> = const { Cell::new(None) };
    /// Keeps the process alive until the next signal.
    static EXPECTED: Cell<Option<reactor::Hold>> = const { Cell::new(None) };
    /// The dispositions that were found, to put back.
    static FOUND: RefCell<HashMap<i32, libc::sigaction>> = RefCell::default();
}

fn bit(signal: i32) -> u64 {
    1 << signal
}

/// Signals that JavaScript hears of, by bit.
fn heard() -> u64 {
    LISTENED.load(Ordering::SeqCst) | DEFERRED.load(Ordering::SeqCst)
}

/// Posts [`Handler::Signal`] for every `signal` from now on. Fails for those that cannot be handled.
pub(crate) fn listen(signal: i32) -> io::Result<()> {
    const NEVER: [i32; 7] =
        [libc::SIGKILL, libc::SIGSTOP, libc::SIGSEGV, libc::SIGBUS, libc::SIGFPE, libc::SIGILL, libc::SIGPIPE];
    if !(1..64).contains(&signal) || NEVER.contains(&signal) {
        return Err(io::Error::from_raw_os_error(libc::EINVAL));
    }
    install(signal)?;
    LISTENED.fetch_or(bit(signal), Ordering::SeqCst);
    WATCHED.fetch_or(bit(signal), Ordering::SeqCst);
    Ok(())
}

/// Ends [`listen`]: the signal has its former effect.
pub(crate) fn ignore(signal: i32) {
    LISTENED.fetch_and(!bit(signal), Ordering::SeqCst);
    if !is_listening() {
        EXPECTED.take();
    }
    let is_std = (ENDING.get() | DEFERRED.load(Ordering::SeqCst)) & bit(signal) != 0;
    let is_needed = is_std || (signal == libc::SIGQUIT && QUIT_HOOK.get().is_some());
    if !is_needed {
        release(signal);
    }
}

fn release(signal: i32) {
    WATCHED.fetch_and(!bit(signal), Ordering::SeqCst);
    if !tty::is_raw() {
        uninstall(signal);
    }
}

/// Posts [`Handler::Signal`] for `signal` while there is something to end in order, whether or not the program listens;
/// that alone keeps nothing alive and is nothing to wait for.
pub(crate) fn end_in_order(signal: i32, wanted: bool) -> io::Result<()> {
    if wanted {
        install(signal)?;
        ENDING.set(ENDING.get() | bit(signal));
        WATCHED.fetch_or(bit(signal), Ordering::SeqCst);
    } else if ENDING.get() & bit(signal) != 0 {
        ENDING.set(ENDING.get() & !bit(signal));
        if heard() & bit(signal) == 0 {
            release(signal);
        }
    }
    Ok(())
}

/// Whether JavaScript listens to a signal: then a program that only waits is not deadlocked.
pub(crate) fn is_listening() -> bool {
    LISTENED.load(Ordering::SeqCst) != 0
}

/// Keeps the process alive until the next signal, or until nobody listens any more.
pub(crate) fn keep_alive_until_next() {
    EXPECTED.set(Some(reactor::hold()));
}

/// Sets what happens on SIGQUIT while JavaScript does not listen to it.
pub(crate) fn set_quit_hook(hook: fn()) {
    if install(libc::SIGQUIT).is_ok() {
        QUIT_HOOK.set(Some(hook));
        WATCHED.fetch_or(bit(libc::SIGQUIT), Ordering::SeqCst);
    }
}

/// Has JavaScript hear of the signals that ask a process to end, before they do: it ends it then, with [`end_by`]. One that
/// comes again before that ends it at once.
pub(crate) fn defer_ends() {
    for signal in [libc::SIGINT, libc::SIGTERM, libc::SIGHUP] {
        let is_ignored = action(signal).is_ok_and(|found| found.sa_sigaction == libc::SIG_IGN);
        if !is_ignored && install(signal).is_ok() {
            DEFERRED.fetch_or(bit(signal), Ordering::SeqCst);
            WATCHED.fetch_or(bit(signal), Ordering::SeqCst);
        }
    }
}

/// Ends the process by a signal that was deferred, as if nobody had listened to it.
pub(crate) fn end_by(signal: i32) {
    if DEFERRED.load(Ordering::SeqCst) & bit(signal) == 0 {
        return;
    }
    restore_all();
    super::stdio::flush_at_exit();
    // SAFETY: invariant 30 (no pointers).
    unsafe { libc::raise(signal) };
}

/// Sees to it that signals which end the process put the terminal in order first.
pub(crate) fn guard_terminal() -> io::Result<()> {
    [libc::SIGINT, libc::SIGTERM, libc::SIGHUP, libc::SIGQUIT].into_iter().try_for_each(install)
}

/// Every signal has its former effect again: the process is about to end, and may have to wait for a reader until then.
pub(crate) fn restore_all() {
    WATCHED.store(0, Ordering::SeqCst);
    FOUND.take().into_iter().for_each(|(signal, found)| set_action(signal, &found));
}

fn install(signal: i32) -> io::Result<()> {
    start_dispatch()?;
    if FOUND.with_borrow(|found| found.contains_key(&signal)) {
        return Ok(());
    }
    let found = action(signal)?;
    // A program started with nohup(1) goes on ignoring what it was told to ignore, unless it listens itself.
    FOUND.with_borrow_mut(|all| all.insert(signal, found));
    // SAFETY: invariant 30 (zero is a value of this structure).
    let mut ours: libc::sigaction = unsafe { std::mem::zeroed() };
    ours.sa_sigaction = on_signal as extern "C" fn(i32) as usize;
    ours.sa_flags = libc::SA_RESTART;
    set_action(signal, &ours);
    Ok(())
}

fn uninstall(signal: i32) {
    if let Some(found) = FOUND.with_borrow_mut(|all| all.remove(&signal)) {
        set_action(signal, &found);
    }
}

fn action(signal: i32) -> io::Result<libc::sigaction> {
    let mut found = MaybeUninit::uninit();
    // SAFETY: invariant 30 (room for the structure, which the call fills unless it fails).
    unsafe {
        super::raw::check(libc::sigaction(signal, ptr::null(), found.as_mut_ptr()))?;
        Ok(found.assume_init())
    }
}

fn set_action(signal: i32, action: &libc::sigaction) {
    // SAFETY: invariants 30 and 32 (the handler is either one that was found or `on_signal`).
    unsafe { libc::sigaction(signal, action, ptr::null_mut()) };
}

/// The handler itself: only what signal-safety(7) allows.
extern "C" fn on_signal(signal: i32) {
    let is_watched = WATCHED.load(Ordering::SeqCst) & bit(signal) != 0;
    let was_pending = is_watched && PENDING.fetch_or(bit(signal), Ordering::SeqCst) & bit(signal) != 0;
    // A program that is busy for ever hears of nothing: asked twice to end, it ends.
    let is_deferred = DEFERRED.load(Ordering::SeqCst) & !LISTENED.load(Ordering::SeqCst) & bit(signal) != 0;
    if is_watched && !(was_pending && is_deferred) {
        let one = 1u64.to_ne_bytes();
        // SAFETY: invariants 30 and 32 (write(2) from eight bytes; errno is put back, since the interrupted code may
        // be about to read it).
        unsafe {
            let errno = *libc::__errno_location();
            libc::write(WAKE.load(Ordering::SeqCst), one.as_ptr().cast(), one.len());
            *libc::__errno_location() = errno;
        }
        return;
    }
    tty::restore();
    // SAFETY: invariants 30 and 32 (sigaction(2) and raise(3) with the default action; the signal is delivered when
    // this handler returns).
    unsafe {
        let default: libc::sigaction = std::mem::zeroed();
        libc::sigaction(signal, &default, ptr::null_mut());
        libc::raise(signal);
    }
}

/// Starts the task that handles what has arrived, once.
fn start_dispatch() -> io::Result<()> {
    if WAKE.load(Ordering::SeqCst) >= 0 {
        return Ok(());
    }
    // SAFETY: invariant 30 (no pointers).
    let fd = super::raw::check(unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) })?;
    // SAFETY: invariant 31 (just made by the kernel, owned by nobody).
    let counter = File::from(unsafe { OwnedFd::from_raw_fd(fd) });
    let source = Source::new(counter)?;
    WAKE.store(source.as_raw_fd(), Ordering::SeqCst);
    reactor::spawn(dispatch(source));
    Ok(())
}

async fn dispatch(source: Source<File>) {
    let mut count = [0; 8];
    while source.io(Interest::Read, |mut counter| counter.read(&mut count)).await.is_ok() {
        let arrived = PENDING.swap(0, Ordering::SeqCst);
        for signal in (1..64).filter(|signal| arrived & bit(*signal) != 0) {
            if heard() & bit(signal) != 0 {
                EXPECTED.take();
                events::post(Handler::Signal, signal as u32, 0);
            } else if ENDING.get() & bit(signal) != 0 {
                events::post(Handler::Signal, signal as u32, 0);
            } else if signal == libc::SIGQUIT
                && let Some(hook) = QUIT_HOOK.get()
            {
                hook();
            }
        }
    }
}
