//! ES modules in one scope.

use super::{bundle, bundle_with, check, check_plain};
use crate::BuildOptions;

#[test]
fn a_program_without_imports_stays_as_it_is() {
    assert_eq!(
        bundle("//- /main.ts\nconst a: number = 1;\nconsole.log(a);\n"),
        "// main.ts\nconst a = 1;\nconsole.log(a);\n"
    );
}

#[test]
fn names_that_meet_are_told_apart() {
    check(
        r#"
//- /main.js
import { name as other } from "./a.js";
import { get } from "./b.js";
const name = "main";
function hidden(name$1) { return [name$1, other]; }
console.log(name, other, get(), hidden(1).join());
//- /a.js
export const name = "a";
//- /b.js
const name = "b";
export const get = () => { const name$2 = "inner"; return name + name$2; };
"#,
        "main a binner 1,a",
    );
}

#[test]
fn bindings_are_live() {
    check(
        r#"
//- /main.js
import { count, increase } from "./counter.js";
import * as all from "./counter.js";
increase();
console.log(count, all.count, { count });
increase();
console.log(count, all["count"], Object.keys(all).join());
//- /counter.js
export let count = 0;
export function increase() { count++; }
"#,
        "1 1 { count: 1 }\n2 2 count,increase",
    );
}

#[test]
fn cycles_work_as_far_as_they_do_without_a_bundle() {
    check(
        r#"
//- /main.js
import { even } from "./even.js";
console.log(even(10));
//- /even.js
import { odd } from "./odd.js";
export function even(n) { return n === 0 || odd(n - 1); }
//- /odd.js
import { even } from "./even.js";
export function odd(n) { return n !== 0 && even(n - 1); }
try { even; late; } catch (error) { console.log(error.name); }
import { late } from "./late.js";
//- /late.js
import "./odd.js";
export const late = even2();
function even2() { return 2; }
"#,
        "true",
    );
}

#[test]
fn a_binding_in_a_cycle_is_not_there_before_its_time() {
    // A minifier takes it for granted that nobody reads a binding before its time.
    check_plain(
        r#"
//- /main.js
import "./a.js";
export const value = 1;
//- /a.js
import { value } from "./main.js";
try { value; } catch (error) { console.log(error.name); }
"#,
        "ReferenceError",
    );
}

#[test]
fn what_is_passed_on_is_found_at_its_source() {
    let fixture = r#"
//- /main.js
import { a, b as c, deep, theDefault } from "./index.js";
console.log(a, c, deep.x, typeof theDefault);
//- /index.js
export * from "./one.js";
export { b } from "./two.js";
export * as deep from "./deep.js";
export { default as theDefault } from "./two.js";
//- /one.js
export const a = "a";
export const b = "not this";
export default "never";
//- /two.js
export const b = "b";
export default function named() {}
//- /deep.js
export const x = "x";
"#;
    check(fixture, "a b x function");
}

#[test]
fn modules_run_in_the_order_of_the_language() {
    check(
        r#"
//- /main.js
console.log("main");
import "./a.js";
import "./b.js";
//- /a.js
import "./c.js";
await 0;
console.log("a");
//- /b.js
console.log("b");
import "./c.js";
//- /c.js
console.log("c");
"#,
        "c\na\nb\nmain",
    );
}

#[test]
fn namespaces_are_like_those_of_the_language() {
    check(
        r#"
//- /main.js
import * as all from "./a.js";
const show = (it) => [Object.keys(it).join(), it[Symbol.toStringTag], Object.getPrototypeOf(it), "x" in it];
console.log(...show(all));
console.log(Reflect.set(all, "a", 2), all.a, delete globalThis.nothing);
//- /a.js
export const b = 1, a = 2;
export default 3;
"#,
        "a,b,default Module null false\nfalse 2 true",
    );
}

