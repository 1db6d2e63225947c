//! Sections, and the plain ways of calling: functions, imports, methods, closures.

use super::check;

#[test]
fn a_blocking_call_in_each_kind_of_section() {
    check(
        r#"
import { atomic, sleep, nonblocking } from "corona";
sleep(1);
atomic(() => {
  sleep(1);
//^^^^^^^^ proven: `sleep` may block (corona)
});
atomic: {
  sleep(1);
//^^^^^^^^ proven: `sleep` may block (corona)
}
function f() {
  sleep(1);
  using _ = nonblocking();
  sleep(1);
//^^^^^^^^ proven
}
function slow() { sleep(1); }
atomic(slow);
//     ^^^^ proven: the atomic code calls `atomic`, which calls `slow`
sleep(1);
"#,
    );
}

#[test]
fn functions_that_lead_to_a_blocking_one() {
    check(
        r#"
import { sleep } from "corona";
import { connect } from "corona:net";
function save(x) { write(x); }
const write = (x) => { if (x) send(x); };
function send(x) { connect({ port: 1 }).write(x); }
function pure(x) { return x + 1; }
atomic: {
  save(1);
//^^^^^^^ proven: `connect` may block (corona:net)
  pure(2);
  const other = () => sleep(1);
  other();
//^^^^^^^ proven: calls `other`
}
"#,
    );
}

#[test]
fn imports_of_every_form() {
    check(
        r#"
//- /main.js
import { save, harmless } from "./index.js";
import * as all from "./index.js";
import def, { renamed as other } from "./deep.js";
atomic: {
  save();
//^^^^^^ proven: `sleep` may block (corona)
  harmless();
  all.save();
//^^^^^^^^^^ proven
  all.harmless();
  all.inner.deep();
//^^^^^^^^^^^^^^^^ proven
  def();
//^^^^^ proven
  other();
//^^^^^^^ proven
}
//- /index.js
export { save } from "./deep.js";
export * from "./deep.js";
export * as inner from "./deep.js";
//- /deep.js
import { sleep as nap } from "corona";
export function save() { nap(1); }
export const harmless = () => 1;
export const deep = save;
export default function () { save(); }
export { save as renamed };
"#,
    );
}

#[test]
fn classes_inherit_and_override() {
    check(
        r#"
import { sleep } from "corona";
class Base {
  run() { this.step(); }
  step() {}
  static make() { return new this(); }
}
class Slow extends Base {
  step() { sleep(1); }
}
class Fast extends Base {
  step() { super.step(); }
}
const slow = new Slow(), fast = new Fast();
atomic: {
  slow.run();
//^^^^^^^^^^ proven: `Base.run` calls `Slow.step`
  fast.run();
  new Base().run();
  slow.step();
//^^^^^^^^^^^ proven
}
"#,
    );
}

#[test]
fn a_method_of_a_resource() {
    check(
        r#"
import { connect } from "corona:net";
class Store {
  #socket = connect({ port: 1 });
  cache = new Map();
  load(key) {
    const known = this.cache.get(key);
    if (known) return known;
    this.#socket.write(key);
    return this.#socket.readLine();
  }
  peek(key) { return this.cache.get(key); }
  start() { return this.#socket.future.write("x"); }
}
const store = new Store();
atomic: {
  store.peek("a");
  store.load("a");
//^^^^^^^^^^^^^^^ proven: `Socket.write` may block (corona:net)
  store.start();
}
"#,
    );
}

#[test]
fn the_effect_of_a_higher_order_function_is_that_of_its_arguments() {
    check(
        r#"
import { sleep } from "corona";
function twice(f) { f(); f(); }
function each(xs, f) { for (const x of xs) f(x); }
const wrap = (f) => () => f();
class Retry { constructor(f) { this.f = f; } run() { return this.f(); } }
const pure = () => 1;
const slow = () => sleep(1);
const safe = wrap(pure), unsafe = wrap(slow);
const r1 = new Retry(pure), r2 = new Retry(slow);
atomic: {
  twice(pure);
  twice(slow);
//^^^^^^^^^^^ proven: `twice` calls `slow`
  twice(() => sleep(1));
//^^^^^^^^^^^^^^^^^^^^^ proven
  each([1], pure);
  each([1], (x) => sleep(x));
//^^^^^^^^^^^^^^^^^^^^^^^^^^ proven
  safe();
  unsafe();
//^^^^^^^^ proven
  r1.run();
  r2.run();
//^^^^^^^^ proven
  [1].map(pure);
  [1].map((x) => sleep(x));
//^^^^^^^^^^^^^^^^^^^^^^^^ proven: calls `Array.map`
}
"#,
    );
}

#[test]
fn what_is_started_does_not_block() {
    check(
        r#"
import { spawn, future, sleep, scope } from "corona";
import { connect } from "corona:net";
const slow = () => sleep(1);
const started = future(slow);
atomic: {
  spawn(slow);
  future(slow);
  sleep.future(1);
  connect.future({ port: 1 });
  setTimeout(slow, 1);
  queueMicrotask(slow);
  Promise.resolve().then(slow);
  started.peek();
  started.get();
//^^^^^^^^^^^^^ proven: `Future.get` may block (corona)
  if (started.settled) started.get();
  started.settled && started.get();
  const x = started.settled ? started.get() : 0;
}
function f(reply = future(slow)) {
  atomic: {
    if (!reply.settled) return;
    reply.get();
  }
}
"#,
    );
}
