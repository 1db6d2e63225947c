//! Tests of files, processes and signals over a real reactor. Each checks that the loop goes on: a ticker beside a slow
//! operation keeps ticking.

use crate::io::child::{self, Command, Limits, Status, Stdio};
use crate::io::fs::{self, Mode};
use crate::io::handle::Handle;
use crate::io::{environment, raw};
use crate::reactor::{block_on, sleep, spawn};
use std::cell::Cell;
use std::io::SeekFrom;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

/// A folder that goes away with everything in it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("corona-io-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn fifo(&self, name: &str) -> String {
        let path = self.path(name);
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const READ: Mode = Mode { flags: libc::O_RDONLY, permissions: 0 };
const WRITE: Mode = Mode { flags: libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC, permissions: 0o644 };
const UPDATE: Mode = Mode { flags: libc::O_RDWR | libc::O_CREAT, permissions: 0o644 };

/// Counts while the future that is awaited beside it has not ended.
fn ticker() -> Rc<Cell<u32>> {
    let ticks = Rc::new(Cell::new(0));
    let count = ticks.clone();
    spawn(async move {
        while Rc::strong_count(&count) > 1 {
            count.set(count.get() + 1);
            sleep(Duration::from_millis(1)).await;
        }
    });
    ticks
}

fn run(script: &str) -> Command {
    command("sh", &["sh", "-c", script])
}

fn command(file: &str, args: &[&str]) -> Command {
    Command {
        file: file.to_owned(),
        args: args.iter().map(|arg| arg.to_string()).collect(),
        folder: None,
        environment: environment::all(),
        stdio: vec![Stdio::Pipe, Stdio::Pipe, Stdio::Pipe],
        listeners: Vec::new(),
        detached: false,
    }
}

const LIMITS: Limits = Limits { output_bytes_max: 1 << 20, time: None, signal: libc::SIGTERM };

async fn collect(command: Command, input: &[u8], limits: Limits) -> crate::op::OpResult<child::Collected> {
    let started = child::spawn(command).await?;
    child::collect(started.child, started.pipes, input.to_vec(), limits).await
}

#[test]
fn a_file_is_written_read_by_line_and_sought() {
    let folder = Folder::new("lines");
    let path = folder.path("file");
    block_on(async {
        fs::write_file(path.clone(), b"one\r\ntwo\n\nlast".to_vec(), WRITE).await.unwrap();
        let file = fs::open(path.clone(), UPDATE).await.unwrap();
        let mut lines = Vec::new();
        while let Some(line) = file.read_line().await.unwrap() {
            lines.push(String::from_utf8(line).unwrap());
        }
        assert_eq!(lines, ["one", "two", "", "last"]);
        assert_eq!(file.seek(SeekFrom::Start(5)).await.unwrap(), 5);
        assert_eq!(file.read_line().await.unwrap().unwrap(), b"two");
        assert_eq!(file.seek(SeekFrom::Current(0)).await.unwrap(), 9, "what was read ahead does not count");
        file.write_all(b"X".to_vec()).await.unwrap();
        assert_eq!(file.read(64).await.unwrap(), b"last");
        assert_eq!(fs::read_file(path.clone(), fs::FILE_BYTES_MAX).await.unwrap(), b"one\r\ntwo\nXlast");
        let missing = fs::read_file(folder.path("missing"), fs::FILE_BYTES_MAX).await.unwrap_err();
        assert_eq!(missing.message(), format!("ENOENT: no such file or directory, open '{}'", folder.path("missing")));
        let directory = fs::read_file(folder.path(""), fs::FILE_BYTES_MAX).await.unwrap_err();
        assert_eq!(directory.message(), "EISDIR: illegal operation on a directory, read");
    });
}

#[test]
fn appending_does_not_move_the_place_where_lines_are_read() {
    let folder = Folder::new("append");
    let path = folder.path("file");
    block_on(async {
        fs::write_file(path.clone(), b"one\ntwo\n".to_vec(), WRITE).await.unwrap();
        let flags = libc::O_RDWR | libc::O_CREAT | libc::O_APPEND;
        let file = fs::open(path.clone(), Mode { flags, permissions: 0o644 }).await.unwrap();
        assert_eq!(file.read_line().await.unwrap().unwrap(), b"one");
        file.write_all(b"three\n".to_vec()).await.unwrap();
        assert_eq!(file.read_line().await.unwrap().unwrap(), b"two");
        assert_eq!(file.read_line().await.unwrap().unwrap(), b"three");
        assert_eq!(file.read_line().await.unwrap(), None);
    });
}

#[test]
fn a_fifo_waits_for_its_other_side_and_nobody_else_does() {
    let folder = Folder::new("fifo");
    // More than the pool has threads: were they used, the loop would stop here.
    let paths: Vec<String> = (0..24).map(|index| folder.fifo(&format!("fifo{index}"))).collect();
    block_on(async {
        let ticks = ticker();
        let read = Rc::new(Cell::new(0));
        for path in paths.clone() {
            let read = read.clone();
            spawn(async move {
                let content = fs::read_file(path, fs::FILE_BYTES_MAX).await.unwrap();
                assert_eq!(content, b"through");
                read.set(read.get() + 1);
            });
        }
        sleep(Duration::from_millis(30)).await;
        assert_eq!(read.get(), 0, "nobody has written yet");
        let before = ticks.get();
        for path in &paths {
            fs::write_file(path.clone(), b"through".to_vec(), Mode { flags: libc::O_WRONLY, permissions: 0 })
                .await
                .unwrap();
        }
        while read.get() < paths.len() {
            sleep(Duration::from_millis(1)).await;
        }
        assert!(before > 5 && ticks.get() > before);
    });
}

