//! Pastes the tour of the README into a shell and compares what it prints with what the README says.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::Program;
use std::path::Path;
use std::process::Command;

#[test]
fn the_tour_works_as_printed() {
    let readme = std::fs::read_to_string(corona_tests::root().join("README.md")).expect("there is a README");
    let steps = steps(&readme);
    assert!(steps.len() >= 5, "the tour has its steps");
    let temp = TempDir::new("tour");
    for (commands, expected) in steps {
        let ended = Program::spawn(shell(temp.path(), commands)).finish();
        assert_eq!(ended.stdout, expected, "{commands}\nstderr: {}", ended.stderr);
    }
}

fn shell(folder: &Path, commands: &str) -> Command {
    let mut path = Path::new(CORONA).parent().expect("a folder").as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let mut command = Command::new("sh");
    command.args(["-c", commands]).current_dir(folder).env("PATH", path).env("NO_COLOR", "1");
    command
}

/// Every block marked `sh tour`, with the `text` block that follows it.
fn steps(readme: &str) -> Vec<(&str, &str)> {
    let mut steps = Vec::new();
    for part in readme.split("```sh tour\n").skip(1) {
        let (commands, rest) = part.split_once("```").expect("the block ends");
        let (_, rest) = rest.split_once("```text\n").expect("a step says what it prints");
        steps.push((commands, rest.split_once("```").expect("the block ends").0));
    }
    steps
}