#[test]
fn unused_things_are_left_out() {
    let code = bundle(
        r#"
//- /main.js
import { used } from "./lib.js";
console.log(used());
//- /lib.js
export function used() { return helper(); }
function helper() { return 1; }
export function unused() { return other(); }
function other() { return 2; }
export const table = { a: [1, 2], b: () => 3 };
export class Thing { static x = 1; method() {} }
Thing.extra = 1;
unused.prototype.also = () => 2;
const set = new Set([1]);
const made = /* @__PURE__ */ make();
function make() { return {}; }
"#,
    );
    assert_eq!(
        code,
        "// lib.js\nfunction used() {\n    return helper();\n}\nfunction helper() {\n    return 1;\n}\n\n// main.js\nconsole.log(used());\n"
    );
}

#[test]
fn typescript_and_jsx_are_lowered() {
    check(
        r#"
//- /main.tsx
/** @jsxRuntime classic @jsx h */
import { Color, type Shape } from "./types.ts";
import { h } from "./h.js";
enum Size { Small = 1, Large }
namespace Space { export const x = Size.Large; }
class Point { constructor(public x: number) {} }
const shape: Shape = { color: Color.Green };
console.log(shape.color, Size[1], Space.x, new Point(3).x, <b id="i">text</b>);
//- /types.ts
export enum Color { Red, Green }
export interface Shape { color: Color }
//- /h.js
export const h = (name, props, ...children) => [name, props.id, ...children].join("-");
"#,
        "1 Small 2 3 b-i-text",
    );
}

#[test]
fn data_can_be_imported() {
    check(
        r#"
//- /main.js
import { version } from "./package.json" with { type: "json" };
import config from "./package.json";
import text from "./note.txt";
import bytes from "./note.txt" with { type: "bytes" };
console.log(version, config["a-b"], JSON.stringify(text), bytes.length, bytes instanceof Uint8Array);
//- /package.json
{ "version": "1.2", "a-b": [1] }
//- /note.txt
é!
"#,
        "1.2 [ 1 ] \"é!\\n\" 4 true",
    );
}

#[test]
fn definitions_decide_what_is_asked_for() {
    let fixture = r#"
//- /main.cjs
if (process.env.NODE_ENV !== "production") {
  var development = require("./development.cjs");
} else {
  require("./production.cjs");
}
console.log(development, typeof VERSION, VERSION.major, process.env.OTHER);
//- /development.cjs
console.log("development");
//- /production.cjs
console.log("production");
"#;
    let define = vec![
        ("process.env.NODE_ENV".to_owned(), "\"production\"".to_owned()),
        ("VERSION".to_owned(), "{ major: 1 }".to_owned()),
    ];
    let code = super::bundle_with(fixture, crate::BuildOptions { define, ..Default::default() });
    assert!(!code.contains("development.cjs"), "{code}");
    assert_eq!(super::run(&code), "production\nundefined object 1 undefined");
}

#[test]
fn namespaces_that_are_only_looked_into_are_no_objects() {
    let code = bundle(
        r#"
//- /main.js
import * as one from "./one.js";
import { two } from "./two.js";
console.log(one.a, two.a, two["b"]);
//- /one.js
export const a = 1;
//- /two.js
export * as two from "./three.js";
//- /three.js
export const a = 2, b = 3, c = 4;
"#,
    );
    assert!(!code.contains("__namespace") && !code.contains("const c"), "{code}");
    assert_eq!(super::run(&code), "1 2 3");
}

#[test]
fn assignments_in_parentheses_keep_their_turn() {
    // As bignumber.js multiplies: `l` is assigned in what moves into the next expression, where it is read before.
    check(
        r#"
//- /main.js
export function multiply(v, g, b, y, o, r, a) {
  let l, s, f, n = 0;
  for (; o > r; ) {
    l = v[--a] % 1e7, s = b * l + (f = v[a] / 1e7 | 0) * g;
    n = ((l = g * l + s % 1e7 * 1e7 + y[o] + n) / 1e14 | 0) + (s / 1e7 | 0) + b * f, y[o--] = l % 1e14;
  }
  y[o] = n;
  return y;
}
console.log(multiply([12345678901234, 5], 7654321, 3, [1, 2, 3], 2, 0, 2).join());
"#,
        "4648681,56309992332116,188271608",
    );
}

