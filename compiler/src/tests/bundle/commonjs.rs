//! CommonJS among ES modules.

use super::{bundle, check};

#[test]
fn commonjs_runs_when_it_is_asked_for() {
    check(
        r#"
//- /main.js
import a, { name } from "./a.cjs";
console.log("main", a.name, name, this === undefined);
//- /a.cjs
console.log("a");
exports.name = this === exports;
if (exports.name === 1) require("./never.cjs");
const { b } = require("./b.cjs");
console.log(b, require("./b.cjs").b);
//- /b.cjs
console.log("b");
module.exports = { b: "from b" };
//- /never.cjs
console.log("never");
"#,
        "a\nb\nfrom b from b\nmain true true true",
    );
}

#[test]
fn the_default_of_babel_is_found_and_that_of_node_too() {
    let fixture = |main: &str| {
        format!(
            "//- /{main}\nimport it, {{ named }} from './lib.cjs';\nimport * as all from './lib.cjs';\n\
             console.log(typeof it, it.default ?? it, named, Object.keys(all).sort().join());\n\
             //- /lib.cjs\nObject.defineProperty(exports, '__esModule', {{ value: true }});\n\
             exports.default = 'babel';\nexports.named = 'named';\n"
        )
    };
    check(&fixture("main.js"), "string babel named __esModule,default,named");
    check(&fixture("main.mjs"), "object babel named __esModule,default,named");
}

#[test]
fn commonjs_can_require_an_es_module() {
    check(
        r#"
//- /main.cjs
console.log("main");
const a = require("./a.mjs");
console.log(a.default, a.x, a.f(), a.__esModule, a === require("./a.mjs"));
a.bump();
console.log(a.x, new a.C().y);
//- /a.mjs
import { b } from "./b.mjs";
console.log("a");
export let x = b + 1;
export const f = () => x;
export function bump() { x++; }
export class C { y = "y"; }
export default "default";
for (var i = 0, n = 2; i < n; i++);
var { length: l, ...rest } = [i];
if (l !== 1) throw l;
//- /b.mjs
console.log("b");
export const b = 1;
"#,
        "main\nb\na\ndefault 2 2 true true\n3 y",
    );
}

#[test]
fn cycles_of_commonjs_see_what_is_there() {
    check(
        r#"
//- /main.cjs
exports.early = 1;
const a = require("./a.cjs");
exports.late = 2;
console.log(a.seen(), a.then);
//- /a.cjs
const main = require("./main.cjs");
exports.then = Object.keys(main).join();
exports.seen = () => Object.keys(main).join();
"#,
        "early,late early",
    );
}

#[test]
fn what_is_missing_fails_when_it_runs() {
    check(
        r#"
//- /main.cjs
let it;
try { it = require("not-installed"); } catch (error) { it = error.code; }
console.log(it, require("node:path").basename("/a/b"), typeof require);
"#,
        "MODULE_NOT_FOUND b function",
    );
}

#[test]
fn names_of_commonjs_stay_inside() {
    let code = bundle(
        "//- /main.js\nimport './a.cjs';\nconst a = 1;\nconsole.log(a);\n//- /a.cjs\nconst a = 2;\nexports.a = a;\n",
    );
    assert!(code.contains("const a = 2;") && code.contains("const a = 1;"), "{code}");
}

#[test]
fn export_star_of_commonjs_is_found_when_it_runs() {
    check(
        r#"
//- /main.js
import { x } from "./index.js";
import * as all from "./index.js";
console.log(x, Object.keys(all).sort().join());
//- /index.js
export * from "./lib.cjs";
export const own = 1;
//- /lib.cjs
exports["x"] = "x";
exports.own = "hidden";
"#,
        "x own,x",
    );
}

#[test]
fn an_entry_exports_what_the_text_of_commonjs_tells() {
    let code = bundle(
        "//- /main.js\nexport * from './index.js';\nexport * from './both.cjs';\n\
         //- /index.js\nexport * from './lib.cjs';\nexport const own = 1;\n\
         //- /lib.cjs\nexports.x = 'x';\nexports.own = 'hidden';\nexports.two = 1;\nmodule.exports = require('./more.cjs');\n\
         //- /more.cjs\nexports.y = 2;\nexports.default = 3;\n//- /both.cjs\nexports.two = 2;\n",
    );
    assert!(code.ends_with("export { own, export_0_1 as x, export_0_2 as y };\n"), "{code}");
}

