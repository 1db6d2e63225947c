//- /main.ts
import { atomic } from "corona";
import { Cache } from "cache";

const cache = new Cache();
atomic(() => {
  cache.peek("a"); //~ safe: looks into a Map
  cache.fetch("a"); //~ blocks: a dependency of the package sleeps
});
//- /node_modules/cache/package.json
{ "name": "cache", "version": "1.0.0", "type": "module", "main": "index.js" }
//- /node_modules/cache/index.js
import { delay } from "delay-sync";
export class Cache {
  #values = new Map();
  peek(key) { return this.#values.get(key); }
  fetch(key) {
    if (!this.#values.has(key)) { delay(); this.#values.set(key, key); }
    return this.#values.get(key);
  }
}
//- /node_modules/delay-sync/package.json
{ "name": "delay-sync", "version": "1.0.0", "main": "main.cjs" }
//- /node_modules/delay-sync/main.cjs
const corona = require("corona");
exports.delay = function delay() { corona.sleep(0); };
