//! What files are lowered to.

use super::{entry, lower};
use corona_std::bundle::Kind;

#[test]
fn javascript_is_handed_through_byte_for_byte() {
    let text = "#!/usr/bin/env corona\n  const  a = 1 ;;\n\tusing b = c; export { a }\n";
    let module = entry(&format!("//- /main.js\n{text}"));
    assert_eq!(&*module.code, text);
    assert!(module.map.is_none() && module.original.is_none());
}

#[test]
fn types_go_and_what_they_alone_import_goes_with_them() {
    let code = lower(
        "main.ts",
        "import { T, value } from './a.ts';\nimport type { U } from './b';\nexport const x: T = value as unknown as T satisfies U;\n//- /a.ts\nexport type T = 1; export const value = 1;\n",
    );
    assert_eq!(code, "import { value } from './a.ts';\nexport const x = value;\n");
}

#[test]
fn typescript_that_makes_code() {
    let code = lower(
        "main.ts",
        "export enum E { A, B = 'b' }\nnamespace N { export const x = E.A }\nexport class C { constructor(private y: number, readonly z = 1) {} }\nexport { N };\n",
    );
    for part in ["E[E[\"A\"] = 0] = \"A\"", "(function(N)", "this.y = y", "z = 1"] {
        assert!(code.contains(part), "{part} in {code}");
    }
}

#[test]
fn maps_lead_back_to_the_text() {
    let text = "type T = 1;\n\nfunction f(a: T): never {\n  throw new Error('x');\n}\nf(1);\n";
    let module = entry(&format!("//- /main.ts\n{text}"));
    let map: serde_json::Value = serde_json::from_str(module.map.as_deref().expect("it was lowered")).expect("JSON");
    assert_eq!(map["version"], 3);
    assert_eq!(map["sources"][0], "/main.ts");
    assert_eq!(module.original.as_deref(), Some(text));
}

#[test]
fn atomic_blocks_of_es_modules() {
    let code =
        lower("main.js", "export function f() {\n  atomic: {\n    if (x) break atomic;\n    return 1;\n  }\n}\n");
    assert_eq!(
        code,
        "import { enter as enterAtomic, leave as leaveAtomic } from \"corona:atomic\";
export function f() {
    atomic: {
        const depth = enterAtomic();
        try {
            if (x) break atomic;
            return 1;
        } finally{
            leaveAtomic(depth);
        }
    }
}
"
    );
}

#[test]
fn atomic_blocks_of_commonjs_modules() {
    let code = lower("main.cjs", "'use strict';\natomic: { exports.a = 1 }\n");
    let start =
        "'use strict';\nconst { enter: enterAtomic, leave: leaveAtomic } = require(\"corona:atomic\");\natomic: {";
    assert!(code.starts_with(start), "{code}");
}

#[test]
fn atomic_blocks_nest_and_keep_clear_of_names_in_use() {
    let code = lower(
        "main.ts",
        "let depth = 1, enterAtomic = 2;\natomic: { depth++; atomic: { enterAtomic++; break atomic; } }\nexport {};\n",
    );
    assert_eq!(code.matches("finally").count(), 2, "{code}");
    // The text's own names or the lowering's give way; never do two things share one.
    assert!(code.contains("enterAtomic1++") && code.contains("const depth1 = enterAtomic()"), "{code}");
    assert!(code.contains("atomic$2: {") && code.contains("break atomic$2;"), "{code}");
}

#[test]
fn labels_that_are_not_blocks_stay() {
    let text = "atomic: for (;;) { break atomic }\nexport {};\n";
    assert_eq!(lower("main.js", text), text);
}

#[test]
fn jsx_automatic_and_classic() {
    let runtime = "//- /node_modules/react/package.json\n{ \"exports\": { \"./jsx-runtime\": \"./j.js\", \".\": \"./j.js\" } }\n//- /node_modules/react/j.js\n";
    let code = lower("main.tsx", &format!("export const a = <p id='x'>{{1}}</p>;\n{runtime}"));
    assert!(code.contains("import { jsx as _jsx } from \"react/jsx-runtime\""), "{code}");
    let classic = "//- /tsconfig.json\n{ \"compilerOptions\": { \"jsx\": \"react\", \"jsxFactory\": \"h\" } }\n//- /h.ts\nexport function h() {}\n";
    let code = lower("main.tsx", &format!("import {{ h }} from './h';\nexport const a = <p/>;\n{classic}"));
    assert!(code.contains("import { h } from './h'") && code.contains("h(\"p\""), "{code}");
}

#[test]
fn decorators_standard_and_legacy_carry_their_helpers_inline() {
    let text = "function d(...a: any[]): any {}\n@d class A { @d m() {} @d accessor x = 1 }\nexport { A };\n";
    let standard = lower("main.ts", text);
    assert!(!standard.contains("@swc/helpers") && standard.contains("function _apply_decs"), "{standard}");
    let options = "//- /tsconfig.json\n{ \"compilerOptions\": { \"experimentalDecorators\": true } }\n";
    let legacy = lower(
        "main.ts",
        &format!("function d(...a: any[]): any {{}}\n@d class A {{ @d m() {{}} }}\nexport {{ A }};\n{options}"),
    );
    assert!(legacy.contains("_ts_decorate") && !legacy.contains("@swc/helpers"), "{legacy}");
}

#[test]
fn the_syntax_tells_modules_and_commonjs_apart() {
    for (name, text, kind) in [
        ("a.js", "console.log(1)", Kind::Esm),
        ("a.js", "import './b.js'\n//- /b.js", Kind::Esm),
        ("a.js", "await 1", Kind::Esm),
        ("a.js", "for await (const a of b) {}", Kind::Esm),
        ("a.js", "function f() { return import.meta.url }", Kind::Esm),
        ("a.ts", "export type T = 1", Kind::Esm),
        ("a.js", "module.exports = 1", Kind::CommonJs),
        ("a.js", "const a = require('x')", Kind::CommonJs),
        ("a.js", "if (require.main === module) return", Kind::CommonJs),
        ("a.js", "require('x'); import('y'); async () => { await 1 }", Kind::CommonJs),
        ("a.js", "var let = 010; with (a) {}", Kind::CommonJs),
        ("a.ts", "import x = require('x');\nexport = x", Kind::CommonJs),
        ("a.ts", "import type { T } from './t';\nexport = 1", Kind::CommonJs),
        ("a.cjs", "1", Kind::CommonJs),
        ("a.cts", "const a: number = 1", Kind::CommonJs),
        ("a.mjs", "1", Kind::Esm),
        ("a.js", "require('x')\n//- /package.json\n{ \"type\": \"module\" }", Kind::Esm),
        ("a.js", "import './b.js'\n//- /b.js\n//- /package.json\n{ \"type\": \"commonjs\" }", Kind::Esm),
        ("script", "#!/usr/bin/env corona\nexports.a = 1", Kind::CommonJs),
    ] {
        assert_eq!(entry(&format!("//- /{name}\n{text}\n")).kind, kind, "{text}");
    }
}

#[test]
fn typescript_of_commonjs() {
    let code = lower("main.cts", "import x = require('./y.cjs');\nexport = { x };\n//- /y.cjs\n");
    assert!(code.contains("const x = require('./y.cjs')") && code.contains("module.exports = {"), "{code}");
    let code = lower("main.ts", "import x = require('./y.cjs');\nexport const a = x;\n//- /y.cjs\n");
    assert!(code.contains("import x from './y.cjs'"), "{code}");
}
