//! `corona check` where it changes files, and where its output leads nowhere.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::{Ended, Program};
use std::fs;
use std::process::{Command, Stdio};

fn check(folder: &TempDir, args: &[&str]) -> Ended {
    let args: Vec<&str> = std::iter::once("check").chain(args.iter().copied()).collect();
    Program::start(CORONA, folder.path(), &args).finish()
}

#[test]
fn fix_takes_calls_out_of_blocks_and_comments_out_of_files() {
    let folder = TempDir::new("check-fix");
    let file = folder.path().join("a.ts");
    let before = r#"import { readTextFile } from "corona:fs";
let settings = "";
export function first(path: string) {
  atomic: {
    settings = readTextFile(path);
    console.log("read"); // corona-ignore empty-atomic: not so
  }
}
export function second(path: string) {
  if (path) atomic: {
    settings = readTextFile(path);
  }
  atomic: {
    const helper = () => path;
    settings = readTextFile(helper());
  }
  atomic: {
    if (path) settings = readTextFile(path);
  }
  atomic: {
    atomic: {
      settings = readTextFile(path);
    }
  }
}
"#;
    fs::write(&file, before).expect("written");
    let ended = check(&folder, &["--fix", "--format=concise"]);
    let after = fs::read_to_string(&file).expect("read");
    let expected = before
        .replacen(
            "  atomic: {\n    settings = readTextFile(path);",
            "  const result = readTextFile(path);\n  atomic: {\n    settings = result;",
            1,
        )
        .replace(" // corona-ignore empty-atomic: not so", "");
    assert_eq!(after, expected);
    assert_eq!(ended.stdout.lines().count(), 4, "{}", ended.stdout);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), "checked 1 file: fixed 2, 4 errors\n"));
    let again = check(&folder, &["--fix", "--quiet"]);
    assert_eq!((again.code, again.stderr.as_str()), (Some(1), ""));
    assert_eq!(fs::read_to_string(&file).expect("read"), expected);
}

#[test]
fn effects_go_to_a_file_that_can_be_written() {
    let folder = TempDir::new("check-effects");
    fs::write(folder.path().join("a.js"), "export const now = () => 1;\n").expect("written");
    let ended = check(&folder, &["--effects", "out.txt"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""));
    let effects = fs::read_to_string(folder.path().join("out.txt")).expect("read");
    assert_eq!(effects, "a.js:1:20: `now`: never blocks\n");
    let ended = check(&folder, &["--effects", "gone/out.txt"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.starts_with("error: cannot write gone/out.txt: "), "{}", ended.stderr);
}

#[test]
fn whoever_reads_the_findings_may_have_seen_enough() {
    let folder = TempDir::new("check-pipe");
    for number in 0..2000 {
        fs::write(folder.path().join(format!("a{number}.mjs")), "let = ;\n").expect("written");
    }
    let mut command = Command::new(CORONA);
    command.args(["check", "--format=full"]).current_dir(folder.path());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ended");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "checked 2000 files: 4000 errors\n");
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let temp = TempDir::new("check-pipe");
    let made = Command::new("mkfifo").arg(temp.path().join("pipe.ts")).status().expect("mkfifo exists");
    assert!(made.success());
    fs::write(temp.path().join("main.ts"), "import \"./pipe.ts\";\n").expect("the temporary folder can be written");
    let ended = check(&temp, &[]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stdout.contains("= help: it is neither a file nor a folder\n"), "{}", ended.stdout);
}
