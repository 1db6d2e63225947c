//- /main.ts
import { atomic } from "corona";

function use(driver: { open(): unknown }) { return driver.open(); }
const disk = await import("./disk.ts");
const memory = await import("./memory.ts");
atomic(() => {
  use(memory); //~ safe: its open makes an object
});
atomic(() => {
  use(disk); //~ blocks: its open sleeps
});
//- /disk.ts
import { sleep } from "corona";
export const open = () => sleep(0);
//- /memory.ts
export const open = () => ({});
