//! `corona run --watch` and `--workers`: a process that runs no JavaScript itself. It owns the listening sockets and the
//! watch on the files, and starts, replaces and ends the processes that do.
//!
//! ```text
//!   change / SIGHUP ─▶ start new ─▶ it compiles ─▶ it listens ─▶ SIGTERM to the old one ─▶ it finishes its requests
//!                          │             │             │
//!                          └─────────────┴─────────────┴─▶ it fails: the old one has never stopped serving
//! ```
//!
//! A program that does not listen cannot run twice at a time: its successor compiles first and then waits for its end.

mod input;
mod rollout;
mod service;
mod sockets;

use crate::arguments;
use crate::say::{self, Voice};
use crate::signals::Signals;
use crate::watch::{self, Watch};
use corona_std::handover::{Answer, Listen, Said};
use input::Input;
use rollout::Rollout;
use rustix::process::Signal;
use service::{Phase, Program, Service};
use sockets::Sockets;
use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How long a process may take to end by itself after Ctrl-C.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// How much longer than its grace a process may take to end.
const GRACE_EXTRA: Duration = Duration::from_millis(500);
/// Sockets that nobody uses are kept so long after a restart: a program may listen at its second port a moment later.
const SWEEP_AFTER: Duration = Duration::from_secs(1);

/// The exit code after Ctrl-C, as a shell has it.
const INTERRUPTED: u8 = 130;

pub(crate) fn supervise(arguments: &arguments::Run) -> ExitCode {
    match Supervisor::new(arguments).map(Supervisor::run) {
        Ok(code) => ExitCode::from(code),
        Err(message) => {
            crate::process::tell(&format!("error: {message}"));
            ExitCode::FAILURE
        }
    }
}

/// A place for one process that serves.
#[derive(Default)]
struct Slot {
    /// The one that serves, or that runs as the only one.
    current: Option<u64>,
    /// How often in a row it has failed.
    failures: u32,
    /// When to start it anew.
    respawn_at: Option<Instant>,
}

struct Supervisor {
    program: Program,
    grace: Duration,
    watch: Option<Watch>,
    voice: Voice,
    signals: Signals,
    input: Option<Input>,
    had_terminal: bool,
    sockets: Sockets,
    services: Vec<Service>,
    slots: Vec<Slot>,
    rollout: Option<Rollout>,
    /// Restarts that have to wait: a program that fails again and again.
    delayed: Option<(Instant, Rollout)>,
    /// When programs have failed lately.
    failures: VecDeque<Instant>,
    next_service: u64,
    next_generation: u64,
    sweep_at: Option<Instant>,
    /// The exit code, once everything is to end.
    ending: Option<u8>,
}

impl Supervisor {
    fn new(arguments: &arguments::Run) -> Result<Supervisor, String> {
        if arguments.file == "-" {
            let option = if arguments.watch { "--watch" } else { "--workers" };
            return Err(format!("{option} needs a file: standard input can be read only once"));
        }
        let folder = crate::process::working_directory()?;
        let options = watch::Options {
            paths: arguments.watch_path.clone(),
            exclude: arguments.watch_exclude.clone(),
            poll: arguments.poll,
        };
        let watch = arguments.watch.then(|| Watch::new(&folder, &options, watch::ALWAYS)).transpose()?;
        let failed = |error: std::io::Error| format!("cannot supervise: {error}");
        let label = if arguments.watch { "watch" } else { "workers" };
        let is_terminal = std::io::stdin().is_terminal();
        Ok(Supervisor {
            program: Program { binary: binary()?, arguments: arguments.for_service(), folder: folder.clone() },
            grace: arguments.grace,
            voice: Voice::new(label, !arguments.no_clear_screen, &folder),
            signals: Signals::catch().map_err(failed)?,
            input: arguments.watch.then(|| Input::new(is_terminal)),
            had_terminal: is_terminal,
            sockets: Sockets::new(corona_runtime::take_inherited_sockets()),
            services: Vec::new(),
            slots: (0..arguments.workers.unwrap_or(1)).map(|_| Slot::default()).collect(),
            rollout: None,
            delayed: None,
            failures: VecDeque::new(),
            next_service: 1,
            next_generation: 1,
            sweep_at: None,
            ending: None,
            watch,
        })
    }

