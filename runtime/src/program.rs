//! A whole run of a program: from the bundle's loader to the exit code.

use crate::op::Registry;
use crate::scheduler::End;
use crate::{coroutine, engine, io, ops, reactor, resources, scheduler, supervised};
use corona_std::bundle::{How, Loader};
use std::cell::Cell;
use std::fmt::Display;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What to run, and how.
pub struct Options {
    /// Finds modules; also used for `import()` and `require` while the program runs.
    pub loader: Arc<dyn Loader>,
    /// The entry as the user wrote it: a path, or a URL.
    pub entry: String,
    /// Arguments of the program.
    pub arguments: Vec<String>,
    /// Bytes of address space for each coroutine's stack; at least 256 KiB.
    pub stack_size: usize,
    /// The most coroutines that may be alive at once.
    pub coroutines_max: usize,
    /// How long a service may take to end after SIGTERM.
    pub grace: Duration,
    /// Whether output may be coloured when it goes to a terminal: `None` lets the terminal decide.
    pub color: Option<bool>,
    /// Made by [`crate::make_snapshot`] when this program was built.
    pub snapshot: &'static [u8],
    /// What becomes of a call that may block in an atomic section.
    pub atomic: Atomic,
    /// Flags for V8, such as `--max-old-space-size=512`.
    pub v8_flags: Vec<String>,
}

/// What becomes of a call that may block in an atomic section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Atomic {
    /// It throws.
    Throw,
    /// It goes on, and is told at the end on standard error.
    Report,
    /// It goes on, and is told at the end in this file, as JSON.
    ReportTo(PathBuf),
}

/// Default and smallest size of a stack in bytes, for the command line's help.
pub const STACK_SIZE_DEFAULT: usize = coroutine::DEFAULT_SIZE;
pub const STACK_SIZE_MIN: usize = coroutine::MIN_SIZE;
/// Default of [`Options::coroutines_max`].
pub const COROUTINES_MAX_DEFAULT: usize = 1 << 20;
/// Coroutines that spawned tasks may not use: promise reactions need one, so that what is spawned can end.
const COROUTINES_RESERVED: usize = 64;

thread_local! {
    static OPTIONS: Cell<Option<&'static Options>> = const { Cell::new(None) };
}

/// The options of the program that runs.
pub(crate) fn options() -> &'static Options {
    OPTIONS.get().expect("set before any op can be called")
}

/// Runs the program. Returns the exit code; what it left open is closed.
pub fn run(options: Options) -> i32 {
    let options: &'static Options = Box::leak(Box::new(options));
    OPTIONS.set(Some(options));
    io::inherited::take_over();
    supervised::start();
    let load = std::thread::Builder::new().stack_size(64 << 20).spawn(move || {
        let referrer = working_directory();
        options.loader.load(&options.entry, &referrer, How::Import)
    });
    boot(options);
    let graph = match load.map_err(|error| error.to_string()).map(|load| load.join()) {
        Ok(Ok(Ok(graph))) => graph,
        Ok(Ok(Err(error))) => {
            tell(&error);
            return 1;
        }
        Ok(Err(_)) => return 70,
        Err(error) => {
            tell(&format!("error: no thread for the loader: {error}"));
            return 70;
        }
    };
    supervised::wait_for_turn();
    scheduler::push_job(|scope| {
        engine::assert_interposed();
        engine::start(scope);
        engine::run_main(scope, graph);
    });
    loop {
        match scheduler::run() {
            End::Done => scheduler::push_job(engine::finish),
            End::Deadlock => report_coroutines(true),
            End::DumpWanted => report_coroutines(false),
        }
    }
}

/// Hands the stacks of all coroutines that wait to std, which prints them.
fn report_coroutines(deadlock: bool) {
    let stacks = scheduler::report_stacks();
    scheduler::push_job(move |scope| engine::report_coroutines(scope, deadlock, stacks));
}

/// V8, std and the reactor, ready for the first job.
fn boot(options: &'static Options) {
    coroutine::configure(options.stack_size);
    scheduler::configure(options.coroutines_max.saturating_add(COROUTINES_RESERVED));
    engine::initialize(&options.v8_flags);
    let mut registry = Registry::default();
    ops::register(&mut registry);
    engine::create(options.snapshot, &registry);
    let wake = reactor::waker_from_other_threads();
    engine::on_post(move || wake.wake());
    io::signal::set_quit_hook(scheduler::want_dump);
    if options.atomic != Atomic::Throw {
        io::signal::defer_ends();
    }
    engine::connect(Arc::clone(&options.loader), options.coroutines_max.try_into().unwrap_or(u32::MAX));
}

/// `file:` URL of the working directory, with a slash at its end.
fn working_directory() -> String {
    let directory = std::env::current_dir().unwrap_or_else(|_| "/".into());
    url::Url::from_directory_path(directory).map_or_else(|()| "file:///".to_owned(), String::from)
}

/// Ends the process: output is flushed, resources are closed; WebSockets with a word, as far as that needs no waiting.
pub(crate) fn exit(code: i32) -> ! {
    crate::http::websocket::dismiss_all();
    resources::clear();
    io::flush_at_exit();
    // SAFETY: invariant 18 (nothing of Rust's or V8's runs after this; parked coroutines are not unwound, their memory
    // goes with the process).
    unsafe { libc::_exit(code) }
}

/// To standard error. Where nobody can be told, the exit code has to do.
fn tell(message: &impl Display) {
    let _ = writeln!(std::io::stderr(), "{message}");
}
