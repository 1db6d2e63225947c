//- /main.ts
import { atomic } from "corona";
import { args } from "corona:process";

const plugin = await import(`./plugins/${args[0] ?? "calm"}.ts`);
atomic(() => {
  plugin.run(); //~ undecidable: the command line names the module
});
//- /plugins/calm.ts
export const run = () => 1;
//- /plugins/eager.ts
import { sleep } from "corona";
export const run = () => sleep(0);
