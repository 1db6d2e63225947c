// Writes a project of many modules into a folder, the same each time: `corona run generate.js FOLDER COUNT`. Layers of
// modules that import from the layers below, with classes, callbacks, shared state and atomic blocks. It has no finding.
import { args } from "corona:process";
import { mkdir, writeFile } from "corona:fs";

const [folder, count] = [args[0], Number(args[1] ?? 10_000)];
const PER_AREA = 100;

let seed = 1;
function random(limit) {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 1;
  return seed % limit;
}

const areaOf = (index) => Math.floor(index / PER_AREA);
const pathOf = (index) => `area${areaOf(index)}/module${index % PER_AREA}`;

function moduleText(index) {
  const imports = new Set();
  if (index > 0) for (let wanted = 2 + random(4); wanted > 0; wanted--) imports.add(random(index));
  const used = [...imports];
  const lines = [`import { atomic, Channel, spawn } from "corona";`, `import { readTextFile } from "corona:fs";`];
  for (const other of used) lines.push(`import { create${other}, Store${other}, total${other} } from "../${pathOf(other)}";`);
  lines.push(`
export interface Item${index} {
  id: number;
  name: string;
  tags?: readonly string[];
}

/** Keeps items by number; shared by everything that asks. */
export class Store${index} {
  #items = new Map<number, Item${index}>();
  #listeners: ((item: Item${index}) => void)[] = [];
  size = 0;

  onAdd(listener: (item: Item${index}) => void): void {
    this.#listeners.push(listener);
  }

  add(item: Item${index}): this {
    atomic: {
      if (this.#items.has(item.id)) break atomic;
      this.#items.set(item.id, item);
      this.size += 1;
    }
    for (const listener of this.#listeners) listener(item);
    return this;
  }

  load(path: string): number {
    const text = readTextFile(path);
    const found = text.split("\\n").filter((line) => line !== "").map((line, id) => ({ id, name: line.trim() }));
    for (const item of found) this.add(item);
    return found.length;
  }

  names(): string[] {
    return [...this.#items.values()].map(({ name }) => name).sort((left, right) => left.localeCompare(right));
  }
}

const shared = new Store${index}();
const jobs = new Channel<Item${index}>(16);

export function create${index}(name: string, { tags = [] }: { tags?: string[] } = {}): Item${index} {
  return { id: shared.size, name, tags };
}

export function start${index}(path: string) {
  return spawn(() => {
    const count = shared.load(path);
    for (const item of jobs) if (item.id < count) shared.add(item);
    return count;
  });
}

export function total${index}(weight = 1): number {
  return atomic(() => {
    let sum = shared.size * weight;`);
  for (const other of used) lines.push(`    sum += total${other}(weight + 1);`);
  lines.push(`    return sum;
  });
}

export function* walk${index}(depth: number): Generator<string> {
  if (depth > 0) yield* walk${index}(depth - 1);
  yield* shared.names();
}
`);
  for (const other of used) {
    lines.push(`
export function join${index}With${other}(names: string[]) {
  const store = new Store${other}();
  store.onAdd((item) => jobs.trySend({ ...item, id: item.id + shared.size }));
  names.map((name) => create${other}(name)).forEach((item) => store.add(item));
  return store.names().join(",");
}`);
  }
  return lines.join("\n") + "\n";
}

for (let area = 0; area * PER_AREA < count; area++) mkdir(`${folder}/src/area${area}`, { recursive: true });
for (let index = 0; index < count; index++) writeFile(`${folder}/src/${pathOf(index)}.ts`, moduleText(index));
writeFile(`${folder}/package.json`, `{ "name": "many-modules", "type": "module" }\n`);
writeFile(`${folder}/tsconfig.json`, `{ "compilerOptions": { "strict": true } }\n`);
console.log(`wrote ${count} modules`);
