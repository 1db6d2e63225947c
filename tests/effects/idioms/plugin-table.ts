//- /main.ts
import { atomic } from "corona";
import { plugins } from "./plugins.ts";

const log: string[] = [];
atomic(() => {
  for (const plugin of plugins) log.push(plugin.name); // names only
  for (const plugin of plugins) {
    plugin.start(); //~ blocks: one of the plugins connects
  }
  for (const plugin of plugins) {
    plugin.stop(); //~ safe: no plugin waits when it is stopped
  }
});
//- /plugins.ts
import { metrics } from "./metrics.ts";
import { database } from "./database.ts";
export interface Plugin { name: string; start(): void; stop(): void }
export const plugins: Plugin[] = [metrics, database];
//- /metrics.ts
export const metrics = { name: "metrics", count: 0, start() { this.count++; }, stop() { this.count--; } };
//- /database.ts
import { sleep } from "corona";
export const database = { name: "database", start() { sleep(0); }, stop() {} };
