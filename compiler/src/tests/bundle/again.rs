//! Builds of the same program one after the other: what has not changed is not read again, and the result is that of a
//! fresh build.

use super::super::files;
use crate::{BuildOptions, Bundler, FileKind, FileSystem, MemoryFiles, build};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Files that change, and a list of what was read.
#[derive(Default)]
struct Counted {
    files: Mutex<MemoryFiles>,
    read: Mutex<Vec<PathBuf>>,
}

impl Counted {
    fn memory(&self) -> MemoryFiles {
        self.files.lock().expect("no test panics here").clone()
    }

    fn set(&self, path: &str, text: &str) {
        self.files.lock().expect("no test panics here").add(path, text);
    }

    /// What has been read since the last time, sorted.
    fn read(&self) -> Vec<String> {
        let mut read = std::mem::take(&mut *self.read.lock().expect("no test panics here"));
        read.sort();
        read.iter().map(|path| path.display().to_string()).collect()
    }
}

impl FileSystem for Counted {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let found = self.memory().read(path);
        if found.is_ok() {
            self.read.lock().expect("no test panics here").push(path.to_owned());
        }
        found
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.memory().kind(path)
    }

    fn link_kind(&self, path: &Path) -> io::Result<FileKind> {
        self.memory().link_kind(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.memory().read_link(path)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.memory().canonicalize(path)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.memory().names(folder)
    }
}

/// A program that is changed and built by turns.
struct Turns {
    files: Arc<Counted>,
    options: BuildOptions,
    bundler: Bundler,
}

impl Turns {
    fn new(fixture: &str, options: BuildOptions) -> Turns {
        let counted = Arc::new(Counted::default());
        files(fixture).iter().for_each(|(path, text)| counted.set(path, text));
        let options = BuildOptions { entries: vec!["/main.js".into()], describes_inputs: true, ..options };
        let bundler = Bundler::new(Arc::clone(&counted) as Arc<dyn FileSystem>, options.clone());
        Turns { files: counted, options, bundler }
    }

    /// Changes a file and builds; gives what was read for it.
    #[track_caller]
    fn turn(&mut self, path: &str, text: &str) -> Vec<String> {
        self.files.set(path, text);
        self.bundler.changed(Path::new(path));
        self.build()
    }

    #[track_caller]
    fn build(&mut self) -> Vec<String> {
        let built = self.bundler.build();
        let read = self.files.read();
        let fresh = build(Arc::new(self.files.memory()), &self.options);
        assert_eq!(built.files, fresh.files);
        assert_eq!(built.metafile, fresh.metafile);
        assert_eq!(format!("{:?}", built.diagnostics), format!("{:?}", fresh.diagnostics));
        self.files.read();
        read
    }
}

const FIXTURE: &str = r#"
//- /main.js
import { a } from "./a.js";
import data from "./data.json";
console.log(a, data, new URL("./image.png", import.meta.url).href);
//- /a.js
import { b } from "./b.js";
export const a = b + 1;
//- /b.js
export const b = 1;
//# sourceMappingURL=b.js.map
//- /data.json
{ "x": 1 }
//- /image.png
pixels
"#;

#[test]
fn what_has_not_changed_is_not_read_again() {
    for minify in [false, true] {
        let mut turns = Turns::new(FIXTURE, BuildOptions { minify, ..BuildOptions::default() });
        assert_eq!(turns.build(), ["/a.js", "/b.js", "/data.json", "/image.png", "/main.js"]);
        assert_eq!(turns.build(), [""; 0]);
        assert_eq!(turns.turn("/b.js", "export const b = 2;"), ["/b.js"]);
        assert_eq!(turns.turn("/data.json", "{ \"x\": 2 }"), ["/data.json"]);
        assert_eq!(turns.turn("/a.js", "import { b } from './c.js'; export const a = b;"), ["/a.js"]);
        // A new file may be what a module asks for; the others are not read for it, but for what is copied.
        assert_eq!(turns.turn("/c.js", "export const b = 'c';"), ["/c.js", "/image.png"]);
        assert_eq!(turns.turn("/a.js", "let = ;"), ["/a.js"]);
        assert_eq!(turns.turn("/a.js", "export const a = 1;"), ["/a.js"]);
    }
}

#[test]
fn what_belongs_to_a_module_is_followed() {
    let source_map = Some(crate::SourceMap::External);
    let mut turns = Turns::new(FIXTURE, BuildOptions { source_map, ..BuildOptions::default() });
    turns.build();
    assert_eq!(turns.turn("/image.png", "other pixels"), ["/image.png"]);
    let map = r#"{"version":3,"sources":["b.ts"],"names":[],"mappings":"AAAA"}"#;
    assert_eq!(turns.turn("/b.js.map", map), ["/b.js.map", "/image.png"]);
    assert_eq!(turns.turn("/package.json", "{}").len(), 7);
}
