//- /main.ts
import { atomic } from "corona";

let loaded: typeof import("./engine.ts") | undefined;
async function engine() {
  return (loaded ??= await import("./engine.ts"));
}

await engine();
atomic(() => {
  loaded!.idle(); //~ safe: does nothing
  loaded!.warmUp(); //~ blocks: sleeps
});
//- /engine.ts
import { sleep } from "corona";
export function warmUp() { sleep(0); }
export function idle() {}
