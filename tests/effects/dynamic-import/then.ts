//- /main.ts
import { atomic } from "corona";

await import("./work.ts").then((work) => {
  atomic(() => {
    work.plan(); //~ safe: a list
    work.act(); //~ blocks: sleeps
  });
});
//- /work.ts
import { sleep } from "corona";
export const plan = () => ["a"];
export const act = () => sleep(0);
