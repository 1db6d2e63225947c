//! Starting a process: descriptors, signals and working directory of the child, nothing after it. With posix_spawn(3),
//! unless it gets listening sockets.

use super::{hand, search};
use crate::io::raw;
use std::ffi::{CStr, CString, OsStr, OsString};
use std::fs::{File, OpenOptions};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What one of the child's descriptors is.
pub(crate) enum Stdio {
    /// A pipe to this process.
    Pipe,
    /// `/dev/null`.
    Null,
    /// The descriptor of this process with that number.
    Number(i32),
    /// A file of this process.
    File(Arc<File>),
}

/// What to start, and how.
pub(crate) struct Command {
    /// A path, or a name to search along PATH.
    pub(crate) file: String,
    /// Every argument, the zeroth included.
    pub(crate) args: Vec<String>,
    pub(crate) folder: Option<PathBuf>,
    pub(crate) environment: Vec<(OsString, OsString)>,
    /// The child's descriptors from 0 on; all others are closed on exec.
    pub(crate) stdio: Vec<Stdio>,
    /// Listening sockets, by name: the child's descriptors behind those, announced as sd_listen_fds(3) says.
    pub(crate) listeners: Vec<(String, OwnedFd)>,
    /// In a session of its own, out of reach of the terminal's signals.
    pub(crate) detached: bool,
}

pub(super) struct Running {
    pub(super) pid: u32,
    pub(super) pidfd: OwnedFd,
    /// Our ends of the pipes, `O_NONBLOCK`, by number of the child's descriptor.
    pub(super) pipes: Vec<Option<OwnedFd>>,
}

/// Starts the process. Returns when it executes, or why it could not.
pub(super) fn start(command: &Command) -> io::Result<Running> {
    let path = command.environment.iter().find(|(name, _)| name == "PATH").map(|(_, value)| value.as_os_str());
    let file = c_string(search::find(&command.file, path, command.folder.as_deref())?.as_os_str())?;
    if let Some(folder) = &command.folder {
        check_folder(folder)?;
    }
    raw::keep_ended_children();
    // Ours are closed on exec from birth; this is for those that came with the process.
    raw::close_all_on_exec();
    let (theirs, ours) = descriptors(command)?;
    let folder = command.folder.as_ref().map(|folder| c_string(folder.as_os_str())).transpose()?;
    let args = command.args.iter().map(|arg| c_string(OsStr::new(arg))).collect::<io::Result<Vec<_>>>()?;
    let environment = environment(command)?;
    let pid = if command.listeners.is_empty() {
        spawn(&file, folder.as_deref(), &args, &environment, &theirs, command.detached)?
    } else {
        hand::start(&file, folder.as_deref(), &pointers(&args), &environment, &theirs, command.detached)?
    };
    // Nobody else reaps children, so the number still means this one.
    let pidfd = raw::process_descriptor(pid)?;
    Ok(Running { pid: pid as u32, pidfd, pipes: ours })
}

fn environment(command: &Command) -> io::Result<Vec<CString>> {
    let mut variables = command.environment.clone();
    if !command.listeners.is_empty() {
        let names: Vec<&str> = command.listeners.iter().map(|(name, _)| name.as_str()).collect();
        hand::announce(&mut variables, &names);
    }
    let entries = variables.into_iter().map(|(mut entry, value)| {
        entry.push("=");
        entry.push(value);
        c_string(&entry)
    });
    entries.collect()
}

fn spawn(
    file: &CStr,
    folder: Option<&CStr>,
    args: &[CString],
    environment: &[CString],
    theirs: &[OwnedFd],
    detached: bool,
) -> io::Result<i32> {
    let mut actions = Actions::new()?;
    // The working directory first: a relative file is meant from there.
    if let Some(folder) = folder {
        actions.change_folder(folder)?;
    }
    for (number, fd) in theirs.iter().enumerate() {
        actions.duplicate(fd.as_raw_fd(), number as i32)?;
    }
    let attributes = Attributes::new(detached)?;
    let (arg_pointers, environment_pointers) = (pointers(args), pointers(environment));
    let mut pid = 0;
    // SAFETY: invariant 30 (terminated strings in terminated lists, which live until the call has returned; the child
    // has executed by then and shares no memory with this process any more).
    let failure = unsafe {
        libc::posix_spawn(
            &mut pid,
            file.as_ptr(),
            &actions.0,
            &attributes.0,
            arg_pointers.as_ptr().cast_mut().cast(),
            environment_pointers.as_ptr().cast_mut().cast(),
        )
    };
    number_as_error(failure)?;
    Ok(pid)
}

/// posix_spawn reports a missing folder as if the file were missing; so it is looked for before.
fn check_folder(folder: &Path) -> io::Result<()> {
    if folder.metadata()?.is_dir() { Ok(()) } else { Err(io::Error::from_raw_os_error(libc::ENOTDIR)) }
}

