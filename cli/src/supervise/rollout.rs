//! From one generation of the program to the next.

use super::service::{Ended, Phase, Service};
use super::{SWEEP_AFTER, Supervisor, end};
use crate::say;
use corona_std::handover::Answer;
use std::collections::{HashSet, VecDeque};
use std::time::{Duration, Instant};

/// A program whose entry was evaluated and that does not listen, as its predecessor did, may do so so much later.
const LISTEN_AFTER: Duration = Duration::from_secs(1);
/// Pauses before a process that has failed is started anew: the first, and the longest.
const RESPAWN_FIRST: Duration = Duration::from_millis(100);
const RESPAWN_MAX: Duration = Duration::from_secs(10);
/// Who has run so long has not failed in a row.
const RUNS_WELL_AFTER: Duration = Duration::from_secs(10);
/// Within this time a program may fail so often before restarts have to wait: more than a person can type.
const LOOP_WITHIN: Duration = Duration::from_secs(10);
const LOOP_FREE: usize = 5;
const LOOP_PAUSE: Duration = Duration::from_millis(500);
const LOOP_PAUSE_MAX: Duration = Duration::from_secs(5);

/// The replacement of every process by a new one.
pub(super) struct Rollout {
    /// Slots that are still to be dealt with.
    todo: VecDeque<usize>,
    /// How many at a time.
    width: usize,
    /// Processes that have not come up yet.
    starting: HashSet<u64>,
    since: Instant,
    cause: Cause,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    First,
    Asked,
    Changed,
}

impl Rollout {
    pub(super) fn first(slots: usize) -> Rollout {
        Rollout::new(slots, slots, Instant::now(), Cause::First)
    }

    /// Somebody wants it: `width` at a time.
    pub(super) fn asked(slots: usize, width: usize) -> Rollout {
        Rollout::new(slots, width, Instant::now(), Cause::Asked)
    }

    pub(super) fn changed(slots: usize, since: Instant) -> Rollout {
        Rollout::new(slots, slots, since, Cause::Changed)
    }

    fn new(slots: usize, width: usize, since: Instant, cause: Cause) -> Rollout {
        Rollout { todo: (0..slots).collect(), width, starting: HashSet::new(), since, cause }
    }
}

impl Supervisor {
    /// Begins to replace every process. One that has begun and not ended is given up.
    pub(super) fn begin(&mut self, rollout: Rollout) {
        if self.ending.is_some() {
            return;
        }
        self.give_up(false);
        self.delayed = None;
        self.slots.iter_mut().for_each(|slot| slot.respawn_at = None);
        self.next_generation += 1;
        self.rollout = Some(rollout);
        self.advance();
    }

    /// Starts as many as may start at a time.
    fn advance(&mut self) {
        while let Some(rollout) = &mut self.rollout {
            if rollout.starting.len() >= rollout.width {
                return;
            }
            let Some(slot) = rollout.todo.pop_front() else { break };
            let Some(id) = self.start(slot) else {
                self.rollout = None;
                return;
            };
            if let Some(rollout) = &mut self.rollout {
                rollout.starting.insert(id);
            }
        }
        if self.rollout.as_ref().is_some_and(|it| it.starting.is_empty()) {
            self.complete();
        }
    }

    /// Every process is a new one.
    fn complete(&mut self) {
        let Some(rollout) = self.rollout.take() else { return };
        let time = say::time(rollout.since.elapsed());
        self.sweep_at = Some(Instant::now() + SWEEP_AFTER);
        let generation = self.next_generation - 1;
        match &mut self.watch {
            Some(watch) => {
                watch.forget_before(generation);
                let files = say::files(watch.count());
                let verb = if rollout.cause == Cause::First { "started" } else { "restarted" };
                let keys = if rollout.cause == Cause::First { "; rs and Enter restarts" } else { "" };
                self.voice.say(&format!("{verb} in {time}, watching {files}{keys}"));
            }
            None if rollout.cause == Cause::First => {}
            None => self.voice.say(&format!("restarted in {time}")),
        }
    }

