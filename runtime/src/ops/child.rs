//! Child processes for `corona:child`.

use super::listening;
use super::stdio::system;
use crate::io::child::{self, Child, Command, Limits, Started, Stdio};
use crate::io::environment;
use crate::io::handle::Handle;
use crate::op::{Bytes, Class, OpError, OpResult, Registry};
use crate::resources;
use corona_std::errors;
use std::rc::Rc;
use std::time::Duration;

pub(super) fn register(ops: &mut Registry) {
    ops.blocking("child_spawn", spawn);
    ops.blocking("child_run", run);
    ops.blocking("child_wait", wait);
    ops.sync("child_status", status);
    ops.sync("child_kill", kill);
    ops.sync("child_ref", set_referenced);
    ops.sync("child_watch", watch);
    ops.sync("child_close", close);
}

/// Exit code and signal, one of them absent.
type Ended = (Option<i32>, Option<i32>);
/// What a descriptor of the child is to be: `pipe`, `null`, `number` or `handle`, and which number or id.
type Wish = (String, u32);

/// Starts a process: its id, pid, and the ids of our ends of its pipes, in the order of its descriptors. `listeners`:
/// names and ids of what listens.
async fn spawn(
    file: String,
    args: Vec<String>,
    folder: Option<String>,
    environment: Option<Vec<(String, String)>>,
    stdio: Vec<Wish>,
    detached: bool,
    listeners: Vec<(String, u32)>,
) -> OpResult<(u32, u32, Vec<Option<u32>>)> {
    let mut command = command(file, args, folder, environment, stdio, detached)?;
    let share = |(name, id)| {
        let socket = listening::share(id).unwrap_or_else(|| {
            let message = format!("\"listeners.{name}\" is closed");
            Err(OpError::new(Class::Error, errors::CLOSED, message))
        });
        OpResult::Ok((name, socket?))
    };
    command.listeners = listeners.into_iter().map(share).collect::<OpResult<_>>()?;
    let started = child::spawn(command).await?;
    let pid = started.child.pid();
    let pipes = started.pipes.into_iter().map(|pipe| pipe.map(|pipe| resources::insert(Rc::new(pipe)))).collect();
    Ok((resources::insert(started.child), pid, pipes))
}

/// Runs a process to its end: exit code, signal, standard output, standard error.
#[expect(clippy::too_many_arguments, reason = "each is an argument that JavaScript passes")]
async fn run(
    file: String,
    args: Vec<String>,
    folder: Option<String>,
    environment: Option<Vec<(String, String)>>,
    stdio: Vec<Wish>,
    input: Option<Bytes>,
    text: Option<String>,
    limits: Vec<f64>,
) -> OpResult<(Option<i32>, Option<i32>, Bytes, Bytes)> {
    let [output_bytes_max, time_ms, signal] = limits[..] else { return Err(wrong("limits")) };
    let limits = Limits {
        output_bytes_max: output_bytes_max as usize,
        time: (time_ms > 0.0).then(|| Duration::from_secs_f64(time_ms / 1e3)),
        signal: signal as i32,
    };
    let Started { child, pipes } = child::spawn(command(file, args, folder, environment, stdio, false)?).await?;
    let done = child::collect(child, pipes, super::fs::content(input, text), limits).await?;
    let (code, signal) = done.status.parts();
    Ok((code, signal, Bytes(done.stdout), Bytes(done.stderr)))
}

fn command(
    file: String,
    args: Vec<String>,
    folder: Option<String>,
    environment: Option<Vec<(String, String)>>,
    stdio: Vec<Wish>,
    detached: bool,
) -> OpResult<Command> {
    let environment = match environment {
        Some(entries) => entries.into_iter().map(|(name, value)| (name.into(), value.into())).collect(),
        None => environment::all(),
    };
    let stdio = stdio.into_iter().map(stdio_of).collect::<OpResult<_>>()?;
    Ok(Command { file, args, folder: folder.map(Into::into), environment, stdio, listeners: Vec::new(), detached })
}

fn stdio_of((kind, number): Wish) -> OpResult<Stdio> {
    Ok(match kind.as_str() {
        "pipe" => Stdio::Pipe,
        "null" => Stdio::Null,
        "number" => Stdio::Number(number as i32),
        "handle" => Stdio::File(resources::get::<Handle>(number)?.fd()),
        _ => return Err(wrong("stdio")),
    })
}

fn wrong(what: &str) -> OpError {
    OpError::new(Class::TypeError, errors::INVALID_ARGUMENT, format!("{what} has an unknown form"))
}

async fn wait(id: u32) -> OpResult<Ended> {
    Ok(resources::get::<Child>(id)?.wait().await.parts())
}

/// How it ended; null while it runs.
fn status(id: u32) -> OpResult<Option<Ended>> {
    Ok(resources::get::<Child>(id)?.status().map(child::Status::parts))
}

fn kill(id: u32, signal: i32) -> OpResult<bool> {
    resources::get::<Child>(id)?.kill(signal).map_err(|error| system(error, "kill"))
}

fn set_referenced(id: u32, referenced: bool) -> OpResult<()> {
    resources::get::<Child>(id)?.set_referenced(referenced);
    Ok(())
}

/// Posts `ChildExit` when it ends.
fn watch(id: u32) -> OpResult<()> {
    resources::get::<Child>(id)?.post_exit(id);
    Ok(())
}

/// Forgets the process. It goes on, and is reaped when it ends.
fn close(id: u32) {
    drop(resources::take::<Child>(id));
}
