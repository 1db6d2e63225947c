//! `corona build` where it cannot write, and where it is asked for the same thing in other places.

use crate::CORONA;
use corona_tests::TempDir;
use corona_tests::program::{Ended, Program};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Runs a command line in which `$0` is the binary under test.
fn shell(folder: &TempDir, line: &str) -> Ended {
    Program::start("sh", folder.path(), &["-c", line, CORONA]).finish()
}

/// Everything in a folder, and what it holds.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("it is a folder");
    let files = entries.map(|entry| entry.expect("an entry").path());
    files.map(|path| (path.display().to_string(), fs::read(&path).expect("it is a file"))).collect()
}

#[test]
fn nothing_half_written_is_left_when_there_is_no_room() {
    let folder = TempDir::new("build-full");
    fs::write(folder.path().join("small.js"), "console.log(1);\n").expect("written");
    fs::write(folder.path().join("large.js"), format!("console.log(\"{}\");\n", "x".repeat(100_000))).expect("written");
    let out = folder.path().join("out");
    fs::create_dir(&out).expect("made");
    fs::write(out.join("small.js"), "what was there").expect("written");
    let before = contents(&out);
    // A limit for the size of files does what a full disk does; it comes as an error, or first as a signal.
    for prefix in ["trap '' XFSZ; ", ""] {
        for options in ["small.js large.js --outdir out", "large.js --outfile out/small.js --sourcemap"] {
            let ended = shell(&folder, &format!("{prefix}ulimit -f 8; exec $0 build {options}"));
            assert_eq!(ended.code, Some(2), "{}", ended.stderr);
            assert!(ended.stderr.starts_with("error: cannot write "), "{}", ended.stderr);
            assert_eq!(contents(&out), before);
        }
    }
}

#[test]
fn the_same_program_gives_the_same_bytes_in_any_folder() {
    let outputs = ["build-here", "build-there-below"].map(|name| {
        let folder = TempDir::new(name);
        let source = folder.path().join(name).join("src");
        fs::create_dir_all(&source).expect("made");
        for number in 0..40 {
            let text = format!(
                "import {{ it as other }} from \"./m{}.ts\";\nexport const it: number = {number};\n\
                 export const late = () => [other, import(\"./m{}.ts\")];\n",
                (number * 7 + 1) % 40,
                (number * 11 + 3) % 40
            );
            fs::write(source.join(format!("m{number}.ts")), text).expect("written");
        }
        let project = folder.path().join(name).display().to_string();
        let options = "src/m0.ts src/m20.ts --splitting --sourcemap --metafile --outdir out --quiet";
        let ended = shell(&folder, &format!("cd {project} && $0 build {options}"));
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        let found = contents(&folder.path().join(name).join("out"));
        found.into_iter().map(|(path, bytes)| (path.replace(&project, ""), bytes)).collect::<BTreeMap<_, _>>()
    });
    assert!(outputs[0].len() > 4, "{:?}", outputs[0].keys());
    assert_eq!(outputs[0], outputs[1]);
}

#[test]
fn where_nobody_can_be_told_the_exit_code_says_it() {
    let folder = TempDir::new("build-told");
    fs::write(folder.path().join("good.js"), "console.log(1);\n").expect("written");
    fs::write(folder.path().join("bad.js"), "let = ;\n").expect("written");
    let cases = [
        ("build good.js --outfile out.js", 0),
        ("build bad.js --outfile out.js", 1),
        ("build gone.js --outfile out.js", 1),
        ("build good.js --outfile bad.js/out.js", 2),
        ("check good.js", 0),
        ("check bad.js", 1),
        ("check gone.js", 2),
        ("run bad.js", 1),
    ];
    for (arguments, code) in cases {
        let ended = shell(&folder, &format!("exec $0 {arguments} 2>/dev/full"));
        assert_eq!(ended.code, Some(code), "{arguments}");
    }
}
