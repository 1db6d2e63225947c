// atomic(fn), nonblocking(): nothing in them may block, whatever would have happened.
import { all, atomic, blocking, Channel, future, nonblocking, race, scope, select, sleep, spawn, timeout, trySelect, wait, yieldNow } from "corona";

const say = (label: string, fn: () => unknown) => {
  try {
    console.log(label, fn());
  } catch (error) {
    console.log(label, (error as Error).name, (error as any).code);
  }
};
const done = spawn(() => 7);
done.get();
const pending = spawn(() => sleep(1));
const channel = new Channel<number>(10);
channel.send(1);

const refused: Record<string, () => unknown> = {
  "sleep": () => sleep(0),
  "yieldNow": () => yieldNow(),
  "get of a pending future": () => pending.get(),
  "wait for a pending promise": () => wait(new Promise(() => {})),
  "send with room": () => channel.send(2),
  "receive what is there": () => channel.receive(),
  "iterate": () => [...channel],
  "select": () => select({ a: channel.receiving() }),
  "scope": () => scope(() => 1),
  "all": () => all([]),
  "race": () => race([1]),
  "timeout": () => timeout(1, () => 1),
  "through a sort comparator": () => [2, 1].sort((a, b) => (sleep(0), a - b)),
  "with wrong arguments": () => sleep("x" as any),
};
for (const [label, fn] of Object.entries(refused)) say(label, () => atomic(fn));

const allowed: Record<string, () => unknown> = {
  "get of a settled future": () => done.get(),
  "peek": () => [done.peek(), done.settled, pending.settled],
  "wait for a settled promise": () => wait(Promise.resolve(8)),
  "trySend": () => channel.trySend(2),
  "tryReceive": () => channel.tryReceive(),
  "trySelect": () => trySelect({ a: channel.receiving() }),
  "spawn": () => spawn(() => sleep(0)).settled,
  "sleep.future": () => sleep.future(0).settled,
  "blocking.allowed": () => blocking.allowed,
};
for (const [label, fn] of Object.entries(allowed)) say(label, () => atomic(fn));
console.log(blocking.allowed);

// The mode belongs to the coroutine: one that it starts may block.
const other = atomic(() => future(() => (sleep(0), blocking.allowed)));
console.log(other.get());

// Nesting, values, errors.
console.log(atomic(() => atomic(() => 1) + (blocking.allowed ? 10 : 1)), blocking.allowed);
say("throws", () => atomic(() => { throw new SyntaxError("x"); }));
say("async function", () => atomic(async () => 1));
say("generator", () => atomic(function* () {} as any));
say("returns a promise", () => atomic(() => Promise.resolve() as any));
say("returns a thenable", () => atomic(() => ({ then() {} }) as any));
say("no function", () => atomic(1 as any));
console.log(blocking.allowed);

// nonblocking: nests, twice disposed, out of order, left open.
{
  using a = nonblocking();
  using b = nonblocking();
  a[Symbol.dispose]();
  a[Symbol.dispose]();
  console.log("inner", blocking.allowed);
  say("sleep", () => sleep(0));
}
console.log(blocking.allowed);
const x = nonblocking();
const y = nonblocking();
x[Symbol.dispose]();
console.log(blocking.allowed);
y[Symbol.dispose]();
console.log(blocking.allowed);
let leaked!: Disposable;
spawn(() => {
  leaked = nonblocking();
  return blocking.allowed;
}).get();
leaked[Symbol.dispose]();
console.log("after a leak", blocking.allowed, spawn(() => (sleep(0), blocking.allowed)).get());
try {
  atomic(() => {
    leaked = nonblocking();
    throw 1;
  });
} catch {}
console.log("left open", blocking.allowed);
leaked[Symbol.dispose]();
console.log("closed", blocking.allowed);

// Nobody else runs in a section, and what runs between two waits is one anyway.
let turns = 0;
const ticker = spawn(() => { for (;;) { turns++; yieldNow(); } });
yieldNow();
const before = turns;
atomic(() => { for (let i = 0; i < 1e5; i++); });
console.log(turns === before);
ticker.cancel();
