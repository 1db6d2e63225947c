import { sleep } from "corona";

const listeners: (() => void)[] = [];
listeners.push(() => sleep(1));
listeners.push(() => console.log("quick"));

export function run(unknown: () => void) {
  atomic: {
    sleep(1);
    for (const listener of listeners) listener();
    unknown();
  }
}