#[test]
fn this_is_what_a_commonjs_module_exports_whatever_is_called_exports() {
    check(
        r#"
//- /main.js
import "./a.cjs";
import { made } from "./b.cjs";
import c from "./c.cjs";
console.log(made, c.real);
//- /a.cjs
exports.k = "key";
class A extends (this.k === "key" ? Object : null) { static [this.k] = 1; [this.k]() {} static own = this; }
const f = (exports) => this === module.exports;
{ let exports = {}; this.y = exports; }
console.log(A.key, A.own === A, f({}), Object.keys(module.exports).join(), function () { return this; }() === undefined);
//- /b.cjs
var exports = exports || {};
exports.made = 1;
var module;
console.log(typeof module.exports);
//- /c.cjs
var exports = { fake: 1 };
this.real = 2;
"#,
        "1 true true k,y true\nobject\n1 2",
    );
}

#[test]
fn a_commonjs_module_that_throws_runs_again() {
    check(
        r#"
//- /main.cjs
for (let i = 0; i < 3; i++) try { console.log(require("./b.cjs").ok); } catch (error) { console.log(error.message); }
console.log(require("./b.cjs").ok);
//- /b.cjs
globalThis.n = (globalThis.n ?? 0) + 1;
exports.half = 1;
if (globalThis.n < 3) throw new Error("e" + globalThis.n);
exports.ok = "ok";
"#,
        "e1\ne2\nok\nok",
    );
}

#[test]
fn functions_of_commonjs_are_called_without_this() {
    check(
        r#"
//- /main.js
import { f } from "./c.cjs";
console.log((f)(), (f)?.(), (f)`x`, ((f))());
//- /c.cjs
"use strict";
exports.f = function () { return this === undefined; };
"#,
        "true true true true",
    );
}

#[test]
fn es_modules_that_wait_to_be_asked_for_run_in_the_order_of_the_language() {
    let fixture = r#"
//- /entry.js
IMPORT
//- /main.js
import "./a.js"; import "./b.js"; console.log("main");
//- /a.js
import "./b.js"; console.log("a");
//- /b.js
import "./a.js"; console.log("b");
"#;
    check(&fixture.replace("IMPORT", "require('./main.js');").replace("/entry.js", "/entry.cjs"), "b\na\nmain");
}

#[test]
fn what_eval_may_name_is_there() {
    check(
        r#"
//- /main.js
import { made } from "./a.js";
import b from "./b.cjs";
const secret = 1;
console.log(made(), b, secret);
//- /a.js
const secret = 41;
function more() { return 1; }
export const made = () => eval("secret + more()");
//- /b.cjs
var secret = 1;
module.exports = eval("secret + 1");
"#,
        "42 2 1",
    );
}

#[test]
fn names_that_are_there_come_before_those_that_may_be() {
    check(
        r#"
//- /main.js
import { x, y, z, deep } from "./m.js";
console.log(x, y, z, deep);
//- /m.js
export * from "./a.js";
export * from "./b.js";
export * from "./two.js";
//- /a.js
export * from "./c.cjs";
//- /b.js
export const x = 1;
export { deep } from "./a.js";
//- /c.cjs
exports.y = 2;
exports.x = "hidden";
exports.deep = "deep";
//- /two.js
export * from "./d.cjs";
export * from "./e.cjs";
//- /d.cjs
exports.other = 0;
//- /e.cjs
exports.z = 3;
"#,
        "1 2 3 deep",
    );
    check(
        r#"
//- /main.js
import { y, z } from "./two.js";
console.log(y, z);
//- /two.js
export * from "./d.cjs";
export * from "./e.cjs";
//- /d.cjs
exports.y = 2;
//- /e.cjs
exports.z = 3;
"#,
        "2 3",
    );
}
