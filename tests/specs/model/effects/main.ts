// The effect table, the modules and their types say the same: every export has its row and its declaration and the other
// way round, and in an atomic section exactly what the table says may block throws WouldBlockError.
import { atomic, scope } from "corona";
import { readDir, readTextFile } from "corona:fs";

const std = new URL("../../../../std/", import.meta.url).pathname;
const problems: string[] = [];
const check = (ok: unknown, problem: string) => void (ok || problems.push(problem));

// ---------------------------------------------------------------------------------------------- what there is

const isClass = (value: unknown): value is Function & { prototype: object } =>
  typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));

const modules = new Map<string, Record<string, any>>();
for (const [, name] of readTextFile(`${std}src/modules.rs`).matchAll(/^ {4}"((?!internal:)[^"]+)" =/gm)) {
  modules.set(name, await import(name));
}
console.log([...modules.keys()].filter((name) => name.startsWith("corona")).join(" "));

const rows = readTextFile(`${std}effects.txt`)
  .split("\n")
  .map((line) => line.replace(/#.*/, "").trim().split(/\s+/))
  .filter((words) => words.length === 3)
  .map(([module, name, effect]) => ({ module, name, effect, key: `${module} ${name}` }));
const keys = new Set(rows.map(({ key }) => key));
check(keys.size === rows.length, "a row stands twice");

/** Classes that are met, but not exported. */
const hidden: Record<string, Function> = { "corona Scope": scope((s) => s).constructor };

// ---------------------------------------------------------------------------------------------- types

const types = readDir(`${std}types`).filter(({ name }) => name.endsWith(".d.ts")).map(({ name }) => readTextFile(`${std}types/${name}`)).join("\n");
const declarations = new Map<string, string>();
for (const [, name, body] of types.matchAll(/^declare module "([^"]+)" \{\n([^]*?)^\}/gm)) {
  declarations.set(name, (declarations.get(name) ?? "") + body);
}

/** The members that a class or interface declares, as text. */
function membersOf(module: string, name: string): string {
  const found = declarations.get(module)?.matchAll(new RegExp(`^ {2}export (?:class|interface) ${name}\\b[^]*?^ {2}\\}`, "gm"));
  return [...(found ?? [])].join("\n");
}

function declares(members: string, name: string): boolean {
  const pattern = name.replace(/[[\].]/g, "\\$&");
  return new RegExp(`^ {4}(?:static |readonly |get |set )*${pattern}[?(<:]`, "m").test(members);
}

// ---------------------------------------------------------------------------------------------- exports have rows and types

for (const [module, namespace] of modules) {
  const declared = declarations.get(module);
  check(declared !== undefined, `${module} has no declarations`);
  if (declared === undefined) continue;
  const values = new Set([...declared.matchAll(/^ {2}export (?:const|let|function|class) (\w+)/gm)].map(([, name]) => name));
  for (const name of values) check(name in namespace, `${module} declares ${name} and does not export it`);
  for (const [name, value] of Object.entries(namespace)) {
    if (name === "default") continue;
    check(values.has(name), `${module} does not declare ${name}`);
    if (typeof value !== "function") continue;
    check(keys.has(`${module} ${name}`), `${module} ${name} has no row`);
    if (isClass(value)) checkClass(module, name, value);
  }
}
for (const [key, value] of Object.entries(hidden)) checkClass(...(key.split(" ") as [string, string]), value);

function checkClass(module: string, name: string, constructor: Function) {
  const members = membersOf(module, name);
  for (const [place, prefix] of [[constructor.prototype, ""], [constructor, "static:"]] as const) {
    for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(place)) as [string, PropertyDescriptor][]) {
      if (key === "constructor" || key === "prototype" || key === "future" || typeof value !== "function") continue;
      check(keys.has(`${module} ${name}.${prefix}${key}`), `${module} ${name}.${prefix}${key} has no row`);
      check(declares(members, key), `${module} does not declare ${name}.${key}`);
    }
  }
}

// ---------------------------------------------------------------------------------------------- rows are true

/** What a row names, as a function to call without arguments. */
function target(module: string, name: string): (() => unknown) | undefined {
  const namespace: any = module === "global" ? globalThis : modules.get(module);
  const [owner, member] = name.split(/\.(.*)/);
  const constructor = namespace?.[owner] ?? hidden[`${module} ${owner}`];
  if (constructor !== null && typeof constructor === "object") return () => constructor[member]();
  if (member === undefined) return typeof constructor === "function" ? () => constructor() : undefined;
  const isStatic = member.startsWith("static:");
  const symbol = /^\[Symbol\.(\w+)\]$/.exec(member)?.[1] as keyof SymbolConstructor | undefined;
  const key = symbol ? Symbol[symbol] : member.replace("static:", "");
  const place = isStatic ? constructor : constructor?.prototype;
  const method = place?.[key as string];
  return typeof method === "function" ? () => method.call(isStatic ? constructor : Object.create(place)) : undefined;
}

/** Not to be tried: they end the process, are what sections are made of, or print. */
const untried = /^(corona:process exit|corona nonblocking|corona:atomic enter|corona:atomic leave|global console\..*)$/;

const counts: Record<string, number> = {};
for (const { module, name, effect, key } of rows) {
  const call = target(module, name);
  check(call !== undefined, `${key} is in the table and does not exist`);
  if (call === undefined || untried.test(key)) continue;
  let refused = false;
  try {
    const result: any = atomic(() => {
      const value: any = call();
      value?.then?.(undefined, () => {});
      return { value };
    });
    void result;
  } catch (error) {
    refused = (error as any)?.code === "CORONA1002";
  }
  if (effect === "blocks") check(refused, `${key} may block, and is not refused in an atomic section`);
  else check(!refused, `${key} is refused in an atomic section, and the table says ${effect}`);
  counts[effect] = (counts[effect] ?? 0) + 1;
}
check(counts.blocks > 50 && counts.never > 50, "most rows were tried");

// Every blocking function starts without waiting, too.
for (const { module, name, effect } of rows) {
  if (effect !== "blocks" || name.includes("[")) continue;
  const namespace: any = modules.get(module);
  const [owner, member] = name.split(".");
  if (member === undefined) check(typeof namespace?.[owner]?.future === "function", `${module} ${name} has no .future`);
  else check("future" in (namespace?.[owner]?.prototype ?? {}), `${module} ${owner} has no .future`);
}

console.log(problems.length === 0 ? "they agree" : problems.join("\n"));
