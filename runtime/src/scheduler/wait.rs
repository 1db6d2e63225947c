//! Waiting: how a coroutine gives its turn away and what it finds when it comes back.

use super::coroutines::{self, Coroutine, Phase};
use super::{run, state};
use crate::coroutine::suspend;
use crate::engine::{self, Scope};
use crate::op::{Class, OpError, OpResult};
use crate::reactor;
use corona_std::errors;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// What can end a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The operating system, a timer, the thread pool: it keeps the process alive.
    Outside,
    /// Other coroutines of the program alone: if all wait like this, it is a deadlock.
    Inside,
    /// Its turn.
    Turn,
}

/// Fails where nothing may block, in an atomic block of this coroutine: unless std lets the call go on.
pub(crate) fn check_may_block(scope: &mut Scope<'_, '_>) -> OpResult<()> {
    if state::depth() == 0 || engine::refuse(scope) {
        return Ok(());
    }
    let message = "a call that may block, in an atomic block";
    Err(OpError::new(Class::Error, errors::WOULD_BLOCK, message))
}

/// Runs `future` to its end; suspends the coroutine while it is pending. It is dropped when the coroutine is cancelled.
pub(crate) fn block_on<F: Future>(scope: &mut Scope<'_, '_>, future: F) -> OpResult<F::Output> {
    let coroutine = coroutines::running();
    take_cancellation(coroutine)?;
    let waker = reactor::coroutine_waker(coroutine.number);
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
        if run::is_overdue() {
            away(coroutine, scope, |scope| sleep(coroutine, Kind::Turn, scope));
        }
        return Ok(value); // cancelled meanwhile or not: what was done is told, the next wait throws
    }
    away(coroutine, scope, |scope| {
        loop {
            sleep(coroutine, Kind::Outside, scope);
            take_cancellation(coroutine)?;
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return Ok(value);
            }
        }
    })
}

/// Sleeps until somebody wakes this coroutine. May return without a reason: callers look at their condition again.
pub(crate) fn park(scope: &mut Scope<'_, '_>) -> OpResult<()> {
    wait(scope, Kind::Inside)
}

/// As [`park`], for at most `limit`.
pub(crate) fn park_for(scope: &mut Scope<'_, '_>, limit: Duration) -> OpResult<()> {
    let coroutine = coroutines::running();
    let waker = reactor::coroutine_waker(coroutine.number);
    let mut timer = pin!(reactor::sleep(limit));
    if timer.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
        return yield_now(scope);
    }
    wait(scope, Kind::Outside)
}

/// Lets everybody else who is ready run first.
pub(crate) fn yield_now(scope: &mut Scope<'_, '_>) -> OpResult<()> {
    if run::is_alone() {
        return take_cancellation(coroutines::running());
    }
    wait(scope, Kind::Turn)
}

fn wait(scope: &mut Scope<'_, '_>, kind: Kind) -> OpResult<()> {
    let coroutine = coroutines::running();
    take_cancellation(coroutine)?;
    away(coroutine, scope, |scope| sleep(coroutine, kind, scope));
    take_cancellation(coroutine)
}

/// Runs `suspending`, after which V8 is under this coroutine's identity and async context again.
fn away<'s, 'i, R>(
    coroutine: &'static Coroutine,
    scope: &mut Scope<'s, 'i>,
    suspending: impl FnOnce(&mut Scope<'s, 'i>) -> R,
) -> R {
    let frame = engine::frame(scope);
    let result = suspending(scope);
    coroutine.identity.hold();
    engine::restore_frame(scope, frame);
    result
}

/// Suspends until woken. A coroutine that is woken to describe itself captures its stack and sleeps on.
fn sleep(coroutine: &'static Coroutine, kind: Kind, scope: &mut Scope<'_, '_>) {
    if kind == Kind::Turn {
        coroutine.queue();
    } else {
        coroutine.set_phase(Phase::Waiting(kind));
    }
    loop {
        suspend();
        if !coroutine.describing.replace(false) {
            return;
        }
        coroutine.identity.hold();
        run::describe(coroutine, engine::stack_here(scope));
    }
}

fn take_cancellation(coroutine: &Coroutine) -> OpResult<()> {
    if coroutine.shields.get() == 0 && coroutine.cancelled.replace(false) {
        return Err(OpError::new(Class::Error, errors::CANCELLED, "the task was cancelled"));
    }
    Ok(())
}
