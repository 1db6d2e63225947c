import { atomic, sleep } from "corona";

const rows = new Proxy([1, 2], { get(of, key) { sleep(0); return Reflect.get(of, key); } });
const log = new Proxy([] as number[], {
  set(of, key, value) { sleep(0); return Reflect.set(of, key, value); },
});
const last = new Proxy([1, 2] as number[], {
  get(of, key) { return typeof key === "string" && Number(key) < 0 ? of.at(Number(key)) : Reflect.get(of, key); },
});

let n: unknown;
atomic(() => {
  for (const row of rows) n = row; //~ blocks: each element is read through the trap
  n = Array.prototype.map.call(rows, (row) => row); //~ blocks: so it is by map
  log.push(1); //~ blocks: the trap sees what is pushed
  n = last[-1]; //~ safe: counts from the end
  n = last.map((row) => row + 1); //~ safe: adds
  for (const row of last) n = row; //~ safe: reads
});
console.log(n);
