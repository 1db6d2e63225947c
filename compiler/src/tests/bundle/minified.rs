//! What making a program smaller must not change.

use super::check;

#[test]
fn a_switch_falls_through_its_default() {
    check(
        r#"
//- /main.js
switch (5) { case 7: console.log("x"); break; default: console.log("default"); case 9: console.log("fall"); }
const MODE = "prod";
switch (MODE) { case "dev": console.log("dev"); break; default: console.log(1); case "test": console.log(2); }
"#,
        "default\nfall\n1\n2",
    );
}

#[test]
fn what_typeof_looks_at_runs() {
    check(
        r#"
//- /main.js
const f = (value) => (console.log(value), value);
console.log(typeof [f(1)], typeof { a: f(2) }, typeof { [f(3)]: 1 }, typeof class { static x = f(4); });
console.log(typeof class extends f(Object) {}, !class { static x = f(5); });
"#,
        "1\n2\n3\n4\nobject object object function\n[Function: Object]\n5\nfunction false",
    );
}

#[test]
fn arguments_of_pure_calls_run() {
    // Nobody needs the calls themselves, but they may stay.
    check(
        r#"
//- /main.js
const log = (x) => (console.log(x), x);
const b = /* @__PURE__ */ log(log("arg"));
/* @__PURE__ */ new Map(log([[1, log(2)]]));
const unused = /* @__PURE__ */ log(/* @__PURE__ */ log("never"));
"#,
        "arg\narg\n2\n[ [ 1, 2 ] ]",
    );
}

#[test]
fn what_is_tried_is_tried() {
    check(
        r#"
//- /main.js
const fails = [
  (it) => { try { new Array(it); return false; } catch { return true; } },
  (it) => { try { if (it) { "x" in it; } return false; } catch { return true; } },
  (it) => { try { 1n + it, `${it}`; return false; } catch { return true; } },
  (it) => { try { try { ({}) instanceof it; } finally {} return false; } catch { return true; } },
  (it) => { try { [...it]; } catch { return true; } return false; },
];
console.log(fails.map((f) => f(-1)).join());
try { console.log(new RegExp("(?<a")); } catch (error) { console.log(error.name, RegExp("a/b", "g"), RegExp("x")); }
try { () => { 1 in 2; }; +{ valueOf() { throw 1; } }; console.log("not here"); } catch { console.log("caught"); }
"#,
        "true,true,true,true,true\nSyntaxError /a\\/b/g /x/\ncaught",
    );
}
