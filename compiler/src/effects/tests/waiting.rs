//! What a call of an async function runs before it returns, and what only after it has waited.

use super::check;

/// Each function of a fixture, called where nothing may block.
#[track_caller]
fn functions(fixture: &str) {
    let mut text = "import { sleep } from \"corona\";\n".to_owned();
    for line in fixture.lines().filter(|line| !line.trim().is_empty()) {
        let (verdict, code) = line.trim().split_once(": ").expect("each line has its verdict");
        let (name, code) = code.split_once(" => ").expect("each line is a function");
        text.push_str(&format!("async function {name}(x, o, g) {{ {code} }}\natomic: {{ {name}(); }}\n"));
        if verdict != "safe" {
            text.push_str(&format!("//        ^^^ {verdict}\n"));
        }
    }
    check(&text);
}

#[test]
fn what_follows_an_await_in_the_same_code() {
    functions(
        r#"
safe: a1 => await x; sleep(1);
safe: a2 => if (x) { await x; sleep(1); }
safe: a3 => for (const j of x) { await j; sleep(1); }
safe: a4 => while (true) { await 1; sleep(1); break; }
safe: a5 => try { g(); } catch { await 1; sleep(1); }
safe: a6 => switch (x) { case 1: await 1; sleep(1); }
safe: a7 => if (x) await 1; else await 2; sleep(1);
safe: a8 => x ? await 1 : await 2; sleep(1);
safe: a9 => if (!x) return; else await 1; sleep(1);
safe: a10 => if (!x) return; await 1; sleep(1);
safe: a11 => while (true) { await 1; if (x) break; } sleep(1);
safe: a12 => for await (const v of x) { sleep(1); } sleep(1);
safe: a13 => for (;;) { if (x) continue; await 1; sleep(1); }
safe: a14 => { await using r = null; } sleep(1);
safe: a15 => o[await 1] = sleep(1);
safe: a16 => (await o)?.close(); sleep(1);
safe: a17 => o?.send(await x, sleep(1));
safe: a18 => o?.send(await x).more(sleep(1));
safe: a19 => a: { await 1; if (x) break a; } sleep(1);
safe: a20 => do { await 1; if (x) continue; } while (x); sleep(1);
safe: a21 => x && (await x, sleep(1));
safe: a22 => switch (await x) { case 1: sleep(1); } sleep(1);
safe: a23 => switch (x) { case 1: await 1; break; default: await 2; } sleep(1);
safe: a24 => return; sleep(1);
safe: a25 => throw x; sleep(1);
safe: a26 => await x; for (;;) { if (x) break; } sleep(1);
safe: a27 => await x; try { g(); } catch { sleep(1); } finally { sleep(1); }
safe: a28 => x ??= await 1, o; await 2; sleep(1);
safe: a29 => o.x = await sleep;  sleep(1);
"#,
    );
}

#[test]
fn what_is_reached_without_waiting() {
    functions(
        r#"
proven: b1 => if (x) await x; sleep(1);
proven: b2 => for (const j of x) await j; sleep(1);
proven: b3 => a: { if (1) break a; await 1; } sleep(1);
proven: b4 => do { if (1) break; await 1; } while (0); sleep(1);
proven: b5 => o?.[await 1]; sleep(1);
proven: b6 => o?.a[await 1]; sleep(1);
proven: b7 => o?.f(await 1); sleep(1);
proven: b8 => o.f?.(await 1); sleep(1);
proven: b9 => x && await x; sleep(1);
proven: b10 => x ??= await x; sleep(1);
proven: b11 => while (x) { await x; break; } sleep(1);
proven: b12 => for (;;) { sleep(1); await x; }
proven: b13 => switch (x) { case 1: await 1; } sleep(1);
proven: b14 => switch (x) { case 1: await 1; break; default: sleep(1); }
proven: b15 => switch (x) { case 1: await 1; case 2: sleep(1); }
proven: b16 => for (;;) { if (x) break; await 1; } sleep(1);
proven: b17 => b: for (; x; ) { for (;;) { if (x) continue b; await 1; } } sleep(1);
proven: b18 => b: for (;;) { for (;;) { if (x) break b; await 1; } } sleep(1);
proven: b19 => try { if (x) throw 1; await 1; } catch { sleep(1); }
proven: b20 => try { if (x) return; await 1; } finally { sleep(1); }
proven: b21 => try { g(); } catch { sleep(1); } await 1;
proven: b22 => const { a = await 1 } = x; sleep(1);
proven: b23 => for await (const v of sleep(1)) v;
proven: b24 => x ? await 1 : 2; sleep(1);
proven: b25 => for (; x; sleep(1)) { if (x) continue; await 1; }
proven: b26 => do { if (x) continue; await 1; } while (sleep(1));
proven: b27 => if (x) { await 1; } else { g(); } sleep(1);
proven: b28 => o?.f(await 1, o?.g()); sleep(1);
"#,
    );
}

