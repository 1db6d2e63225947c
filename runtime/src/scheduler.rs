//! Who runs next. One loop on the thread's own stack resumes coroutines; each runs until it waits.
//!
//! *Workers* are coroutines that take jobs (spawned tasks, events, microtasks) one after another; a job that does not
//! block costs no switch. A job that blocks keeps its coroutine, and another worker goes on with the rest.

mod coroutines;
mod jobs;
mod run;
mod state;
mod wait;

pub(crate) use coroutines::{cancel, census, configure, current, forget_cancellation, shield, take_cancellation, wake};
pub(crate) use jobs::{after_job, push as push_job};
pub(crate) use run::{End, report_stacks, run, want_dump};
pub(crate) use state::{attach as attach_state, is_quiet};
pub(crate) use wait::{Kind, block_on, check_may_block, park, park_for, yield_now};