    /// Starts a process for the slot.
    pub(super) fn start(&mut self, slot: usize) -> Option<u64> {
        let id = self.next_service;
        self.next_service += 1;
        match Service::start(&self.program, id, slot, self.next_generation - 1) {
            Ok(service) => {
                self.services.push(service);
                Some(id)
            }
            Err(error) => {
                self.voice.say(&format!("cannot start a process: {error}"));
                self.fail(slot);
                None
            }
        }
    }

    /// The program is compiled. It runs now, or when the one before it has ended: what listens is kept until its
    /// successor listens too, and what does not cannot run twice.
    pub(super) fn loaded(&mut self, index: usize) {
        let slot = self.services[index].slot;
        let Some(old) = self.slots[slot].current.filter(|old| !self.sockets.has(*old)) else {
            return self.let_run(index);
        };
        self.services[index].phase = Phase::Waiting;
        let grace = self.grace;
        self.services.iter_mut().filter(|it| it.id == old).for_each(|it| end(it, grace));
        self.run_the_waiting(slot);
    }

    /// Runs the process of the slot that waits, if nothing stands in its way.
    fn run_the_waiting(&mut self, slot: usize) {
        let current = self.slots[slot].current;
        if self.services.iter().any(|it| Some(it.id) == current) {
            return;
        }
        let waiting = |it: &Service| it.slot == slot && it.phase == Phase::Waiting;
        if let Some(index) = self.services.iter().position(waiting) {
            self.slots[slot].current = None;
            self.let_run(index);
        }
    }

    fn let_run(&mut self, index: usize) {
        let service = &mut self.services[index];
        if !matches!(service.phase, Phase::Loading | Phase::Waiting) {
            return;
        }
        service.phase = Phase::Running;
        service.answer(Answer::Run, None);
        let slot = &mut self.slots[service.slot];
        if slot.current.is_none() {
            // Nobody serves in its place: there is nothing to wait for.
            slot.current = Some(service.id);
            service.settled_at = Some(Instant::now() + LISTEN_AFTER);
        }
    }

    /// The entry was evaluated to its end. If its predecessor listens it should do so too, soon.
    pub(super) fn evaluated(&mut self, index: usize) {
        let service = &self.services[index];
        let old = self.slots[service.slot].current.filter(|old| *old != service.id);
        if old.is_some_and(|old| self.sockets.has(old)) && !self.sockets.has(service.id) {
            self.services[index].settled_at = Some(Instant::now() + LISTEN_AFTER);
        } else {
            self.come_up(index);
        }
    }

    /// The process does what it is there for: the one before it has done its duty.
    pub(super) fn come_up(&mut self, index: usize) {
        let service = &mut self.services[index];
        service.settled_at = None;
        if service.phase != Phase::Running {
            return;
        }
        let (id, slot, grace) = (service.id, service.slot, self.grace);
        if let Some(old) = self.slots[slot].current.replace(id).filter(|old| *old != id) {
            self.services.iter_mut().filter(|it| it.id == old).for_each(|it| end(it, grace));
        }
        if self.rollout.as_mut().is_some_and(|it| it.starting.remove(&id)) {
            self.advance();
        }
    }

    /// A process has ended, and is not in the list any more.
    pub(super) fn ended(&mut self, service: &Service, ended: Ended) {
        let slot = service.slot;
        let was_starting = self.rollout.as_mut().is_some_and(|it| it.starting.remove(&service.id));
        self.slots[slot].current.take_if(|id| *id == service.id);
        if self.ending.is_some() {
            return;
        }
        self.sweep_at = self.sweep_at.or(Some(Instant::now() + SWEEP_AFTER));
        if service.phase == Phase::Ending {
            return self.run_the_waiting(slot);
        }
        match (ended.is_success(), was_starting) {
            (true, _) => self.finished(service, was_starting),
            (false, true) => self.failed_to_start(ended),
            (false, false) => self.failed_later(service, ended),
        }
    }

