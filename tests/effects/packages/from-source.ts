//- /main.ts
import { atomic } from "corona";
import { Pool, version } from "tiny-pool";

const pool = new Pool(() => ({ id: 1 }));
atomic(() => {
  version(); //~ safe: a string
  pool.take(); //~ blocks: take of the package sleeps while there is none
});
//- /node_modules/tiny-pool/package.json
{ "name": "tiny-pool", "version": "1.0.0", "type": "module", "exports": "./src/index.js" }
//- /node_modules/tiny-pool/src/index.js
export { Pool } from "./pool.js";
export const version = () => "1.0.0";
//- /node_modules/tiny-pool/src/pool.js
import { sleep } from "corona";
export class Pool {
  constructor(make) { this.make = make; this.free = []; }
  take() {
    if (this.free.length === 0) sleep(0);
    return this.free.pop() ?? this.make();
  }
}
