//- /main.ts
import { atomic } from "corona";
import { Compiler } from "./compiler.ts";
import { plugins } from "./plugins/index.ts";
import * as local from "./plugins/local.ts";

const quick = new Compiler([local.strip, local.banner("x")]);
const full = new Compiler([...plugins, local.strip]);
let out = "";
atomic(() => {
  out += quick.compile("a b"); //~ safe: two plugins that work on strings
});
atomic(() => {
  out += full.compile("c d"); //~ blocks: the plugin of the index reads over the network
});
console.log(out);
//- /compiler.ts
export interface Plugin { name: string; transform?(code: string): string; finish?(): void }
export class Compiler {
  constructor(private readonly plugins: readonly Plugin[]) {}
  compile(code: string) {
    const done = this.plugins.reduce((text, plugin) => plugin.transform?.(text) ?? text, code);
    this.plugins.forEach((plugin) => plugin.finish?.());
    return done;
  }
}
//- /plugins/index.ts
export { default as network } from "./network.ts";
import network from "./network.ts";
export const plugins = [network({ retries: 1 })];
//- /plugins/local.ts
import type { Plugin } from "../compiler.ts";
export const strip: Plugin = { name: "strip", transform: (code) => code.replace(/ /g, (space) => space.trim()) };
export const banner = (text: string): Plugin => ({ name: "banner", transform: (code) => text + code });
//- /plugins/network.ts
import { sleep } from "corona";
import type { Plugin } from "../compiler.ts";
export default ({ retries }: { retries: number }): Plugin => ({
  name: "network",
  transform(code) { for (let n = 0; n < retries; n++) sleep(0); return code; },
});