    /// The loop. Ends when everything has ended.
    fn run(mut self) -> u8 {
        self.begin(Rollout::first(self.slots.len()));
        loop {
            if let Some(code) = self.end_of_all() {
                return code;
            }
            watch::wait(&self.bells(), self.deadline());
            self.on_signals();
            self.on_input();
            self.on_words();
            self.on_ends();
            self.on_changes();
            self.on_time();
        }
    }

    fn end_of_all(&self) -> Option<u8> {
        if !self.services.is_empty() {
            return None;
        }
        let nothing_to_come = || {
            let is_empty = self.slots.iter().all(|slot| slot.current.is_none() && slot.respawn_at.is_none());
            self.watch.is_none() && self.rollout.is_none() && is_empty
        };
        self.ending.or_else(|| nothing_to_come().then_some(0))
    }

    // -------------------------------------------------------------------------------------- what comes from outside

    fn on_signals(&mut self) {
        for signal in self.signals.take() {
            match signal {
                Signal::INT => self.interrupt(),
                Signal::TERM => self.end_in_order(),
                Signal::QUIT => self.services.iter().for_each(|service| service.signal(Signal::QUIT)),
                // The terminal was closed: nobody is there to see the restart.
                Signal::HUP if self.had_terminal && !std::io::stdin().is_terminal() => self.interrupt(),
                Signal::HUP => {
                    self.voice.say("restarting");
                    let width = if self.watch.is_some() { self.slots.len() } else { 1 };
                    self.begin(Rollout::asked(self.slots.len(), width));
                }
                _ => {}
            }
        }
    }

    fn on_input(&mut self) {
        let lines = self.input.as_mut().map(Input::lines).unwrap_or_default();
        if lines.iter().any(|line| line.trim() == "rs") {
            self.voice.clear();
            self.voice.say("restarting");
            self.begin(Rollout::asked(self.slots.len(), self.slots.len()));
        }
    }

    fn on_changes(&mut self) {
        let Some(watch) = &mut self.watch else { return };
        let change = watch.look();
        if let Some(notice) = watch.take_notice() {
            self.voice.say(&notice);
        }
        let Some(change) = change else { return };
        self.voice.clear();
        let names = self.voice.names(&change.paths);
        let rollout = Rollout::changed(self.slots.len(), change.since);
        match self.pause() {
            Some(pause) => {
                let count = self.failures.len();
                let (text, pause_text) = (format!("{names} changed; it has failed {count} times"), say::time(pause));
                self.voice.say(&format!("{text} lately: restarting in {pause_text}"));
                self.delayed = Some((Instant::now() + pause, rollout));
            }
            None => {
                self.voice.say(&format!("{names} changed"));
                self.begin(rollout);
            }
        }
    }

    fn on_words(&mut self) {
        for index in 0..self.services.len() {
            for said in self.services[index].listen() {
                match said {
                    Said::Loaded => self.loaded(index),
                    Said::Listen(wanted) => self.lend(index, &wanted),
                    Said::Closed { request } => self.sockets.give_back(self.services[index].id, request),
                    Said::Listening => self.come_up(index),
                    Said::Evaluated => self.evaluated(index),
                    Said::Files(paths) => {
                        let generation = self.services[index].generation;
                        self.watch.iter_mut().for_each(|watch| watch.depends_on(generation, paths.clone()));
                    }
                }
            }
        }
    }

    fn lend(&mut self, index: usize, wanted: &Listen) {
        let service = &self.services[index];
        match self.sockets.lend(service.id, wanted) {
            Ok(socket) => service.answer(Answer::Socket { request: wanted.request }, Some(socket)),
            Err(errno) => service.answer(Answer::Refused { request: wanted.request, errno }, None),
        }
    }

    fn on_ends(&mut self) {
        let mut index = 0;
        while index < self.services.len() {
            match self.services[index].try_end() {
                Some(ended) => {
                    let service = self.services.remove(index);
                    self.sockets.left(service.id);
                    self.ended(&service, ended);
                }
                None => index += 1,
            }
        }
    }

