// setTimeout and its kin as in Node, with callbacks that may block.
import { sleep } from "corona:time";

const log = [];
setTimeout((...args) => log.push(`timeout ${args}`), 5, "a", 1);
setTimeout(() => log.push("never"), 5)[Symbol.dispose]();
clearTimeout(setTimeout(() => log.push("never"), 5));
clearTimeout(+setTimeout(() => log.push("never by number"), 5));
clearTimeout(undefined);
clearTimeout("x");
clearTimeout({});
setImmediate((x) => log.push(`immediate ${x}`), 1);
clearImmediate(setImmediate(() => log.push("never")));
sleep(20);
console.log(log.splice(0));

// A callback that blocks holds up no other.
setTimeout(() => { log.push("slow begins"); sleep(30); log.push("slow ends"); }, 1);
setTimeout(() => log.push("quick"), 5);
sleep(300);
console.log(log.splice(0));

// An interval waits for its callback: runs never overlap, and those that were missed do not pile up.
let inside = 0, most = 0, runs = 0;
const interval = setInterval(() => {
  most = Math.max(most, ++inside);
  runs++;
  sleep(25);
  inside--;
}, 10);
sleep(130);
clearInterval(interval);
sleep(40);
console.log("at once:", most, "runs:", runs >= 2 && runs <= 6);

let ticks = 0;
const self = setInterval(() => { if (++ticks === 3) clearInterval(self); }, 1);
sleep(30);
console.log("ticks", ticks);

const again = setTimeout(() => log.push("refreshed"), 400);
for (let i = 0; i < 4; i++) { sleep(120); again.refresh(); }
console.log(log.length);
sleep(450);
console.log(log.splice(0), again.hasRef(), again.unref().hasRef(), again.ref().hasRef());

// Order: by time, then as they were set. Far enough apart for a machine that is busy while they are set.
const times = [[60, "c"], [1, "a"], [60, "d"], [30, "b"], [0, "0"], [-1, "-"], [NaN, "n"]];
for (const [ms, name] of times) setTimeout(() => log.push(name), ms);
sleep(150);
console.log(log.splice(0).join(""));

for (const bad of [undefined, "code", {}]) {
  try {
    setTimeout(bad, 1);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
setTimeout(() => console.log("unreferenced: never"), 60_000).unref();
setInterval(() => {}, 60_000).unref();
setTimeout(() => console.log("the last referenced one ends the program"), 5);
