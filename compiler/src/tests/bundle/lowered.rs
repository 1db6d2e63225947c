//! What is taken apart for engines that lack it.

use super::{bundle_with, run};
use crate::{BuildOptions, Target};

#[track_caller]
fn check(fixture: &str, expected: &str) {
    for minify in [false, true] {
        let target = Target::named("es2022").expect("it is known");
        let code = bundle_with(fixture, BuildOptions { minify, target, ..BuildOptions::default() });
        assert_eq!(run(&code), expected, "{code}");
    }
}

#[test]
fn an_error_suppresses_another() {
    check(
        r#"
//- /main.js
Symbol.dispose ??= Symbol("d");
try { using a = { [Symbol.dispose]() { throw "b"; } }; throw "a"; } catch (e) { console.log(e.name, e.error, e.suppressed); }
"#,
        "SuppressedError b a",
    );
}

#[test]
fn what_is_exported_beside_using_has_its_value_in_time() {
    check(
        r#"
//- /main.js
import { r, k, C, bump } from "./a.js";
bump();
console.log(r(), k, new C().x);
//- /a.js
export const r = () => 1;
using m0 = null;
export let k = r();
k++;
export class C { x = k; }
export function bump() { k++; }
console.log(r(), k);
"#,
        "1 2\n1 3 3",
    );
}

#[test]
fn each_round_of_a_loop_has_its_own_resource() {
    check(
        r#"
//- /main.js
Symbol.dispose ??= Symbol("d");
const log = [], x = "outer";
const r = (v) => ({ v, [Symbol.dispose]() { log.push("end " + v); } }), calls = [];
for (using x of [r(1), r(2)]) { let y = x.v; if (y === 2) { let x = 3; log.push(x); } calls.push(() => x.v + y); }
for (using x of [r(4)]) log.push(x.v);
console.log(log.join(), calls.map((call) => call()).join(), x);
"#,
        "end 1,3,end 2,4,end 4 2,4 outer",
    );
}
