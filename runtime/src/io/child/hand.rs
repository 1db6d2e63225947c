//! Starting a process that gets listening sockets. They come with `LISTEN_PID`, the number of the very process that is
//! meant (sd_listen_fds(3)), and only that process knows it before it executes: posix_spawn(3) cannot write it down. So
//! this does what posix_spawn does, which is clone(2) with shared memory: no copy is made, and this thread sleeps until
//! the child has executed or given up.

use crate::io::raw;
use std::ffi::{CStr, CString, OsString};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};

/// The first descriptor that is handed over.
const FIRST: usize = 3;
const PID: &[u8] = b"LISTEN_PID=";
const DIGITS_MAX: usize = 11;
/// The child calls the kernel and nothing else.
const STACK: usize = 64 * 1024;

/// Puts what is handed over into the environment, `LISTEN_PID` excepted, which is the child's to say.
pub(super) fn announce(environment: &mut Vec<(OsString, OsString)>, names: &[&str]) {
    environment.retain(|(name, _)| !["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"].iter().any(|other| name == other));
    environment.push(("LISTEN_FDS".into(), names.len().to_string().into()));
    environment.push(("LISTEN_FDNAMES".into(), names.join(":").into()));
}

/// What the child is to do, made before it exists: it allocates nothing and takes no lock.
struct Plan<'a> {
    file: &'a CStr,
    folder: Option<&'a CStr>,
    args: *const *const libc::c_char,
    environment: *const *const libc::c_char,
    theirs: &'a [OwnedFd],
    detached: bool,
    /// `LISTEN_PID=` with room for the number.
    pid: [u8; PID.len() + DIGITS_MAX],
    signals: libc::sigset_t,
    failure: i32,
}

/// Starts `file`, whose descriptors are `theirs`, those from [`FIRST`] on being listening sockets. Its number.
pub(super) fn start(
    file: &CStr,
    folder: Option<&CStr>,
    args: &[*const libc::c_char],
    environment: &[CString],
    theirs: &[OwnedFd],
    detached: bool,
) -> io::Result<i32> {
    debug_assert!(theirs.len() > FIRST && args.last().is_some_and(|last| last.is_null()));
    let mut pid = [0; PID.len() + DIGITS_MAX];
    pid[..PID.len()].copy_from_slice(PID);
    // SAFETY: invariant 30 (zero is a value of this structure).
    let signals = unsafe { std::mem::zeroed() };
    let args = args.as_ptr();
    let mut plan =
        Plan { file, folder, args, environment: std::ptr::null(), theirs, detached, pid, signals, failure: 0 };
    let own = plan.pid.as_ptr().cast();
    let environment: Vec<_> = environment.iter().map(|entry| entry.as_ptr()).chain([own, std::ptr::null()]).collect();
    plan.environment = environment.as_ptr();
    let mut stack = vec![0u128; STACK / size_of::<u128>()];
    let plan: *mut Plan<'_> = &mut plan;
    // SAFETY: invariant 37.
    let (pid, failure) = unsafe {
        let mut before = std::mem::zeroed();
        libc::sigfillset(&mut (*plan).signals);
        libc::pthread_sigmask(libc::SIG_SETMASK, &(*plan).signals, &mut before);
        let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD;
        let pid = libc::clone(become_it, stack.as_mut_ptr().add(stack.len()).cast(), flags, plan.cast());
        let failure = if pid < 0 { io::Error::last_os_error() } else { io::Error::from_raw_os_error((*plan).failure) };
        libc::pthread_sigmask(libc::SIG_SETMASK, &before, std::ptr::null_mut());
        (pid, failure)
    };
    if pid < 0 {
        return Err(failure);
    }
    if failure.raw_os_error() != Some(0) {
        raw::forget_child(pid);
        return Err(failure);
    }
    Ok(pid)
}

/// The child's side: everything up to the new program, or the error of what failed.
extern "C" fn become_it(plan: *mut libc::c_void) -> libc::c_int {
    // SAFETY: invariant 37.
    unsafe {
        let plan = &mut *plan.cast::<Plan<'_>>();
        if set_up(plan) {
            libc::execve(plan.file.as_ptr(), plan.args.cast(), plan.environment.cast());
        }
        plan.failure = *libc::__errno_location();
        libc::_exit(127)
    }
}

/// False: `errno` tells.
///
/// # Safety
/// Invariant 37: to be called in a child that shares memory with a thread that sleeps, all signals being blocked.
unsafe fn set_up(plan: &mut Plan<'_>) -> bool {
    // SAFETY: invariant 37 (system calls and our own memory only).
    unsafe {
        // A handler of ours must not run in the child. What is ignored stays so, but for SIGPIPE, which we ignore.
        for signal in 1..=libc::SIGRTMAX() {
            let mut action: libc::sigaction = std::mem::zeroed();
            let found = libc::sigaction(signal, std::ptr::null(), &mut action) == 0;
            if found && (action.sa_sigaction != libc::SIG_IGN || signal == libc::SIGPIPE) {
                action.sa_sigaction = libc::SIG_DFL;
                libc::sigaction(signal, &action, std::ptr::null_mut());
            }
        }
        if plan.detached && libc::setsid() < 0 {
            return false;
        }
        // The working directory first: a relative file is meant from there.
        if plan.folder.is_some_and(|folder| libc::chdir(folder.as_ptr()) < 0) {
            return false;
        }
        for (number, fd) in plan.theirs.iter().enumerate() {
            if libc::dup2(fd.as_raw_fd(), number as i32) < 0 {
                return false;
            }
        }
        write_number(&mut plan.pid[PID.len()..], libc::getpid() as u32);
        libc::sigemptyset(&mut plan.signals);
        libc::sigprocmask(libc::SIG_SETMASK, &plan.signals, std::ptr::null_mut()) == 0
    }
}

/// Writes `number` in digits; zeroes follow.
fn write_number(place: &mut [u8], number: u32) {
    let count = number.checked_ilog10().unwrap_or(0) as usize + 1;
    let mut rest = number;
    for digit in place.iter_mut().take(count).rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_everybody_writes_them() {
        for number in [0, 7, 10, 99, 100, 4_194_304, u32::MAX] {
            let mut place = [0; DIGITS_MAX];
            write_number(&mut place, number);
            let text = CStr::from_bytes_until_nul(&place).expect("a zero follows").to_str().unwrap();
            assert_eq!(text, number.to_string());
        }
    }

    #[test]
    fn what_cannot_be_executed_is_an_error() {
        let file = c"/no/such/program";
        let theirs: Vec<OwnedFd> = (0..4).map(|_| raw::duplicate(0, 10).expect("standard input is open")).collect();
        let args = [file.as_ptr(), std::ptr::null()];
        let error = start(file, None, &args, &[], &theirs, false).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::ENOENT));
    }
}
