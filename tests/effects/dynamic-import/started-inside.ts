//- /main.ts
import { atomic } from "corona";

let module: Promise<{ run(): void }> | undefined;
atomic(() => {
  module = import("./late.ts"); //~ safe: starts loading, does not wait
});
const loaded = await module!;
atomic(() => {
  loaded.run(); //~ blocks: the function of the module sleeps
});
//- /late.ts
import { sleep } from "corona";
export function run() { sleep(0); }
