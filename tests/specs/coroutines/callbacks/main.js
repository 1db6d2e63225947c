// Every place in the language that calls back into a program blocks in the middle, in several coroutines at a time.
import { spawn, yieldNow } from "corona";

const COROUTINES = 8;
let waits = 0;

/** Blocks, and collects garbage while others stand in the middle of theirs. */
function wait(value) {
  waits++;
  yieldNow();
  if (waits % 50 === 0) gc();
  yieldNow();
  return value;
}

class Base {
  constructor(seed) {
    wait();
    this.seed = seed;
  }
  get doubled() {
    return wait(this.seed * 2);
  }
  set doubled(value) {
    wait();
    this.seed = value / 2;
  }
  static [Symbol.hasInstance](value) {
    return wait(value?.seed > 0);
  }
}
class Derived extends Base {
  field = wait("field");
  #secret = wait("secret");
  constructor(seed) {
    super(wait(seed));
    wait();
  }
  get secret() {
    return this.#secret;
  }
}

const traps = {
  get: (target, key) => wait(key === "then" ? undefined : target[key] + 1),
  set: (target, key, value) => wait(Reflect.set(target, key, value)),
  has: (target, key) => wait(key in target),
  ownKeys: (target) => wait(Reflect.ownKeys(target)),
  getOwnPropertyDescriptor: (target, key) => wait(Reflect.getOwnPropertyDescriptor(target, key)),
  deleteProperty: (target, key) => wait(delete target[key]),
  getPrototypeOf: () => wait(Array.prototype),
  defineProperty: (target, key, property) => wait(Reflect.defineProperty(target, key, property)),
};
const callable = new Proxy(function () {}, {
  apply: (_, self, args) => wait(args[0] * 2),
  construct: (_, args) => wait({ made: args[0] }),
});

function* generate(seed) {
  try {
    for (let i = 0; i < 3; i++) wait(yield wait(seed + i));
  } finally {
    wait();
  }
}
const iterable = (seed) => ({
  [Symbol.iterator]() {
    let i = 0;
    wait();
    return { next: () => wait({ done: i === 3, value: seed + i++ }), return: () => wait({}) };
  },
});

/** Name and what to compute from a seed; the answer must be the same as without waiting. */
const sites = {
  sort: (n) => [3, 1, 2].sort((a, b) => wait(a - b)).map((x) => x + n).join(),
  map: (n) => [1, 2].map((x) => wait(x + n)).join(),
  reduce: (n) => [1, 2, 3].reduce((a, b) => wait(a + b), n),
  forEach: (n) => { let sum = n; new Set([1, 2]).forEach((x) => (sum += wait(x))); return sum; },
  replace: (n) => "a-b".replace(/[ab]/g, (c) => wait(c + n)),
  toJSON: (n) => JSON.stringify([{ toJSON: () => wait(n) }]),
  replacer: (n) => JSON.stringify({ a: n }, (_, value) => wait(value)),
  reviver: (n) => JSON.parse(`[${n},2]`, (_, value) => wait(value)).join(),
  getter: (n) => new Base(n).doubled,
  setter: (n) => { const base = new Base(0); base.doubled = n * 2; return base.seed; },
  construct: (n) => { const made = new Derived(n); return [made.seed, made.field, made.secret].join(); },
  instanceof: (n) => ({ seed: n + 1 }) instanceof Base,
  proxyGet: (n) => new Proxy({ a: n }, traps).a,
  proxyKeys: (n) => Object.keys(new Proxy({ a: n, b: 1 }, traps)).join(),
  proxySpread: (n) => JSON.stringify({ ...new Proxy({ a: n }, traps) }),
  proxyWrite: (n) => { const t = {}; const p = new Proxy(t, traps); p.a = n; return [t.a, "a" in p, delete p.a].join(); },
  proxyPrototype: () => new Proxy({}, traps) instanceof Array,
  proxyCall: (n) => callable(n),
  proxyNew: (n) => new callable(n).made,
  generator: (n) => [...generate(n)].join(),
  generatorReturn: (n) => { for (const x of generate(n)) if (x > n) return x; return "none"; },
  iterator: (n) => { const [a, b] = iterable(n); return [a, b, ...iterable(n)].join(); },
  from: (n) => Array.from(iterable(n), (x) => wait(x)).join(),
  mapOf: (n) => [...new Map((function* () { yield wait([n, 1]); })())].join(),
  template: (n) => ((parts, value) => wait(parts.join("|") + value))`a${n}b`,
  valueOf: (n) => ({ valueOf: () => wait(n) }) * 1 + 1,
  toString: (n) => `${{ toString: () => wait("s" + n) }}`,
  toPrimitive: (n) => ({ [Symbol.toPrimitive]: () => wait(n) }) + 0,
  computedKey: (n) => Object.keys({ [wait("k" + n)]: 1 }).join(),
  defaultArgument: (n) => ((a = wait(n)) => a)(),
  evaluate: (n) => (0, eval)(`(wait) => wait(${n})`)(wait),
  directEval: (n) => eval("wait(n)"),
  construction: (n) => new Function("wait", "n", "return wait(n)")(wait, n),
  bind: (n) => wait.bind(null, n)(),
  reflect: (n) => Reflect.apply(wait, null, [n]),
  tryFinally: (n) => { try { return wait(n); } finally { wait(); } },
  caught: (n) => { try { wait(); throw new Error("e" + n); } catch (error) { wait(); return error.message; } },
  using: (n) => { let log = ""; { using _ = { [Symbol.dispose]: () => (log += wait("d" + n)) }; wait(); } return log; },
  deep: (n) => (function down(k) { return k === 0 ? wait(n) : down(k - 1) + 1; })(500),
  regexp: (n) => { class R extends RegExp { exec(text) { wait(); return super.exec(text); } } return "x1".replace(new R("x"), n); },
  species: (n) => { class A extends Array { static get [Symbol.species]() { return wait(Array); } } return A.of(1).map((x) => x + n).join(); },
  typedSort: (n) => Float64Array.of(3, 1, 2).sort((a, b) => wait(a - b)).join() + n,
  groupBy: (n) => Object.keys(Object.groupBy([1, 2], (x) => wait("g" + (x + n)))).join(),
  dateParts: (n) => new Date({ valueOf: () => wait(n) }).getTime(),
  sleepInLoop: (n) => { let sum = 0; for (let i = 0; i < 20; i++) sum += wait(i); return sum + n; },
};

for (const [name, site] of Object.entries(sites)) {
  const tasks = [];
  for (let n = 0; n < COROUTINES; n++) tasks.push(spawn(site, n));
  const answers = tasks.map((task) => String(task.get()));
  console.log(`${name}: ${answers[0]} … ${answers.at(-1)}`);
}
console.log(waits > 500 ? "waited everywhere" : `waited ${waits} times only`);