#[test]
fn writing_to_a_fifo_waits_for_a_reader() {
    let folder = Folder::new("fifo-writer");
    let path = folder.fifo("fifo");
    block_on(async {
        let written = Rc::new(Cell::new(false));
        let (name, done) = (path.clone(), written.clone());
        spawn(async move {
            fs::write_file(name, vec![7; 200_000], Mode { flags: libc::O_WRONLY, permissions: 0 }).await.unwrap();
            done.set(true);
        });
        sleep(Duration::from_millis(30)).await;
        assert!(!written.get());
        assert_eq!(fs::read_file(path, fs::FILE_BYTES_MAX).await.unwrap().len(), 200_000);
        sleep(Duration::from_millis(5)).await;
        assert!(written.get());
    });
}

#[test]
fn devices_have_their_errors() {
    block_on(async {
        let full = fs::write_file("/dev/full".into(), vec![1], WRITE).await.unwrap_err();
        assert_eq!(full.message(), "ENOSPC: no space left on device, write");
        assert_eq!(fs::read_file("/dev/null".into(), fs::FILE_BYTES_MAX).await.unwrap(), b"");
        let zero = fs::open("/dev/zero".into(), READ).await.unwrap();
        assert_eq!(zero.read(3).await.unwrap(), [0, 0, 0]);
        assert!(!fs::read_file("/proc/self/status".into(), fs::FILE_BYTES_MAX).await.unwrap().is_empty());
    });
}

#[test]
fn close_ends_a_pending_read() {
    let (reader, _writer) = raw::pipe().unwrap();
    raw::set_nonblocking(&reader).unwrap();
    block_on(async {
        let handle = Rc::new(Handle::pipe(reader));
        let closer = handle.clone();
        spawn(async move {
            sleep(Duration::from_millis(5)).await;
            closer.close();
        });
        assert_eq!(handle.read(1).await.unwrap_err().code, corona_std::errors::CLOSED);
    });
}

#[test]
fn a_process_gets_its_input_and_gives_output_and_status() {
    block_on(async {
        let big = vec![b'x'; 300_000];
        let done = collect(run("cat; echo err >&2; exit 3"), &big, LIMITS).await.unwrap();
        assert_eq!((done.status, done.stdout.len(), done.stderr), (Status::Exited(3), 300_000, b"err\n".to_vec()));
        let killed = collect(run("kill -9 $$"), b"", LIMITS).await.unwrap();
        assert_eq!(killed.status, Status::Signaled(libc::SIGKILL));
        let missing = collect(command("corona-no-such", &["x"]), b"", LIMITS).await.err().unwrap();
        assert_eq!(missing.message(), "spawn corona-no-such ENOENT");
        let mut lost = run("true");
        lost.folder = Some("/no/such/folder".into());
        assert_eq!(collect(lost, b"", LIMITS).await.err().unwrap().code, "ENOENT");
    });
}

#[test]
fn limits_end_a_process() {
    block_on(async {
        let ticks = ticker();
        let slow = Limits { time: Some(Duration::from_millis(50)), ..LIMITS };
        let error = collect(run("exec sleep 100"), b"", slow).await.err().unwrap();
        assert_eq!(error.code, corona_std::errors::TIMEOUT);
        assert!(ticks.get() > 10);
        let small = Limits { output_bytes_max: 1000, ..LIMITS };
        let error = collect(run("exec yes"), b"", small).await.err().unwrap();
        assert_eq!(error.code, corona_std::errors::TOO_LARGE);
    });
}

#[test]
fn children_inherit_nothing_but_what_they_are_given() {
    block_on(async {
        let done = collect(run("ls /proc/self/fd | wc -l; grep -E 'Sig(Blk|Ign)' /proc/self/status"), b"", LIMITS)
            .await
            .unwrap();
        let text = String::from_utf8(done.stdout).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0].trim(), "4", "0, 1, 2 and the one that lists: {text}");
        assert_eq!(lines[1], "SigBlk:\t0000000000000000");
        let ignored = u64::from_str_radix(lines[2].trim_start_matches("SigIgn:").trim(), 16).unwrap();
        assert_eq!(ignored & 1 << (libc::SIGPIPE - 1), 0, "this process ignores SIGPIPE, its children do not");
    });
}

#[test]
fn a_dropped_run_kills_its_process() {
    block_on(async {
        let started = child::spawn(run("sleep 100")).await.unwrap();
        let child = started.child.clone();
        let task = crate::reactor::spawn(async move {
            let _ = child::collect(started.child, started.pipes, Vec::new(), LIMITS).await;
        });
        sleep(Duration::from_millis(10)).await;
        assert_eq!(child.status(), None);
        crate::reactor::abort(task);
        assert_eq!(child.wait().await, Status::Signaled(libc::SIGKILL));
        assert!(!child.kill(libc::SIGTERM).unwrap());
    });
}

#[test]
fn the_environment_keeps_its_order_and_is_changed_in_place() {
    environment::set("CORONA_TEST_B".into(), "1".into());
    environment::set("CORONA_TEST_A".into(), "2".into());
    environment::set("CORONA_TEST_B".into(), "3".into());
    let names = environment::names();
    assert_eq!(names[names.len() - 2..], ["CORONA_TEST_B", "CORONA_TEST_A"]);
    assert_eq!(environment::get("CORONA_TEST_B").as_deref(), Some("3"));
    environment::remove("CORONA_TEST_B");
    assert_eq!(environment::get("CORONA_TEST_B"), None);
}