type Ends = (Vec<OwnedFd>, Vec<Option<OwnedFd>>);

/// The child's descriptors, every one numbered higher than any that it will have, and our ends of the pipes.
fn descriptors(command: &Command) -> io::Result<Ends> {
    let above = (command.stdio.len() + command.listeners.len()).max(3) as i32;
    let (mut theirs, mut ours) = (Vec::new(), Vec::new());
    for (number, stdio) in command.stdio.iter().enumerate() {
        let (their, our) = match stdio {
            Stdio::Pipe => {
                let (read, write) = raw::pipe()?;
                // The child reads from 0 and writes to all others.
                let (their, our) = if number == 0 { (read, write) } else { (write, read) };
                raw::set_nonblocking(&our)?;
                (their, Some(our))
            }
            Stdio::Null => (OwnedFd::from(OpenOptions::new().read(true).write(true).open("/dev/null")?), None),
            Stdio::Number(fd) => (raw::duplicate(*fd, above)?, None),
            Stdio::File(file) => (raw::duplicate(file.as_raw_fd(), above)?, None),
        };
        theirs.push(if their.as_raw_fd() < above { raw::duplicate(their.as_raw_fd(), above)? } else { their });
        ours.push(our);
    }
    for (_, listener) in &command.listeners {
        theirs.push(raw::duplicate(listener.as_raw_fd(), above)?);
    }
    Ok((theirs, ours))
}

struct Actions(libc::posix_spawn_file_actions_t);

impl Actions {
    fn new() -> io::Result<Actions> {
        let mut actions = MaybeUninit::uninit();
        // SAFETY: invariant 30 (room for the structure, which the call fills unless it fails).
        unsafe {
            number_as_error(libc::posix_spawn_file_actions_init(actions.as_mut_ptr()))?;
            Ok(Actions(actions.assume_init()))
        }
    }

    fn duplicate(&mut self, from: i32, to: i32) -> io::Result<()> {
        // SAFETY: invariant 30 (initialised by `new`).
        number_as_error(unsafe { libc::posix_spawn_file_actions_adddup2(&mut self.0, from, to) })
    }

    fn change_folder(&mut self, folder: &CStr) -> io::Result<()> {
        // SAFETY: invariant 30 (initialised by `new`; the call copies the path).
        number_as_error(unsafe { libc::posix_spawn_file_actions_addchdir_np(&mut self.0, folder.as_ptr()) })
    }
}

impl Drop for Actions {
    fn drop(&mut self) {
        // SAFETY: invariant 30 (initialised by `new`, destroyed once).
        unsafe { libc::posix_spawn_file_actions_destroy(&mut self.0) };
    }
}

struct Attributes(libc::posix_spawnattr_t);

impl Attributes {
    /// No signal blocked, and SIGPIPE, which this process ignores, back to what programs expect.
    fn new(detached: bool) -> io::Result<Attributes> {
        let mut attributes = MaybeUninit::uninit();
        let session = if detached { libc::POSIX_SPAWN_SETSID } else { 0 };
        let flags =
            libc::POSIX_SPAWN_SETSIGMASK as libc::c_short | libc::POSIX_SPAWN_SETSIGDEF as libc::c_short | session;
        // SAFETY: invariant 30 (room for the structures, which the calls fill unless they fail).
        unsafe {
            number_as_error(libc::posix_spawnattr_init(attributes.as_mut_ptr()))?;
            let mut attributes = Attributes(attributes.assume_init());
            let mut signals = std::mem::zeroed::<libc::sigset_t>();
            libc::sigemptyset(&mut signals);
            number_as_error(libc::posix_spawnattr_setsigmask(&mut attributes.0, &signals))?;
            libc::sigaddset(&mut signals, libc::SIGPIPE);
            number_as_error(libc::posix_spawnattr_setsigdefault(&mut attributes.0, &signals))?;
            number_as_error(libc::posix_spawnattr_setflags(&mut attributes.0, flags))?;
            Ok(attributes)
        }
    }
}

impl Drop for Attributes {
    fn drop(&mut self) {
        // SAFETY: invariant 30 (initialised by `new`, destroyed once).
        unsafe { libc::posix_spawnattr_destroy(&mut self.0) };
    }
}

/// The functions of posix_spawn return their error.
fn number_as_error(number: i32) -> io::Result<()> {
    if number == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(number)) }
}

fn c_string(text: &OsStr) -> io::Result<CString> {
    Ok(CString::new(text.as_bytes())?)
}

fn pointers(strings: &[CString]) -> Vec<*const libc::c_char> {
    strings.iter().map(|string| string.as_ptr()).chain([std::ptr::null()]).collect()
}