#[test]
fn a_file_may_be_called_anything() {
    for end in ['\u{2028}', '\u{2029}', '\r'] {
        let name = format!("/a b{end}oops(.js");
        let options = crate::BuildOptions { source_map: Some(crate::SourceMap::External), ..Default::default() };
        let built = super::built_with(&format!("//- {name}\nconsole.log(1);\n"), options);
        let code = String::from_utf8(built.files[0].contents.to_vec()).expect("output is UTF-8");
        assert_eq!(super::run(&code), "1");
        let last = code.lines().last().unwrap_or_default();
        assert!(last.starts_with("//# sourceMappingURL=a%20b%"), "{last}");
    }
}

#[test]
fn what_nests_deep_is_freed_where_there_is_room_for_it() {
    const LEVELS: usize = 8000;
    let value = format!("{}1{}", "[".repeat(LEVELS), "]".repeat(LEVELS));
    let options = BuildOptions { minify: true, ..BuildOptions::default() };
    let code = bundle_with(&format!("//- /main.js\nexport const deep = {value};\n"), options);
    assert!(code.contains(&value));
}

#[test]
fn what_is_left_when_functions_have_gone_is_compressed_again() {
    let options = BuildOptions { minify: true, ..BuildOptions::default() };
    let fixture = r#"
//- /main.js
const add = (a, b) => { const sum = a + b; return sum; };
const twice = (n) => { return add(n, n); };
export const x = twice(globalThis.n);
"#;
    assert_eq!(bundle_with(fixture, options), "let r=(e=>((t,n)=>t+n)(e,e))(globalThis.n);\nexport{r as x};\n");
}

#[test]
fn functions_that_are_given_later_keep_their_names() {
    check_plain(
        r#"
//- /main.js
import { later as other, early } from "./other.js";
let later;
const set = () => { later = function () {}; [later.more = function () {}] = []; };
set();
console.log(later.name, other().name, early.name);
//- /other.js
export const early = () => {};
let later$1, give = () => { later$1 = () => {}; return later$1; };
export const later = () => give();
"#,
        "later later$1 early",
    );
}

#[test]
fn a_module_may_import_itself() {
    check(
        r#"
//- /main.js
import { go } from "./a.js";
import { x } from "./c.js";
go();
console.log(x());
//- /a.js
import * as self from "./a.js";
import { third as other } from "./a.js";
export function go() { self.helper(); console.log(other(), typeof self.helper); }
export function helper() { console.log("helped"); }
export const third = () => 3;
//- /c.js
import * as ns from "./d.js";
export const x = () => 1;
console.log(ns.x());
//- /d.js
export * from "./c.js";
"#,
        "1\nhelped\n3 function\n1",
    );
}

#[test]
fn nobody_writes_through_a_namespace() {
    check(
        r#"
//- /main.js
import * as ns from "./a.js";
const ways = [
  () => { [ns.x] = [5]; }, () => { ({ a: ns.x } = { a: 5 }); }, () => { for (ns.x of [5]); },
  () => { (ns.x) = 5; }, () => { (ns.x)++; }, () => { delete (ns.x); }, () => { delete ns?.x; }, () => { [...ns.x] = [5]; },
];
for (const way of ways) try { way(); console.log("written"); } catch (error) { console.log(error.name, ns.x); }
//- /a.js
export let x = 1;
"#,
        &["TypeError 1"; 8].join("\n"),
    );
}

#[test]
fn writes_that_call_setters_stay() {
    check(
        r#"
//- /main.js
const a = {}, b = {}, c = { __proto__: { set x(value) { console.log(value); } } }, d = {}, e = {}, f = {};
Object.defineProperty(a, "x", { set(value) { console.log(value); } });
a.x = 1;
Object.defineProperties(b, { x: { set: (value) => console.log(value) } });
b.x = 2;
c.x = 3;
d["__proto__"] = { set x(value) { console.log(value); } };
d.x = 4;
Object.assign(e, { get x() { console.log(5); } });
Object.setPrototypeOf(f, { set x(value) { console.log(value); } });
f.x = 6;
"#,
        "1\n2\n3\n4\n5\n6",
    );
}
