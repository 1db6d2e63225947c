//! The constructs that run code nobody sees being called, and the ways values take.

use super::check;

#[test]
fn accessors_conversions_iteration_and_disposal() {
    check(
        r#"
import { sleep } from "corona";
const lazy = { get slow() { sleep(1); }, get fast() { return 1; }, set slow(x) { sleep(x); } };
const money = { toString() { sleep(1); return ""; } };
const time = { [Symbol.toPrimitive]() { return 1; } };
function* numbers() { sleep(1); yield 1; }
function* plain() { yield 1; }
class Lease { [Symbol.dispose]() { sleep(1); } }
class Free { [Symbol.dispose]() {} }
const saved = { toJSON() { sleep(1); } };
atomic: {
  lazy.fast;
  lazy.slow;
//^^^^^^^^^ proven: reads `slow`, a getter
  lazy.slow = 1;
//^^^^^^^^^ proven: writes `slow`, a setter
  ({ ...lazy });
//   ^^^^^^^ proven: copies fields
  `${time}`;
  `${money}`;
//   ^^^^^ proven: makes a primitive
  numbers();
  [...numbers()];
//    ^^^^^^^^^ proven: iterates
  for (const x of plain()) x;
  for (const x of numbers()) x;
//                ^^^^^^^^^ proven: iterates
  const [a] = numbers();
//      ^^^ proven: iterates
  JSON.stringify(time);
  JSON.stringify(saved);
//^^^^^^^^^^^^^^^^^^^^^ proven: calls `saved.toJSON`
  using free = new Free();
}
atomic: {
  using lease = new Lease();
//      ^^^^^^^^^^^^^^^^^^^ proven: disposes
}
"#,
    );
}

#[test]
fn destructuring_defaults_and_rest() {
    check(
        r#"
import { sleep } from "corona";
const slow = () => sleep(1), pure = () => 1;
const api = { slow, inner: { pure, deep: [pure, slow] } };
const { slow: s, inner: { pure: p, deep: [first, second] } } = api;
function run({ task = slow, ...rest } = {}) { task(); return rest; }
function all(...tasks) { tasks.forEach((it) => it()); }
atomic: {
  p();
  s();
//^^^ proven
  first();
  second();
//^^^^^^^^ proven
  run({ task: pure });
//^^^^^^^^^^^^^^^^^^^ possible
  all(pure);
}
"#,
    );
}

#[test]
fn bind_call_apply_and_containers() {
    check(
        r#"
import { sleep } from "corona";
function slow() { sleep(1); }
function pure() {}
const bound = slow.bind(null), free = pure.bind(null);
const table = new Map([["a", slow]]), list = [pure], handlers = { save: slow, load: pure };
const key = globalThis.key;
atomic: {
  free();
  bound();
//^^^^^^^ proven
  slow.call(null);
//^^^^^^^^^^^^^^^ proven
  pure.apply(null, []);
  Reflect.apply(slow, null, []);
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ proven
  table.get("a")();
//^^^^^^^^^^^^^^^^ possible
  list[0]();
  for (const f of list) f();
  handlers[key]();
//^^^^^^^^^^^^^^^ possible
  handlers.load();
}
"#,
    );
}

#[test]
fn async_functions_and_generators_run_as_far_as_they_do() {
    check(
        r#"
import { sleep } from "corona";
async function early() { sleep(1); await 0; }
async function late() { await 0; sleep(1); }
async function maybe(x) { if (x) await 0; sleep(1); }
atomic: {
  early();
//^^^^^^^ proven
  late();
  maybe();
//^^^^^^^ proven
}
"#,
    );
}

#[test]
fn recursion_ends() {
    check(
        r#"
import { sleep } from "corona";
function even(n) { return n === 0 ? true : odd(n - 1); }
function odd(n) { return n === 0 ? false : even(n - 1); }
function ping(n) { if (n) pong(n - 1); }
function pong(n) { if (n) ping(n - 1); sleep(1); }
const walk = (tree, f) => { f(tree); for (const it of tree.children) walk(it, f); };
atomic: {
  even(4);
  ping(4);
//^^^^^^^ proven: `ping` calls `pong`
  walk({}, () => 1);
  walk({}, () => sleep(1));
//^^^^^^^^^^^^^^^^^^^^^^^^ proven
}
"#,
    );
}

#[test]
fn commonjs_and_packages() {
    check(
        r#"
//- /main.cjs
const { slow, pure } = require("./lib.cjs");
const whole = require("./lib.cjs");
const wait = require("waiting");
atomic: {
  pure();
  slow();
//^^^^^^ proven
  whole.slow();
//^^^^^^^^^^^^ proven
  wait();
//^^^^^^ proven
}
//- /lib.cjs
const { sleep } = require("corona");
exports.slow = function () { sleep(1); };
module.exports.pure = () => 1;
//- /node_modules/waiting/package.json
{ "name": "waiting", "main": "index.js" }
//- /node_modules/waiting/index.js
const { sleep } = require("corona");
module.exports = () => sleep(1);
"#,
    );
}

