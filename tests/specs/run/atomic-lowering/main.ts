// `atomic: { … }`: every way out leaves the block; what it lowers to collides with nothing.
import { blocking } from "corona";
const isAtomic = () => !blocking.allowed;
const enter = "mine", leave = "mine too", enterAtomic = 1, leaveAtomic = 2, depth = 3;
const seen: unknown[] = [];

function byReturn(): boolean { atomic: { return isAtomic(); } }
function byThrow() { try { atomic: { throw new Error("out"); } } catch { return isAtomic(); } }
function byBreak() { atomic: { seen.push(isAtomic()); if (seen.length) break atomic; seen.push("not reached"); } return isAtomic(); }
function byContinue() {
  const inside: boolean[] = [];
  for (const n of [1, 2, 3]) { atomic: { inside.push(isAtomic()); if (n === 2) continue; } inside.push(isAtomic()); }
  return inside;
}
function outer() { loop: while (true) { atomic: { break loop; } } return isAtomic(); }
function nested() { const all: boolean[] = []; atomic: { atomic: { all.push(isAtomic()); } all.push(isAtomic()); } all.push(isAtomic()); return all; }
function* generator() { atomic: { seen.push("generator"); } yield isAtomic(); }
async function asynchronous() { atomic: { const later = async () => await isAtomic(); seen.push(typeof later); } return await isAtomic(); }
const arrow = () => { atomic: { const depth = 5; return depth; } };
class Account {
  #balance = 10;
  static { atomic: { seen.push("static block"); } }
  withdraw(amount: number) { atomic: { this.#balance -= amount; arguments.length; return this.#balance; } }
}
atomic: { seen.push("top level"); }
function hoisted() { atomic: { function inside() { return "hoisted"; } var leaks = inside(); } return leaks; }

console.log(byReturn(), byThrow(), byBreak(), outer(), nested(), byContinue());
console.log([...generator()], await asynchronous(), arrow(), new Account().withdraw(3), hoisted());
console.log(seen, enter, leave, enterAtomic, leaveAtomic, depth);
const atomic = 1; // a name like any other, and a label that is no block is only a label
atomic: for (;;) { console.log(isAtomic(), atomic); break atomic; }
