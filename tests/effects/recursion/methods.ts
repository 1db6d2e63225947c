import { atomic, sleep } from "corona";

class Folder {
  constructor(private entries: (Folder | string)[]) {}
  count(): number { return this.entries.reduce<number>((n, it) => n + (typeof it === "string" ? 1 : it.count()), 0); }
  sync(): void {
    for (const entry of this.entries) {
      if (typeof entry === "string") sleep(0);
      else entry.sync();
    }
  }
}

const root = new Folder(["a", new Folder(["b"])]);
atomic(() => {
  root.count(); //~ safe: counts
  root.sync(); //~ blocks: sleeps for each file
});
