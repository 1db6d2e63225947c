//! `corona init`: a folder that editors understand.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::Program;
use std::fs::{read_to_string, write};
use std::path::Path;
use std::process::Command;

fn init(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(CORONA).arg("init").args(arguments).current_dir(folder).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    format!("{}{}", String::from_utf8(text).unwrap(), output.status.code().unwrap())
}

#[test]
fn an_empty_folder_gets_a_program_that_runs() {
    let temp = TempDir::new("init");
    let said = init(temp.path(), &["new/app"]);
    assert_eq!(
        said,
        "wrote corona.d.ts\nwrote tsconfig.json\nwrote main.ts\n\ncorona run new/app/main.ts starts it\n0"
    );
    let source = read_to_string(temp.path().join("new/app/main.ts")).unwrap();
    let mut program = Program::run_source(CORONA, &temp, &source.replace("8080 }", "0 }"));
    assert_eq!(program.line(), "http://localhost:8080/");
    program.signal("TERM");
    assert_eq!(program.finish().code, Some(0));
}

#[test]
fn what_is_there_stays() {
    let temp = TempDir::new("init-again");
    write(temp.path().join("a.js"), "1;").unwrap();
    assert_eq!(init(temp.path(), &[]), "wrote corona.d.ts\nwrote jsconfig.json\n0");
    write(temp.path().join("jsconfig.json"), "{}").unwrap();
    write(temp.path().join("corona.d.ts"), "old").unwrap();
    let said = init(temp.path(), &[]);
    assert!(said.starts_with("updated corona.d.ts\nleft jsconfig.json as it is;") && said.ends_with("\n0"), "{said}");
    assert_eq!(read_to_string(temp.path().join("jsconfig.json")).unwrap(), "{}");
    assert!(read_to_string(temp.path().join("corona.d.ts")).unwrap().contains("declare module \"corona:net\""));
}

#[test]
fn what_cannot_be_written_is_named() {
    let temp = TempDir::new("init-refused");
    write(temp.path().join("file"), "").unwrap();
    let said = init(temp.path(), &["file/below"]);
    assert_eq!(said, "error: cannot write file/below: Not a directory (os error 20)\n1");
}
