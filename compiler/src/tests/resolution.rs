//! Which files a program consists of.

use super::{entry, graph, ids};
use corona_std::bundle::{How, Kind};

#[test]
fn names_without_endings_and_endings_that_mean_typescript() {
    assert_eq!(
        ids(r#"
//- /main.ts
import "./a";
import "./b.js";
import "./folder";
import "./c.mjs";
//- /a.ts
//- /b.ts
//- /folder/index.tsx
//- /c.mts
"#),
        ["/main.ts", "/a.ts", "/b.ts", "/folder/index.tsx", "/c.mts"]
    );
}

#[test]
fn packages_by_exports_and_main() {
    assert_eq!(
        ids(r##"
//- /main.ts
import "esm";
import "cjs";
import "esm/sub";
import "#inner";
//- /package.json
{ "name": "me", "imports": { "#inner": "./inner.ts" } }
//- /inner.ts
//- /node_modules/esm/package.json
{ "exports": { ".": { "require": "./r.cjs", "import": "./i.mjs" }, "./sub": { "corona": "./corona.js", "default": "./d.js" } } }
//- /node_modules/esm/i.mjs
//- /node_modules/esm/r.cjs
//- /node_modules/esm/corona.js
//- /node_modules/esm/d.js
//- /node_modules/cjs/package.json
{ "main": "./lib/main" }
//- /node_modules/cjs/lib/main.js
require("./other");
require("esm");
require("optional-and-not-there");
//- /node_modules/cjs/lib/main.ts
//- /node_modules/cjs/lib/other.js
"##),
        [
            "/main.ts",
            "/node_modules/esm/i.mjs",
            "/node_modules/cjs/lib/main.js",
            "/node_modules/esm/corona.js",
            "/inner.ts",
            "/node_modules/cjs/lib/other.js",
            "/node_modules/esm/r.cjs"
        ]
    );
}

#[test]
fn paths_of_tsconfig() {
    assert_eq!(
        ids(r#"
//- /main.ts
import "@/a";
//- /tsconfig.json
{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }
//- /src/a.ts
"#),
        ["/main.ts", "/src/a.ts"]
    );
}

#[test]
fn cycles_are_legal() {
    assert_eq!(ids("//- /a.ts\nimport './b.ts';\n//- /b.ts\nimport './a.ts';\n"), ["/a.ts", "/b.ts"]);
}

#[test]
fn json_with_and_without_attributes() {
    let fixture = "//- /main.js\nimport a from './a.json' with { type: 'json' };\nimport b from './b.json';\n//- /a.json\n1\n//- /b.json\n{}\n";
    let graph = graph(fixture).expect("it loads");
    let json = graph.modules.iter().filter(|module| module.kind == Kind::Json);
    assert_eq!(json.count(), 2);
}

#[test]
fn std_is_in_no_graph() {
    let module = entry("//- /main.js\nimport { connect } from 'corona:net';\n");
    assert_eq!((module.imports[0].how, module.imports[0].target.as_str()), (How::Import, "corona:net"));
}

#[test]
fn queries_make_modules_of_their_own() {
    assert_eq!(
        ids("//- /main.js\nimport './a.js?1';\nimport './a.js?2';\n//- /a.js\n"),
        ["/main.js", "/a.js?1", "/a.js?2"]
    );
}

#[test]
fn dynamic_imports_are_not_loaded_ahead() {
    let fixture = "//- /main.js\nimport('./a.js');\nimport('./gone.js');\n//- /a.js\nsyntax error\n";
    assert_eq!(ids(fixture), ["/main.js"]);
}

#[test]
fn what_is_required_and_broken_fails_when_it_runs() {
    let fixture = "//- /main.cjs\ntry { require('./broken.cjs') } catch {}\n//- /broken.cjs\nlet let let\n";
    assert_eq!(ids(fixture), ["/main.cjs"]);
    assert!(entry(fixture).imports.is_empty());
}

#[test]
fn names_that_urls_encode() {
    assert_eq!(ids("//- /main.js\nimport './a%20b.js';\n//- /a b.js\n"), ["/main.js", "/a%20b.js"]);
}
