import { sleep, spawn } from "corona";
const listeners = new Set<() => void>();
export const onChange = (listener: () => void) => listeners.add(listener);
export function change() {
  atomic: {
    for (const listener of listeners) listener();
  }
}
function slow() {
  sleep(10);
}
onChange(slow);
onChange(() => void spawn(slow));
