//! Which changes are seen: however the file got its new content, whatever it is there for, and once each.

use super::{RESTARTED, STARTED, ask, eventually, save, service, serving, start, write};
use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::Program;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::{Duration, Instant};

/// A service that answers with `text` of a module next to it; and that module.
fn with_module(temp: &TempDir, flags: &[&str], specifier: &str, name: &str, text: &str) -> (Program, u16) {
    let source = service("").replace("Response(\"\")", "Response(text)");
    write(temp, "main.ts", &format!("import {{ text }} from '{specifier}';\n{source}"));
    write(temp, name, &module(text));
    let mut program = start(temp, &[&["--watch"], flags, &["main.ts"]].concat());
    let port = program.line_after("port ").parse().expect("a port");
    program.error_line_with(STARTED);
    assert_eq!(ask(port), text);
    (program, port)
}

fn module(text: &str) -> String {
    format!("export const text = '{text}';\n")
}

fn expect(program: &mut Program, port: u16, text: &str) {
    program.error_line_with(RESTARTED);
    eventually(text, || ask(port) == text);
}

#[test]
fn however_a_file_is_saved() {
    let temp = TempDir::new("watch-save");
    let (mut program, port) = with_module(&temp, &[], "./text.ts", "text.ts", "first");
    let path = temp.path().join("text.ts");
    // In place, as `echo > file` does.
    write(&temp, "text.ts", &module("in place"));
    expect(&mut program, port, "in place");
    // Another file renamed over it.
    save(&temp, "text.ts", &module("renamed"));
    expect(&mut program, port, "renamed");
    // The old one moved away, as vim does.
    fs::rename(&path, temp.path().join("text.ts~")).expect("it is there");
    write(&temp, "text.ts", &module("moved away"));
    expect(&mut program, port, "moved away");
    // Gone for a while: the old program serves, and the new file mends it.
    fs::remove_file(&path).expect("it is there");
    program.error_line_with("the old program goes on");
    assert_eq!(ask(port), "moved away");
    write(&temp, "text.ts", &module("back"));
    expect(&mut program, port, "back");
}

#[test]
fn a_link_that_is_turned_elsewhere() {
    let temp = TempDir::new("watch-links");
    write(&temp, "releases/1/text.ts", &module("release 1"));
    write(&temp, "releases/2/text.ts", &module("release 2"));
    symlink("releases/1", temp.path().join("current")).expect("links can be made");
    symlink("releases/1/text.ts", temp.path().join("direct.ts")).expect("links can be made");
    let source = service("").replace("Response(\"\")", "Response(`${a} ${b}`)");
    let imports = "import { text as a } from './current/text.ts'; import { text as b } from './direct.ts';\n";
    write(&temp, "main.ts", &format!("{imports}{source}"));
    let mut program = start(&temp, &["--watch", "main.ts"]);
    let port = program.line_after("port ").parse().expect("a port");
    program.error_line_with(STARTED);
    let turn = |name: &str, to: &str| {
        symlink(to, temp.path().join("new")).expect("links can be made");
        fs::rename(temp.path().join("new"), temp.path().join(name)).expect("the link is there");
    };
    turn("current", "releases/2");
    expect(&mut program, port, "release 2 release 1");
    turn("direct.ts", "releases/2/text.ts");
    expect(&mut program, port, "release 2 release 2");
    // The file behind the link.
    save(&temp, "releases/2/text.ts", &module("mended"));
    expect(&mut program, port, "mended mended");
}

#[test]
fn a_folder_that_is_replaced_by_another() {
    let temp = TempDir::new("watch-folders");
    let (mut program, port) = with_module(&temp, &[], "./src/deep/text.ts", "src/deep/text.ts", "first");
    write(&temp, "other/deep/text.ts", &module("second"));
    let path = |name: &str| temp.path().join(name);
    fs::rename(path("src"), path("old")).expect("it is there");
    fs::rename(path("other"), path("src")).expect("it is there");
    eventually("the new folder is served", || ask(port) == "second");
    program.error_line_with(RESTARTED);
    // The new folder is watched, the old one is not.
    save(&temp, "old/deep/text.ts", &module("nobody reads this"));
    save(&temp, "src/deep/text.ts", &module("third"));
    eventually("a change in the new folder is served", || ask(port) == "third");
    // Removed with everything in it, and made again.
    fs::remove_dir_all(path("src")).expect("it is there");
    program.error_line_with("the old program goes on");
    write(&temp, "src/deep/text.ts", &module("fourth"));
    eventually("the folder made again is served", || ask(port) == "fourth");
}

