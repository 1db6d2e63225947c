// Calls whatever the effect table names, inside an atomic block and without arguments, and compares what happens.
import { atomic, Future, scope } from "corona";

const ROWS = [];
/** These end the process, or print. */
const NOT_CALLED = /^(exit|abort|kill|reallyExit|process\.\w+|console\.\w+)$/;
/** Classes that are not exported, by what gives an instance. */
const INSTANCES = { "corona Scope": scope((s) => s) };

const complain = (row, what) => console.log(`effects: ${row.slice(0, 2).join(" ")} (${row[2]}): ${what}`);
const modules = { global: globalThis };
for (const [name] of ROWS) modules[name] ??= await import(name);

/** A property wherever it is on the chain of prototypes; names in brackets are well-known symbols. */
function property(target, name) {
  const key = name.startsWith("[Symbol.") ? Symbol[name.slice("[Symbol.".length, -1)] : name;
  for (let at = target; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found !== undefined) return found.value ?? found.get;
  }
  return undefined;
}

/** The function that a row is about, ready to be called with arguments that only matter to `wait`. */
function find([moduleName, name]) {
  const module = modules[moduleName];
  const dot = name.indexOf(".");
  if (dot < 0) {
    const value = module[name];
    if (typeof value !== "function") return undefined;
    const isClass = /^class\b/.test(Function.prototype.toString.call(value));
    return isClass ? () => Reflect.construct(value, []) : () => value(...(name === "wait" ? [pending()] : []));
  }
  const [owner, member] = [name.slice(0, dot), name.slice(dot + 1)];
  const instance = INSTANCES[`${moduleName} ${owner}`];
  const holder = module[owner];
  if (member.startsWith("static:")) {
    const method = holder?.[member.slice("static:".length)];
    return typeof method === "function" ? () => method.call(holder) : undefined;
  }
  const target = instance ?? (typeof holder === "function" ? holder.prototype : holder);
  const method = property(target, member);
  if (typeof method !== "function") return undefined;
  const self = owner === "Future" || owner === "Task" ? pending() : (instance ?? Object.create(target));
  return () => method.call(self);
}

const pending = () => new Future(() => {});

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
  } else if (row[2] === "never" && !NOT_CALLED.test(row[1])) {
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
