// Calls whatever the effect table names, inside an atomic block and without arguments, and compares what happens.
import { atomic, Future } from "corona";

const ROWS = [];
/** These end the process or wait for the whole program when they are called. */
const NOT_CALLED = new Set(["exit", "abort", "kill"]);

const complain = (row, what) => console.log(`${row.slice(0, 2).join(" ")} (${row[2]}): ${what}`);
const modules = { global: globalThis };
for (const [name] of ROWS) modules[name] ??= await import(name);

/** The function that a row is about, and a way to call it. */
function find([moduleName, name]) {
  const module = modules[moduleName];
  const [owner, member] = name.split(".");
  if (member === undefined) {
    const value = module[owner];
    if (typeof value !== "function") return undefined;
    const isClass = /^class\b/.test(Function.prototype.toString.call(value));
    return isClass ? () => Reflect.construct(value, []) : () => value();
  }
  const holder = module[owner];
  if (holder === undefined) return undefined;
  if (member.startsWith("static:")) {
    const own = member.slice("static:".length);
    return typeof holder[own] === "function" ? () => holder[own]() : undefined;
  }
  const target = typeof holder === "function" ? holder.prototype : holder;
  const property = Object.getOwnPropertyDescriptor(target, member);
  const method = property?.value ?? property?.get;
  if (typeof method !== "function") return undefined;
  const self = owner === "Future" || owner === "Task" ? new Future(() => {}) : Object.create(target);
  return () => method.call(self);
}

/** Whether the call is refused because it may block. */
function isRefused(call) {
  try {
    const result = atomic(call);
    if (typeof result?.then === "function") Promise.prototype.catch.call(Promise.resolve(result), () => {});
    return false;
  } catch (error) {
    return error?.name === "WouldBlockError";
  }
}

for (const row of ROWS) {
  const call = find(row);
  if (call === undefined) {
    complain(row, "there is no such function");
  } else if (row[2] === "blocks" || row[2] === "unless-settled") {
    if (!isRefused(call)) complain(row, "was not refused inside atomic");
  } else if (row[2] === "never" && !NOT_CALLED.has(row[1].split(/[.:]/).at(-1))) {
    if (isRefused(call)) complain(row, "was refused inside atomic");
  }
}

/** Whatever programs can import has a row. */
const known = new Set(ROWS.map(([module, name]) => `${module} ${name}`));
for (const [moduleName, module] of Object.entries(modules)) {
  if (moduleName === "global") continue;
  const expect = (name) => {
    if (!known.has(`${moduleName} ${name}`)) complain([moduleName, name, "?"], "is missing from the table");
  };
  for (const [name, value] of Object.entries(module)) {
    if (typeof value !== "function") continue;
    expect(name);
    for (const member of Object.getOwnPropertyNames(value.prototype ?? {})) {
      const { value: method } = Object.getOwnPropertyDescriptor(value.prototype, member);
      if (member !== "constructor" && typeof method === "function") expect(`${name}.${member}`);
    }
    for (const [member, method] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
      if (typeof method.value === "function" && !["future", "prototype"].includes(member)) expect(`${name}.static:${member}`);
    }
  }
}
console.log("checked", ROWS.length);