#[test]
fn a_new_file_that_mends_a_missing_import() {
    let temp = TempDir::new("watch-missing");
    let (mut program, port) = serving(&temp, &[], "old");
    let source = service("").replace("Response(\"\")", "Response(text)");
    save(&temp, "main.ts", &format!("import {{ text }} from './not/yet.ts';\n{source}"));
    program.error_line_with("error[CORONA1012]");
    program.error_line_with("the old program goes on");
    write(&temp, "not/yet.ts", &module("found"));
    expect(&mut program, port, "found");
}

#[test]
fn a_checkout_of_a_thousand_files_is_few_restarts() {
    let temp = TempDir::new("watch-checkout");
    let source = service("").replace("Response(\"\")", "Response(`${all.length} ${all[0]} ${all.at(-1)}`)");
    let imports: String = (0..1000).map(|it| format!("import {{ text as t{it} }} from './lib/{it}.ts';\n")).collect();
    let names: Vec<String> = (0..1000).map(|it| format!("t{it}")).collect();
    write(&temp, "main.ts", &format!("{imports}const all = [{}];\n{source}", names.join(",")));
    let checkout = |text: &str| (0..1000).for_each(|it| save_module(&temp, it, text));
    checkout("one");
    let mut program = start(&temp, &["--watch", "main.ts"]);
    let port = program.line_after("port ").parse().expect("a port");
    program.error_line_with(STARTED);
    checkout("two");
    eventually("the whole checkout is served", || ask(port) == "1000 two two");
    program.signal("TERM");
    let ended = program.finish();
    // One, unless the machine was so busy that files came to rest in between.
    let restarts = ended.stderr.matches("changed").count();
    assert!((1..=50).contains(&restarts), "{restarts} restarts:\n{}", ended.stderr);
    assert!(ended.stderr.contains(" more changed"), "{}", ended.stderr);
}

fn save_module(temp: &TempDir, number: usize, text: &str) {
    let folder = temp.path().join("lib");
    fs::create_dir_all(&folder).expect("the temporary folder can be written");
    let (path, new) = (folder.join(format!("{number}.ts")), folder.join("new"));
    fs::write(&new, module(text)).expect("the temporary folder can be written");
    fs::rename(new, path).expect("the temporary folder can be written");
}

#[test]
fn what_is_loaded_while_the_program_runs() {
    let temp = TempDir::new("watch-dynamic");
    write(&temp, "late.ts", &module("late"));
    write(&temp, "common.cjs", "module.exports = 'common';");
    write(
        &temp,
        "main.ts",
        "import { serve } from 'corona:http'; import { createRequire } from 'node:module';
        let loaded = 'nothing';
        const server = serve({ port: 0, hostname: '127.0.0.1' }, async () => {
          const name = './late.ts';
          return new Response((await import(name)).text + ' ' + (await import('./common.cjs')).default);
        });
        console.log('port', server.port);"
            .replace("import { createRequire } from 'node:module';", "")
            .as_str(),
    );
    let mut program = start(&temp, &["--watch", "main.ts"]);
    let port = program.line_after("port ").parse().expect("a port");
    program.error_line_with(STARTED);
    assert_eq!(ask(port), "late common");
    save(&temp, "late.ts", &module("later"));
    expect(&mut program, port, "later common");
    save(&temp, "common.cjs", "module.exports = 'rare';");
    expect(&mut program, port, "later rare");
}

#[test]
fn files_that_every_program_depends_on() {
    let temp = TempDir::new("watch-always");
    let (mut program, _) = serving(&temp, &[], "x");
    for name in [".env", "package.json", "tsconfig.json", "corona.json"] {
        // None was there when it began.
        write(&temp, name, "{}\n");
        assert!(program.error_line_with(" changed").contains(name), "{name}");
        program.error_line_with(RESTARTED);
        fs::remove_file(temp.path().join(name)).expect("it is there");
        assert!(program.error_line_with(" changed").contains(name), "{name}");
        program.error_line_with(RESTARTED);
    }
}

#[test]
fn folders_that_the_user_names_but_for_what_git_ignores() {
    let temp = TempDir::new("watch-path");
    write(&temp, "views/.gitignore", "cache/\n*.log\n");
    write(&temp, "views/index.html", "<p>");
    write(&temp, "data.json", "1");
    let (mut program, _) = serving(&temp, &["--watch-path=views", "--watch-path=data.json"], "x");
    let mut changed = |name: &str, text: &str| {
        write(&temp, name, text);
        let line = program.error_line_with(" changed");
        assert!(line.contains(name), "{name}: {line}");
        program.error_line_with(RESTARTED);
    };
    changed("views/index.html", "<p><p>");
    // What is ignored is followed by something that is not: only that is reported.
    write(&temp, "views/cache/page.html", "<p>");
    write(&temp, "views/debug.log", "oops");
    changed("views/new/deep/page.html", "<p>");
    write(&temp, "views/cache/page.html", "<p><p>");
    changed("views/new/deep/page.html", "<p><p>");
    changed("data.json", "2");
    write(&temp, "unrelated.txt", "");
    changed("data.json", "3");
}

