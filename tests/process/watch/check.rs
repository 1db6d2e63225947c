//! `corona check --watch`: what is found follows what is saved.

use super::{save, write};
use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::Program;

fn check(temp: &TempDir, args: &[&str]) -> Program {
    Program::start(CORONA, temp.path(), &[&["check", "--watch"], args].concat())
}

#[test]
fn it_looks_again_when_a_file_changes_comes_or_goes() {
    let temp = TempDir::new("check-watch");
    write(&temp, "main.ts", "import { one } from './lib/one.ts';\nconsole.log(one);\n");
    write(&temp, "lib/one.ts", "export const one = 1;\n");
    let mut program = check(&temp, &[]);
    program.error_line_with("checked 2 files: nothing found");
    program.error_line_with("[watch] looked in");
    // One save may be two changes, and the file that is renamed over the old one may be named too: only what is found
    // tells how far it has come.
    save(&temp, "lib/one.ts", "export const = 1;\n");
    program.line_after("error[CORONA1011]");
    program.error_line_with("checked 2 files: 1 error");
    save(&temp, "lib/one.ts", "export const one = 2;\n");
    program.error_line_with("[watch] lib/one.ts");
    program.error_line_with("checked 2 files: nothing found");
    // A file that nobody imports, in a folder that was not there.
    write(&temp, "more/two.ts", "export const = 2;\n");
    program.error_line_with("checked 3 files: 1 error");
    std::fs::remove_dir_all(temp.path().join("more")).expect("it is there");
    program.error_line_with("checked 2 files: nothing found");
    // One that is imported and missing, until it comes back.
    std::fs::remove_file(temp.path().join("lib/one.ts")).expect("it is there");
    program.line_after("error[CORONA1012]");
    program.error_line_with("checked 1 file: 1 error");
    write(&temp, "lib/one.ts", "export const one = 3;\n");
    program.error_line_with("checked 2 files: nothing found");
}

#[test]
fn a_configuration_that_is_wrong_is_waited_for() {
    let temp = TempDir::new("check-watch-config");
    write(&temp, "main.ts", "console.log(1);\n");
    write(&temp, "corona.json", "{ \"lint\": ");
    let mut program = check(&temp, &["main.ts"]);
    program.error_line_with("corona.json");
    program.error_line_with("[watch] looked in");
    write(&temp, "corona.json", "{}\n");
    program.error_line_with("corona.json changed");
    program.error_line_with("checked 1 file: nothing found");
}
