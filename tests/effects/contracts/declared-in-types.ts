//- /main.ts
import { atomic } from "corona";
import { hash, scan } from "native-kit";

let n = 0;
atomic(() => {
  n = hash("a"); //~ safe: its source computes
  n = scan("/"); //~ blocks: its source sleeps, and its types say so
});
console.log(n);
//- /node_modules/native-kit/package.json
{ "name": "native-kit", "version": "1.0.0", "type": "module", "main": "./index.js", "types": "./index.d.ts" }
//- /node_modules/native-kit/index.js
import { sleep } from "corona";
export const hash = (text) => text.length;
export const scan = (path) => { sleep(0); return path.length; };
//- /node_modules/native-kit/index.d.ts
/** @nonblocking */
export function hash(text: string): number;
/** @blocking */
export function scan(path: string): number;
