//! `corona build --watch`: the bundle follows what is saved.

use super::{save, write};
use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::{Ended, Program};
use std::fs;

fn build(temp: &TempDir, args: &[&str]) -> Program {
    Program::start(CORONA, temp.path(), &[&["build", "--watch", "--quiet", "--outfile=out/out.mjs"], args].concat())
}

/// Waits for a build that worked, and runs what it wrote.
fn built(program: &mut Program, temp: &TempDir) -> String {
    program.error_line_with("[watch] built in");
    Program::start(CORONA, temp.path(), &["run", "out/out.mjs"]).finish().stdout
}

#[test]
fn it_builds_again_when_a_file_changes_comes_or_goes() {
    let temp = TempDir::new("build-watch");
    write(
        &temp,
        "main.ts",
        "import { one } from './lib/one.ts';\nimport { two } from './two.js';\nconsole.log(one, two);\n",
    );
    write(&temp, "lib/one.ts", "export const one: number = 1;\n");
    let mut program = build(&temp, &["main.ts"]);
    // It waits for what is missing.
    program.error_line_with("cannot find module \"./two.js\"");
    program.error_line_with("[watch] gave up after");
    write(&temp, "two.ts", "export const two = 2;\n");
    program.error_line_with("[watch] two.ts changed");
    assert_eq!(built(&mut program, &temp), "1 2\n");
    // An error leaves the last good output.
    save(&temp, "lib/one.ts", "export const = 1;\n");
    program.error_line_with("[watch] lib/one.ts changed");
    program.error_line_with("error[CORONA1011]");
    program.error_line_with("[watch] gave up after");
    assert!(fs::read_to_string(temp.path().join("out/out.mjs")).expect("it is there").contains("one = 1"));
    save(&temp, "lib/one.ts", "export const one: number = 10;\n");
    assert_eq!(built(&mut program, &temp), "10 2\n");
    // Other files and exports in the same place.
    fs::remove_file(temp.path().join("two.ts")).expect("it is there");
    program.error_line_with("[watch] gave up after");
    write(&temp, "two.js", "export { two } from './three.js';\n");
    program.error_line_with("[watch] gave up after");
    write(&temp, "three.js", "export const two = 'three';\n");
    assert_eq!(built(&mut program, &temp), "10 three\n");
}

#[test]
fn settings_assets_and_packages_are_watched() {
    let temp = TempDir::new("build-watch-settings");
    write(
        &temp,
        "main.tsx",
        "import it from '#it';\nimport text from './a.txt';\nconst h = (name) => name, g = (name) => name + '!';\nconsole.log(it, text, <b/>);\n",
    );
    write(&temp, "a.txt", "text");
    write(&temp, "one.js", "export default 'one';\n");
    write(&temp, "two.js", "export default 'two';\n");
    write(&temp, "package.json", r##"{ "imports": { "#it": "./one.js" } }"##);
    write(&temp, "tsconfig.json", r#"{ "compilerOptions": { "jsx": "react", "jsxFactory": "h" } }"#);
    let mut program = build(&temp, &["main.tsx"]);
    assert_eq!(built(&mut program, &temp), "one text b\n");
    save(&temp, "package.json", r##"{ "imports": { "#it": "./two.js" } }"##);
    assert_eq!(built(&mut program, &temp), "two text b\n");
    save(&temp, "tsconfig.json", r#"{ "compilerOptions": { "jsx": "react", "jsxFactory": "g" } }"#);
    assert_eq!(built(&mut program, &temp), "two text b!\n");
    save(&temp, "a.txt", "more");
    assert_eq!(built(&mut program, &temp), "two more b!\n");
}

#[test]
fn every_build_is_what_a_fresh_one_would_be() {
    let temp = TempDir::new("build-watch-fresh");
    write(
        &temp,
        "main.js",
        "import { a } from './a.js';\nimport('./later.js').then(console.log);\nconsole.log(a());\n",
    );
    write(&temp, "a.js", "import { b } from './b.js';\nexport const a = () => b * 2;\nexport class Unused {}\n");
    write(&temp, "later.js", "import { b } from './b.js';\nexport default b;\n");
    let args = ["main.js", "--minify", "--sourcemap"];
    write(&temp, "b.js", "export const b = 0;\n");
    let folder = ["--quiet", "--outdir=out"];
    let mut program = Program::start(CORONA, temp.path(), &[&["build", "--watch"], &folder[..], &args].concat());
    program.error_line_with("[watch] built in");
    for text in ["export const b = 1;\n", "let b = 2;\nexport { b };\nexport * from './c.js';\n"] {
        write(&temp, "c.js", "export const c = 3;\n");
        save(&temp, "b.js", text);
        program.error_line_with("b.js");
        program.error_line_with("[watch] built in");
        let fresh = [&["build"], &["--quiet", "--outdir=fresh"][..], &args].concat();
        assert_eq!(Program::start(CORONA, temp.path(), &fresh).finish().code, Some(0));
        for file in fs::read_dir(temp.path().join("fresh")).expect("it was built") {
            let name = file.expect("it is there").file_name();
            let read = |folder: &str| fs::read(temp.path().join(folder).join(&name)).ok();
            assert_eq!(read("out"), read("fresh"), "{name:?}");
        }
        fs::remove_dir_all(temp.path().join("fresh")).expect("it is there");
    }
}

#[test]
fn ctrl_c_ends_it_and_leaves_what_was_built() {
    let temp = TempDir::new("build-watch-interrupt");
    write(&temp, "main.js", "console.log(1);\n");
    let mut program = build(&temp, &["main.js"]);
    assert_eq!(built(&mut program, &temp), "1\n");
    program.signal("INT");
    assert_eq!(program.finish().code, Some(130));
    let left: Vec<_> = fs::read_dir(temp.path().join("out")).expect("it is there").collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn what_cannot_be_written_is_told_and_tried_again() {
    let temp = TempDir::new("build-watch-unwritable");
    write(&temp, "main.js", "console.log(1);\n");
    write(&temp, "out", "a file where the folder should be");
    let mut program = build(&temp, &["main.js"]);
    program.error_line_with("cannot write");
    program.error_line_with("[watch] gave up after");
    fs::remove_file(temp.path().join("out")).expect("it is there");
    save(&temp, "main.js", "console.log(2);\n");
    assert_eq!(built(&mut program, &temp), "2\n");
}

#[test]
fn it_needs_files_to_read_and_to_write() {
    let temp = TempDir::new("build-watch-nothing");
    write(&temp, "main.js", "console.log(1);\n");
    let ended = |args: &[&str]| -> Ended {
        Program::start(CORONA, temp.path(), &[&["build", "--watch"], args].concat()).finish()
    };
    let nowhere = ended(&["main.js"]);
    assert_eq!(
        (nowhere.code, nowhere.stderr.trim()),
        (Some(2), "error: --watch needs a place for the output: --outfile or --outdir")
    );
    let input = ended(&["-", "--outfile=out.js"]);
    assert_eq!(
        (input.code, input.stderr.trim()),
        (Some(2), "error: --watch needs files: standard input can be read only once")
    );
}
