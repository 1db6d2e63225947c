//! `@blocking` and `@nonblocking`: where they may stand, and for what they hold.

use super::check;

#[test]
fn promises_may_stand_on_the_line_of_something_else() {
    check(
        r#"
import { sleep } from "corona";
class Store { /** @nonblocking */ peek() { sleep(1); } }
//                                         ^^^^^ proven
const table = { /** @nonblocking */ peek() { sleep(1); }, /** @nonblocking */ look: () => sleep(1) };
//                                           ^^^^^ proven
//                                                                                        ^^^^^ proven
function Old() {}
/** @nonblocking */
Old.prototype.peek = function () {
  sleep(1);
//^^^^^ proven
};
/** Not @nonblocking, only about it. */
Old.prototype.load = function () { sleep(1); };
"#,
    );
}

#[test]
fn interfaces_promise_for_whatever_has_their_type() {
    check(
        r#"
//- /main.ts
interface Store {
  /** @blocking */
  save(): void;
  /** @nonblocking */ peek(): number;
  other(): void;
}
interface Silent { save(): void; }
export function use(store: Store, silent: Silent) {
  atomic: {
    store.save();
//  ^^^^^^^^^^^^ proven: declared @blocking
    store.peek();
    store.other();
//  ^^^^^^^^^^^^^ unknown
    silent.save();
//  ^^^^^^^^^^^^^ unknown
  }
}
"#,
    );
}

#[test]
fn what_overrides_a_method_promises_what_that_does() {
    check(
        r#"
//- /main.ts
import { sleep } from "corona";
import { Above } from "./above.ts";
class Middle extends Above {}
class Below extends Middle {
  peek() { sleep(1); }
//         ^^^^^^^^ proven
  load() { sleep(1); }
  /** @blocking */
  look() { sleep(1); }
}
//- /above.ts
export abstract class Above {
  /** @nonblocking */
  abstract peek(): void;
  abstract load(): void;
  /** @nonblocking */
  look() {}
}
"#,
    );
}

#[test]
fn classes_keep_what_their_interfaces_promise_and_types_what_abstract_classes_do() {
    check(
        r#"
//- /main.ts
import { sleep } from "corona";
import { Remote } from "./remote.ts";
interface Store {
  /** @nonblocking */
  peek(): number;
}
class Local implements Store, Remote {
  peek() { return sleep(1); }
//                ^^^^^^^^ proven
  look() { return sleep(1); }
//                ^^^^^^^^ proven
}
abstract class Disk {
  /** @blocking */
  abstract save(): void;
  twice() { this.save(); }
}
export function use(disk: Disk) {
  atomic: {
    disk.save();
//  ^^^^^^^^^^^ proven: declared @blocking
    disk.twice();
//  ^^^^^^^^^^^^ proven
  }
}
//- /remote.ts
export interface Remote {
  /** @nonblocking */
  look(): number;
}
"#,
    );
}
