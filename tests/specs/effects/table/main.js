// The effect table says of everything that std exports whether it may block, and that is what the runtime does.
import { readTextFile } from "corona:fs";

const table = new Map();
for (const line of readTextFile("../../../../std/effects.txt").split("\n")) {
  const [module, name, effect] = line.replace(/#.*/, "").trim().split(/\s+/);
  if (effect !== undefined) table.set(`${module} ${name}`, effect);
}
const modules = new Set([...table.keys()].map((key) => key.split(" ")[0]));
modules.delete("global");
const problems = [];
function check(key, blocks) {
  const effect = table.get(key);
  if (effect === undefined) problems.push(`${key} has no row`);
  else if ((effect === "blocks") !== blocks) problems.push(`${key}: ${effect}, but ${blocks ? "it is" : "it is not"} wrapped`);
}

/** Every method of a class, also what it inherits from one that is not exported, by name; without accessors. */
function methodsOf(constructor, known) {
  const methods = new Map();
  const own = constructor.prototype;
  for (let it = own; it !== null && (it === own || !known.has(it)); it = Object.getPrototypeOf(it)) {
    for (const key of Reflect.ownKeys(it)) {
      const { value } = Object.getOwnPropertyDescriptor(it, key);
      const name = typeof key === "symbol" ? `[${key.description}]` : key;
      if (key !== "constructor" && typeof value === "function" && !methods.has(name)) methods.set(name, value);
    }
  }
  return methods;
}
const builtIn = [Object, Promise, Error, EventTarget, Iterator];

for (const module of modules) {
  const exports = await import(module);
  const functions = Object.values(exports).filter((value) => typeof value === "function");
  const known = new Set([...builtIn, ...functions].map((constructor) => constructor.prototype));
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value !== "function") continue;
    const isClass = /^class\b/.test(Function.prototype.toString.call(value));
    check(`${module} ${name}`, !isClass && Object.hasOwn(value, "future"));
    if (!isClass) continue;
    for (const [method, found] of methodsOf(value, known)) {
      // Iteration is covered by what it calls.
      if (!method.startsWith("[")) check(`${module} ${name}.${method}`, Object.hasOwn(found, "future"));
    }
  }
}
console.log(problems.join("\n") || "agreed");
