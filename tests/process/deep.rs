//! Programs whose modules go through each other far deeper than anybody writes: nothing may run out of stack.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::{Ended, Program};
use std::fs;

/// Modules of a chain.
const LENGTH: usize = 10_000;

/// A program whose modules each have `link` with the name of the next one in place of `NEXT`; the last has `end`.
fn chain(name: &str, link: &str, end: &str) -> TempDir {
    let temp = TempDir::new(name);
    for index in 0..LENGTH {
        let is_last = index + 1 == LENGTH;
        let text = if is_last { end.to_owned() } else { link.replace("NEXT", &format!("./m{}.mjs", index + 1)) };
        fs::write(temp.path().join(format!("m{index}.mjs")), text).expect("written");
    }
    temp
}

fn corona(temp: &TempDir, args: &[&str]) -> Ended {
    Program::start(CORONA, temp.path(), args).finish()
}

#[test]
fn exports_are_passed_on_through_any_number_of_modules() {
    for (name, link) in [("star", "export * from 'NEXT';"), ("named", "export { x } from 'NEXT';")] {
        let temp = chain(name, link, "export const x = 'found';");
        fs::write(temp.path().join("main.mjs"), "import { x } from './m0.mjs';\nconsole.log(x);\n").expect("written");
        let ended = corona(&temp, &["build", "main.mjs", "--outfile=out.mjs", "--quiet"]);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        assert_eq!(corona(&temp, &["run", "out.mjs"]).stdout, "found\n");
        let ended = corona(&temp, &["check", "main.mjs"]);
        assert_eq!(ended.stderr, "checked 1 file: nothing found\n");
        // The loader of V8 recurses; it says so, and nothing breaks.
        let ended = corona(&temp, &["run", "main.mjs"]);
        assert_eq!(ended.code, Some(1));
        assert!(ended.stderr.contains("RangeError: Maximum call stack size exceeded"), "{}", ended.stderr);
    }
}

#[test]
fn circles_of_any_length_end() {
    let temp = chain("circle", "export * from 'NEXT';", "export * from './m0.mjs';");
    fs::write(temp.path().join("main.mjs"), "import { x } from './m0.mjs';\nconsole.log(x);\n").expect("written");
    for args in [&["build", "main.mjs"][..], &["check", "main.mjs"]] {
        let ended = corona(&temp, args);
        assert_eq!(ended.code, Some(1));
        let output = ended.stdout + &ended.stderr;
        assert!(output.contains("m0.mjs has no export \"x\""), "{output}");
    }
}
