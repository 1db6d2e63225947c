//! Running a process to its end: feeds its input and gathers its output at the same time, within limits, as one future.

use super::{Child, Status};
use crate::io::handle::Handle;
use crate::op::{Class, OpError, OpResult};
use crate::reactor;
use corona_std::errors;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

/// How long a process that was told to end may take before it is killed.
const GRACE: Duration = Duration::from_secs(2);

/// What a process may take.
pub(crate) struct Limits {
    /// Bytes of output, of each stream.
    pub(crate) output_bytes_max: usize,
    pub(crate) time: Option<Duration>,
    /// What to send when a limit is reached.
    pub(crate) signal: i32,
}

/// What came of it.
pub(crate) struct Collected {
    pub(crate) status: Status,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
}

/// Kills the process if the future that runs it is dropped.
struct Owned(Rc<Child>);

impl Drop for Owned {
    fn drop(&mut self) {
        let _ = self.0.kill(libc::SIGKILL);
    }
}

/// Writes `input`, reads both outputs and waits for the end. When a limit is reached the process is ended.
pub(crate) async fn collect(
    child: Rc<Child>,
    pipes: Vec<Option<Handle>>,
    input: Vec<u8>,
    limits: Limits,
) -> OpResult<Collected> {
    let owned = Owned(child);
    let child = &owned.0;
    let mut pipes = pipes.into_iter();
    let [stdin, stdout, stderr] = [0; 3].map(|_| pipes.next().flatten());
    let max = limits.output_bytes_max;
    let work = async {
        let mut feeding = pin!(feed(stdin, input));
        let mut out = pin!(gather(stdout, max, "stdout"));
        let mut err = pin!(gather(stderr, max, "stderr"));
        let (mut fed, mut stdout, mut stderr) = (false, None, None);
        poll_fn(|cx| {
            fed = fed || feeding.as_mut().poll(cx).is_ready();
            poll_once(&mut stdout, out.as_mut(), cx)?;
            poll_once(&mut stderr, err.as_mut(), cx)?;
            if stdout.is_some() && stderr.is_some() { Poll::Ready(Ok::<(), OpError>(())) } else { Poll::Pending }
        })
        .await?;
        // A child that closes its output lives on; it may also end without having read its input.
        let status = child.wait().await;
        Ok(Collected { status, stdout: stdout.unwrap_or_default(), stderr: stderr.unwrap_or_default() })
    };
    let collected = match limits.time {
        Some(time) => within(time, work).await,
        None => work.await,
    };
    if collected.is_err() {
        end(child, limits.signal).await;
    }
    collected
}

fn poll_once(
    slot: &mut Option<Vec<u8>>,
    work: Pin<&mut impl Future<Output = OpResult<Vec<u8>>>>,
    cx: &mut std::task::Context<'_>,
) -> OpResult<()> {
    if slot.is_none()
        && let Poll::Ready(done) = work.poll(cx)
    {
        *slot = Some(done?);
    }
    Ok(())
}

/// A child that does not want its input is not an error: its status tells what it thought of it.
async fn feed(stdin: Option<Handle>, input: Vec<u8>) {
    if let Some(stdin) = stdin
        && !input.is_empty()
    {
        let _ = stdin.write_all(input).await;
    }
}

async fn gather(pipe: Option<Handle>, max: usize, name: &str) -> OpResult<Vec<u8>> {
    let Some(pipe) = pipe else { return Ok(Vec::new()) };
    pipe.read_all(max).await.map_err(|error| {
        if error.code != errors::TOO_LARGE {
            return error.syscall("read");
        }
        let message = format!("the process wrote more than {max} bytes to {name} (see the option maxBuffer)");
        OpError::new(Class::RangeError, errors::TOO_LARGE, message)
    })
}

async fn within<T>(time: Duration, work: impl Future<Output = OpResult<T>>) -> OpResult<T> {
    let (mut work, mut over) = (pin!(work), pin!(reactor::sleep(time)));
    poll_fn(|cx| {
        if let Poll::Ready(done) = work.as_mut().poll(cx) {
            return Poll::Ready(done);
        }
        over.as_mut().poll(cx).map(|_| {
            let message = format!("the process did not end within {} ms", time.as_millis());
            Err(OpError::new(Class::Error, errors::TIMEOUT, message))
        })
    })
    .await
}

/// Sends the signal, and SIGKILL if that does not help.
async fn end(child: &Child, signal: i32) {
    let _ = child.kill(signal);
    let ended = async {
        child.wait().await;
        Ok(())
    };
    if within(GRACE, ended).await.is_err() {
        let _ = child.kill(libc::SIGKILL);
        child.wait().await;
    }
}
