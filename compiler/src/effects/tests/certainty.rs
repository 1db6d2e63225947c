//! What is not certain, though a single thing is all that is known: it may not come to that.

use super::check;

#[test]
fn a_constructor_may_return_another_object() {
    check(
        r#"
import { sleep } from "corona";
class Replaced { constructor() { return { go() {} }; } go() { sleep(1); } }
class Slow { go() { sleep(1); } }
class Replacing { constructor() { return new Slow(); } go() {} }
class Same { constructor() { return this; } go() { sleep(1); } }
class Number { constructor() { return 1; } go() { sleep(1); } }
atomic: {
  new Replaced().go();
//^^^^^^^^^^^^^^^^^^^ possible
  new Replacing().go();
//^^^^^^^^^^^^^^^^^^^^ possible
  new Same().go();
//^^^^^^^^^^^^^^^ proven
  new Number().go();
//^^^^^^^^^^^^^^^^^ proven
}
"#,
    );
}

#[test]
fn defaults_are_made_only_where_nothing_is_given() {
    check(
        r#"
import { sleep } from "corona";
class Repo { constructor() { sleep(1); } }
class Service { constructor(repo = new Repo()) { this.repo = repo; } }
const plain = (n, ms = sleep(1)) => ms;
const through = (n) => plain(1, n);
const picked = ({ delay = sleep(1) }) => delay;
const named = ({ delay: ms = sleep(1) } = {}) => ms;
function called(o, wait = () => sleep(1)) { wait(); }
const other = { find() {} }, quick = () => {}, none = quick() ? {} : undefined;
atomic: {
  new Service({});
  new Service(other);
  new Service();
//^^^^^^^^^^^^^ proven
  new Service(undefined);
//^^^^^^^^^^^^^^^^^^^^^^ proven
  new Service(none);
//^^^^^^^^^^^^^^^^^ possible
  plain(1, 2);
  plain(1, null);
  plain(1, `${1}`);
  plain(1);
//^^^^^ proven
  plain(1, void 0);
//^^^^^ proven
  through(2);
//^^^^^^^ proven
  picked({ delay: 1 });
//^^^^^^ possible
  picked({ other: 1 });
//^^^^^^ proven
  named({ delay: 1 });
//^^^^^ possible
  named();
//^^^^^ proven
  called({}, quick);
  called({}, () => {});
  called({});
//^^^^^^ proven
}
"#,
    );
}

#[test]
fn plain_values_are_not_waited_for() {
    check(
        r#"
import { wait, future } from "corona";
const number = 3, started = future(() => 1), thenable = { then(f) { setTimeout(f, 1); } };
const ask = (x) => wait(x);
atomic: {
  wait(3);
  wait({});
  wait([]);
  wait(number);
  ask(1);
  ask(`${number}`);
  ask(Math.max(1, 2));
//^^^ possible
  wait(started);
//^^^^ proven
  ask(started);
//^^^ proven
  wait(thenable);
//^^^^ proven
}
"#,
    );
}

#[test]
fn what_no_way_leads_to_is_not_looked_at() {
    check(
        r#"
import { sleep } from "corona";
const some = (x) => {
  atomic: {
    if (x) return 1;
    else throw x;
    sleep(1);
  }
};
atomic: {
  while (true) { break; sleep(1); }
  sleep(1);
//^^^^^ proven
}
const after = async () => {
  await 1;
  atomic: { sleep(1); }
//          ^^^^^ proven
};
"#,
    );
}

#[test]
fn a_generator_goes_no_further_than_it_is_asked_to() {
    check(
        r#"
import { sleep } from "corona";
function* late() { yield 1; sleep(1); yield 2; }
function* early() { sleep(1); yield 1; }
function* closing() { try { yield 1; } finally { sleep(1); } }
/** @nonblocking */
function* promised() { yield 1; sleep(1); }
//                              ^^^^^ proven
const one = late(), two = early(), three = closing(), four = early();
atomic: {
  one.next();
//^^^^^^^^ possible
  two.next();
//^^^^^^^^ proven
  three.return();
//^^^^^^^^^^^^ possible
  four.return();
//^^^^^^^^^^^ possible
  [...late()];
//    ^^^^^^ proven
  for (const x of late()) {}
//                ^^^^^^ proven
  Array.from(late());
//^^^^^^^^^^ proven
}
"#,
    );
}

#[test]
fn an_object_s_own_field_hides_accessors_above_it() {
    check(
        r#"
import { sleep } from "corona";
const config = { __proto__: { get port() { sleep(1); return 1; }, get host() { sleep(1); return ""; } }, port: 8080 };
class Above { get x() { sleep(1); return 1; } get y() { sleep(1); return 1; } set z(v) { sleep(1); } }
class Below extends Above { x = 2; set y(v) {} z = 1; }
class Declared extends Above { x; }
atomic: {
  config.port;
  config.host;
//^^^^^^^^^^^ proven
  new Below().x;
  new Below().y;
  new Below().z = 2;
  new Declared().x;
//^^^^^^^^^^^^^^^^ proven
}
"#,
    );
}