#[test]
fn what_is_excluded_is_not_watched() {
    let temp = TempDir::new("watch-exclude");
    let (mut program, port) = with_module(
        &temp,
        &["--watch-exclude=generated/", "--watch-path=."],
        "./generated/text.ts",
        "generated/text.ts",
        "first",
    );
    save(&temp, "generated/text.ts", &module("second"));
    write(&temp, "seen.txt", "");
    let line = program.error_line_with(" changed");
    assert!(line.ends_with("seen.txt changed"), "{line}");
    expect(&mut program, port, "second");
}

#[test]
fn where_the_system_tells_nothing_the_files_are_looked_at() {
    let temp = TempDir::new("watch-poll");
    let (mut program, port) =
        with_module(&temp, &["--poll=20ms", "--watch-path=views"], "./text.ts", "text.ts", "first");
    save(&temp, "text.ts", &module("second"));
    expect(&mut program, port, "second");
    // A folder that was not there when it began.
    write(&temp, "views/a.html", "");
    assert!(program.error_line_with(" changed").contains("views"));
    program.error_line_with(RESTARTED);
}

#[test]
fn where_the_system_gives_no_watches_the_files_are_looked_at() {
    // In a namespace of users of its own the limit is the test's to set, where containers may have such.
    let unshare = |line: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "sh", "-c", line]);
        command
    };
    if !unshare("true").status().is_ok_and(|status| status.success()) {
        return eprintln!("not tested: there are no namespaces of users here");
    }
    for (limit, most, notice) in [
        ("max_inotify_watches", 1, "the system gives no further watches: looking at the files instead"),
        ("max_inotify_instances", 0, "no events of the file system"),
    ] {
        let temp = TempDir::new("watch-limit");
        write(&temp, "text.ts", &module("first"));
        let source = service("").replace("Response(\"\")", "Response(text)");
        write(&temp, "main.ts", &format!("import {{ text }} from './text.ts';\n{source}"));
        let line = format!("echo {most} > /proc/sys/user/{limit} && exec {CORONA} run --watch main.ts");
        let mut command = unshare(&line);
        command.current_dir(temp.path()).env("NO_COLOR", "1");
        let mut program = Program::spawn(command);
        program.error_line_with(notice);
        let port = program.line_after("port ").parse().expect("a port");
        program.error_line_with(STARTED);
        save(&temp, "text.ts", &module("second"));
        expect(&mut program, port, "second");
    }
}

#[test]
fn a_working_directory_that_goes_and_comes_back() {
    let temp = TempDir::new("watch-gone");
    write(&temp, "app/main.ts", &service("first"));
    let folder = temp.path().join("app");
    let mut program = Program::start(CORONA, &folder, &["run", "--watch", "main.ts"]);
    let port = program.line_after("port ").parse().expect("a port");
    program.error_line_with(STARTED);
    fs::remove_dir_all(&folder).expect("it is there");
    let line = program.error_line_with(" changed");
    assert!(!line.contains("[watch] ,"), "every name is one: {line}");
    program.error_line_with("the old program goes on");
    assert_eq!(ask(port), "first");
    write(&temp, "app/main.ts", &service("second"));
    eventually("what came back is served", || ask(port) == "second");
    save(&temp, "app/main.ts", &service("third"));
    eventually("and watched", || ask(port) == "third");
}

#[test]
fn a_change_between_reading_and_watching_is_not_missed() {
    let temp = TempDir::new("watch-race");
    // The program changes a module after it was compiled, and before anybody can have begun to watch it.
    write(
        &temp,
        "main.ts",
        &format!(
            "import {{ writeFile }} from 'corona:fs'; import {{ text }} from './text.ts';
            if (text === 'first') writeFile('text.ts', \"export const text = 'second';\");
            {}",
            service("").replace("Response(\"\")", "Response(text)")
        ),
    );
    write(&temp, "text.ts", &module("first"));
    let mut program = start(&temp, &["--watch", "main.ts"]);
    let port = program.line_after("port ").parse().expect("a port");
    eventually("the change is served", || ask(port) == "second");
}

#[test]
fn reading_a_file_is_no_change() {
    let temp = TempDir::new("watch-read");
    let (mut program, _) = serving(&temp, &["--watch-path=."], "x");
    let end = Instant::now() + Duration::from_millis(100);
    while Instant::now() < end {
        fs::read_to_string(temp.path().join("main.ts")).expect("it is there");
    }
    write(&temp, "seen.txt", "");
    let line = program.error_line();
    assert!(line.ends_with("seen.txt changed"), "{line}");
}
