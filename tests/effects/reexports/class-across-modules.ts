//- /main.ts
import { atomic } from "corona";
import { FileStore, MemoryStore } from "./stores.ts";

const file = new FileStore();
const memory = new MemoryStore();
atomic(() => {
  memory.put("a"); //~ safe: write of the memory store appends
});
atomic(() => {
  file.put("a"); //~ blocks: put is in the base, write of the file store sleeps
});
//- /base.ts
export abstract class Store {
  put(text: string) { this.write(text.trim()); }
  protected abstract write(text: string): void;
}
//- /stores.ts
import { sleep } from "corona";
import { Store } from "./base.ts";
export class FileStore extends Store {
  protected write(_text: string) { sleep(0); }
}
export class MemoryStore extends Store {
  lines: string[] = [];
  protected write(text: string) { this.lines.push(text); }
}