    /// The program has run to its end.
    fn finished(&mut self, service: &Service, was_starting: bool) {
        let old = self.slots[service.slot].current.take();
        let grace = self.grace;
        self.services.iter_mut().filter(|it| Some(it.id) == old).for_each(|it| end(it, grace));
        if was_starting {
            self.advance();
        }
        if self.watch.is_some() && self.slots.iter().all(|slot| slot.current.is_none()) {
            self.voice.say("the program has ended; waiting for a change");
        }
    }

    /// It does not compile, or failed before it listened.
    fn failed_to_start(&mut self, ended: Ended) {
        let is_first = self.rollout.as_ref().is_some_and(|it| it.cause == Cause::First);
        self.give_up(true);
        self.count_failure();
        let serving = self.services.iter().any(|it| it.phase == Phase::Running);
        let what = if serving { "the old program goes on" } else { "waiting for a change" };
        match (&self.watch, is_first) {
            (Some(_), _) => self.voice.say(&format!("the program failed ({ended}): {what}")),
            // Whoever started it should know at once.
            (None, true) => {
                self.end_in_order();
                self.ending = Some(ended.code());
            }
            (None, false) => self.voice.say(&format!("the new program failed ({ended}): the old one goes on")),
        }
    }

    /// It failed although it had come up.
    fn failed_later(&mut self, service: &Service, ended: Ended) {
        self.count_failure();
        if service.started.elapsed() >= RUNS_WELL_AFTER {
            self.slots[service.slot].failures = 0;
        }
        if self.watch.is_some() && self.slots.len() == 1 {
            return self.voice.say(&format!("the program failed ({ended}): waiting for a change"));
        }
        let pause = self.fail(service.slot);
        let when = if pause.is_zero() { String::new() } else { format!(" in {}", say::time(pause)) };
        self.voice.say(&format!("a worker failed ({ended}): starting another{when}"));
    }

    /// Has the slot's process started anew, later each time.
    fn fail(&mut self, slot: usize) -> Duration {
        let slot = &mut self.slots[slot];
        let doubled = RESPAWN_FIRST * 2u32.saturating_pow(slot.failures.saturating_sub(1).min(16));
        let pause = if slot.failures == 0 { Duration::ZERO } else { doubled.min(RESPAWN_MAX) };
        slot.failures += 1;
        slot.respawn_at = Some(Instant::now() + pause);
        pause
    }

    /// Gives up the rollout, and the processes that have not come up: all of them if `failed`, since they run what has
    /// failed elsewhere; else but for those that are the only ones in their place.
    fn give_up(&mut self, failed: bool) {
        let Some(rollout) = self.rollout.take() else { return };
        let Supervisor { services, slots, sockets, grace, .. } = self;
        for service in services.iter_mut().filter(|it| rollout.starting.contains(&it.id)) {
            if !failed && slots[service.slot].current == Some(service.id) {
                continue;
            }
            if sockets.has(service.id) {
                end(service, *grace); // it may have begun to answer requests
            } else {
                service.kill();
                service.phase = Phase::Ending;
            }
        }
    }

    fn count_failure(&mut self) {
        let now = Instant::now();
        self.failures.push_back(now);
        self.failures.retain(|at| now.duration_since(*at) < LOOP_WITHIN);
    }

    /// How long a restart has to wait because the program fails again and again.
    pub(super) fn pause(&mut self) -> Option<Duration> {
        let now = Instant::now();
        self.failures.retain(|at| now.duration_since(*at) < LOOP_WITHIN);
        let over = self.failures.len().checked_sub(LOOP_FREE)?;
        Some((LOOP_PAUSE * 2u32.saturating_pow(over.min(8) as u32)).min(LOOP_PAUSE_MAX))
    }
}
