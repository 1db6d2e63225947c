// select: exactly one case is taken.
import { Channel, future, select, sleep, spawn, trySelect } from "corona";

const attempt = (fn: () => unknown) => {
  try {
    return fn();
  } catch (error) {
    return `${(error as Error).name} ${(error as any).code}: ${(error as Error).message}`;
  }
};
const a = new Channel<number>(1);
const b = new Channel<string>();

// Ready at once, or later; receiving and sending.
a.send(1);
console.log(select({ a: a.receiving(), b: b.receiving() }));
spawn(() => { sleep(1); b.send("later"); });
console.log(select({ a: a.receiving(), b: b.receiving() }));
console.log(select({ out: a.sending(5), b: b.receiving() }), a.receive());
const receiver = spawn(() => { sleep(1); return b.receive(); });
console.log(select({ a: a.receiving(), out: b.sending("sent") }), receiver.get());
console.log(select([a.receiving(), a.sending(3)]), a.size);
a.receive();

// Exactly one, and no ghosts in the others.
spawn(() => { sleep(1); a.trySend(7); b.trySend("x"); });
console.log(select({ a: a.receiving(), b: b.receiving() }), b.trySend("nobody is there"), a.size);

// Two selects meet.
const meeting = new Channel<string>();
const left = spawn(() => select({ give: meeting.sending("present"), other: b.receiving() }));
console.log(select({ take: meeting.receiving(), other: b.receiving() }), left.get());
// One that does both does not meet itself.
const self = spawn(() => select({ give: meeting.sending("mine"), take: meeting.receiving() }));
sleep(1);
console.log(meeting.trySend("yours"), self.get());

// Futures and promises.
console.log(select({ future: future(() => (sleep(1), "done")), never: b.receiving() }));
console.log(select({ promise: Promise.resolve(1), never: b.receiving() }));
console.log(attempt(() => select({ bad: future(() => { sleep(1); throw new Error("failed"); }), never: b.receiving() })));
const late = future(() => (sleep(5), "once"));
for (let i = 0; i < 100; i++) select({ late, tick: Promise.resolve(i) });
console.log(select({ late }), trySelect({ late }));

// A closed channel is ready; sending to it throws.
const closed = new Channel<number>(1);
closed.send(1);
closed.close();
console.log(select({ closed: closed.receiving() }), select({ closed: closed.receiving() }));
console.log(attempt(() => select({ closed: closed.sending(1) })));
const closing = new Channel<number>();
const waiting = spawn(() => [select({ c: closing.receiving() })]);
const sending = spawn(() => attempt(() => select({ c: closing.sending(1) })));
sleep(1);
console.log(sending.settled || waiting.settled);

// Time limit; trySelect.
const begun = performance.now();
console.log(select({ b: b.receiving() }, { timeout: 10 }), performance.now() - begun >= 9, b.trySend("no ghost"));
console.log(select({ b: b.receiving() }, { timeout: 0 }), select({}, { timeout: 1 }));
console.log(trySelect({ b: b.receiving() }), trySelect({ a: a.sending(1) }), trySelect({ a: a.receiving() }));

// Cases that are always ready take turns.
const counts: Record<string, number> = { x: 0, y: 0, z: 0 };
const [x, y, z] = [1, 2, 3].map(() => { const c = new Channel<number>(300); for (let i = 0; i < 300; i++) c.send(i); return c; });
for (let i = 0; i < 300; i++) counts[select({ x: x.receiving(), y: y.receiving(), z: z.receiving() }).name]++;
console.log(counts);

// Cancelled, it leaves nothing behind.
const gone = spawn(() => select({ b: b.receiving(), a: a.receiving() }));
sleep(1);
gone.cancel();
console.log(attempt(() => gone.get()), b.trySend("x"), a.trySend(1), a.size);

for (const wrong of [{}, { a }, { a: 1 }, 1, null]) console.log(attempt(() => select(wrong as any)));
console.log(attempt(() => select({ b: b.receiving() }, { timeout: -1 })));