    fn on_time(&mut self) {
        let now = Instant::now();
        for service in self.services.iter_mut().filter(|it| it.kill_at.is_some_and(|at| at <= now)) {
            service.kill_at = None;
            service.kill();
        }
        while let Some(index) = self.services.iter().position(|it| it.settled_at.is_some_and(|at| at <= now)) {
            self.come_up(index);
        }
        for slot in 0..self.slots.len() {
            if self.slots[slot].respawn_at.is_some_and(|at| at <= now) {
                self.slots[slot].respawn_at = None;
                self.start(slot);
            }
        }
        if let Some((_, rollout)) = self.delayed.take_if(|(at, _)| *at <= now) {
            self.begin(rollout);
        }
        if self.sweep_at.take_if(|at| *at <= now).is_some() && self.rollout.is_none() {
            self.sockets.sweep();
        }
    }

    // -------------------------------------------------------------------------------------- the end

    /// Ctrl-C: at once. A program that listens to it may say its last words; a second time it may not.
    fn interrupt(&mut self) {
        let again = self.ending == Some(INTERRUPTED);
        self.stop_starting();
        self.ending = Some(INTERRUPTED);
        for service in &mut self.services {
            if again || service.phase == Phase::Loading || service.phase == Phase::Waiting {
                service.kill();
            } else {
                service.signal(Signal::INT);
                let latest = Instant::now() + LAST_WORDS;
                service.kill_at = Some(service.kill_at.map_or(latest, |at| at.min(latest)));
            }
            service.phase = Phase::Ending;
        }
    }

    /// SIGTERM: every process finishes what it has begun. A second time, it does not.
    fn end_in_order(&mut self) {
        let again = self.ending.is_some();
        self.stop_starting();
        self.sockets.close();
        self.ending = self.ending.or(Some(0));
        for service in &mut self.services {
            if again {
                service.kill();
            } else {
                end(service, self.grace);
            }
        }
    }

    fn stop_starting(&mut self) {
        self.rollout = None;
        self.delayed = None;
        self.slots.iter_mut().for_each(|slot| slot.respawn_at = None);
    }

    // -------------------------------------------------------------------------------------- waiting

    fn bells(&self) -> Vec<std::os::fd::BorrowedFd<'_>> {
        let mut bells = vec![self.signals.bell()];
        bells.extend(self.input.as_ref().and_then(Input::bell));
        bells.extend(self.watch.as_ref().and_then(Watch::bell));
        bells.extend(self.services.iter().flat_map(|service| [service.end(), service.control()]));
        bells
    }

    fn deadline(&self) -> Option<Instant> {
        let services = self.services.iter().flat_map(|it| [it.kill_at, it.settled_at]);
        let slots = self.slots.iter().map(|slot| slot.respawn_at);
        let others = [
            self.sweep_at,
            self.delayed.as_ref().map(|(at, _)| *at),
            self.watch.as_ref().and_then(Watch::deadline),
            self.input.as_ref().and_then(Input::deadline),
        ];
        services.chain(slots).chain(others).flatten().min()
    }
}

/// Tells a process to end in order, once; later by force.
fn end(service: &mut Service, grace: Duration) {
    match service.phase {
        Phase::Ending => return,
        Phase::Loading | Phase::Waiting => service.kill(),
        Phase::Running => {
            service.signal(Signal::TERM);
            service.kill_at = Some(Instant::now() + grace + GRACE_EXTRA);
        }
    }
    service.phase = Phase::Ending;
    service.settled_at = None;
}

/// This program, also when its file has been replaced.
fn binary() -> Result<PathBuf, String> {
    match std::env::current_exe() {
        Ok(path) if path.exists() => Ok(path),
        _ => Ok(PathBuf::from("/proc/self/exe")),
    }
}

impl arguments::Run {
    /// What a process of the service is started with.
    fn for_service(&self) -> Vec<OsString> {
        let mut all: Vec<OsString> = vec![
            "run".into(),
            format!("--stack-size={}", self.stack_size).into(),
            format!("--max-coroutines={}", self.max_coroutines).into(),
            format!("--grace={}ms", self.grace.as_millis()).into(),
        ];
        if let arguments::Atomic::Report = self.atomic {
            all.push("--atomic=report".into());
        }
        if let Some(file) = &self.atomic_report {
            let mut option = OsString::from("--atomic-report=");
            option.push(file);
            all.push(option);
        }
        all.extend(self.v8_flags.iter().map(|flag| format!("--v8-flags={flag}").into()));
        all.push("--".into());
        all.push(self.file.clone());
        all.extend(self.arguments.iter().cloned());
        all
    }
}