#[test]
fn promises_that_are_made_and_promises_that_are_kept() {
    check(
        r#"
import { sleep } from "corona";
/** @nonblocking */
function broken(x) {
  sleep(x);
//^^^^^^^^ proven
}
/** Waits. @blocking is not a tag here. */
function plain() {}
/**
 * Asks somebody.
 * @blocking
 */
export const declared = () => native();
const native = () => {};
atomic: {
  plain();
  declared();
//^^^^^^^^^^ proven: `declared` is declared @blocking
}
"#,
    );
}

#[test]
fn what_is_not_known_is_neither_safe_nor_blocking() {
    check(
        r#"
import { something } from "not-there";
const text = "a";
atomic: {
  something();
//^^^^^^^^^^^ unknown: of which nothing is known
  text.trim().split(",");
  something.more.method();
//^^^^^^^^^^^^^^^^^^^^^^^ unknown
}
"#,
    );
}

#[test]
fn elements_are_calls_of_the_factory_that_a_comment_names() {
    check(
        r#"
//- /main.jsx
/** @jsx h */
import { sleep } from "corona";
const h = (type, props, ...children) => (typeof type === "string" ? children : type({ ...props, children }));
const Loader = ({ load }) => <p>{load()}</p>;
atomic: {
  <Loader load={() => sleep(1)} />;
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ proven: calls `Loader`
}
//- /lazy.jsx
import { sleep } from "corona";
const Loader = ({ load }) => <p>{load()}</p>;
atomic: {
  const element = <Loader load={() => sleep(1)} />;
  element.type(element.props);
//^^^^^^^^^^^^^^^^^^^^^^^^^^^ proven: calls `Loader`
}
//- /node_modules/react/package.json
{ "exports": { "./jsx-runtime": "./runtime.js" } }
//- /node_modules/react/runtime.js
export const jsx = (type, props) => ({ type, props });
"#,
    );
}

#[test]
fn what_is_thrown_is_caught_and_what_is_bound_is_kept() {
    check(
        r#"
import { sleep } from "corona";
class Failure extends Error { explain() { sleep(1); } }
const uncurry = Function.prototype.bind.bind(Function.prototype.call);
const slow = uncurry(function (ms) { sleep(ms); });
const quick = uncurry(Array.prototype.push);
atomic: {
  try { throw new Failure(); } catch (error) { error.explain(); }
//                                             ^^^^^^^^^^^^^^^ possible: `sleep` may block
  slow({}, 1);
//^^^^^^^^^^^ proven: `sleep` may block
  quick([], 1);
}
const pick = Date.now() ? () => sleep(1) : () => {};
const late = pick.bind(null);
const each = (f) => uncurry(f);
const [one, two] = [each(() => {}), each(() => sleep(1))];
atomic: {
  pick.call(null);
//^^^^^^^^^^^^^^^ possible
  pick.apply(null, []);
//^^^^^^^^^^^^^^^^^^^^ possible
  late();
//^^^^^^ possible
  one();
//^^^^^ possible
}
"#,
    );
}

#[test]
fn what_cannot_be_known_is_said_to_be_unknown() {
    check(
        r#"
//- /main.ts
declare function host(): void;
function overloaded(x: string): string;
function overloaded(x: number): string;
function overloaded(x: unknown) { return `${typeof x}`; }
const table = { a() {} };
const hooks: { after?: () => void } = {};
atomic: {
  host();
//^^^^^^ unknown: `host` is declared without saying whether it blocks
  overloaded(1);
  table[process.argv[2]]();
//^^^^^^^^^^^^^^^^^^^^^^^^ unknown: of which nothing is known
  hooks.after?.();
}
"#,
    );
}

#[test]
fn accessors_that_are_copied_by_their_descriptors_are_not_known() {
    check(
        r#"
import { sleep } from "corona";
class Timed { get age() { sleep(1); return 1; } }
class User {}
for (const key of Object.getOwnPropertyNames(Timed.prototype)) {
  Object.defineProperty(User.prototype, key, Object.getOwnPropertyDescriptor(Timed.prototype, key));
}
const all = Object.defineProperties({}, Object.getOwnPropertyDescriptors(Timed.prototype));
atomic: {
  new User().age;
//^ unknown: of which nothing is known
  all.age;
//^ unknown: of which nothing is known
}
"#,
    );
}