#[test]
fn what_is_reached_without_waiting_only_where_something_throws() {
    functions(
        r#"
possible: c1 => try { await g(); } catch { sleep(1); }
possible: c2 => try { await g(); } finally { sleep(1); }
possible: c3 => try { await JSON.parse(x); } catch {} sleep(1);
possible: c4 => try { return await g(); } catch { } sleep(1);
possible: c5 => try { try { await g(); } finally { g(); } } catch { sleep(1); }
possible: c6 => for (;;) { try { await g(); break; } catch {} sleep(1); }
possible: c7 => try { const r = await o.f(); } catch { sleep(1); }
safe: c8 => try { await x; } catch { sleep(1); }
safe: c9 => try { const r = await x; g(r); } catch { } sleep(1);
safe: c10 => try { await g(); } catch { return; } sleep(1);
safe: c11 => try { await g(); } finally { g(); } sleep(1);
safe: c12 => try { await g(); } catch { await 1; sleep(1); }
safe: c13 => try { await x; } finally { sleep(1); }
safe: c14 => try { await g(); } catch { throw x; } sleep(1);
"#,
    );
}

#[test]
fn what_stands_left_of_an_assignment_runs_first() {
    check(
        r#"
import { sleep } from "corona";
const slow = { get x() { sleep(1); return {}; } }, slowly = () => { sleep(1); return {}; };
class Base { get o() { sleep(1); return {}; } }
class Derived extends Base { async go() { super.o.x = await 1; } async later() { await 1; super.o.x = 1; } }
async function one(o) { o.x.y = await 1; }
async function two() { slowly().x = await 1; }
async function three(o) { o[slowly()] = await 1; }
async function four(o) { o.plain = await 1; slowly(); }
async function five(o) { o.x.y += await 1; }
atomic: {
  one(slow);
//^^^ proven
  two();
//^^^ proven
  three({});
//^^^ proven
  four({});
  five(slow);
//^^^ proven
  new Derived().go();
//^^^ proven
  new Derived().later();
}
"#,
    );
}

#[test]
fn generators_go_on_where_they_were_left() {
    check(
        r#"
import { sleep } from "corona";
async function* steps() { await 1; yield 1; sleep(1); }
async function* first() { await 1; sleep(1); yield 1; }
function* dead() { return; sleep(1); }
function gone() { return 1; sleep(1); }
function never() { for (;;) {} sleep(1); }
function left() { try { return 1; } finally { sleep(1); } }
function disposed(lease) { using it = lease; return 1; }
const lease = { [Symbol.dispose]() { sleep(1); } };
atomic: {
  steps().next();
//^^^ possible
  first().next();
  [...dead()];
  gone();
  left();
//^^^ proven
  disposed(lease);
//^^^ proven
}
"#,
    );
}

#[test]
fn resources_that_were_there_before_a_section_end_after_it() {
    check(
        r#"
import { sleep, nonblocking } from "corona";
const lease = { [Symbol.dispose]() { sleep(1); } };
{
  using before = lease;
  using _ = nonblocking();
}
{
  using _ = nonblocking();
  using after = lease;
//      ^^^ proven
}
"#,
    );
}
