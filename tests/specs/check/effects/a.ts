import { sleep, spawn } from "corona";
export const quick = (a: number) => a + 1;
export function slow() {
  pause();
}
function pause() {
  sleep(1);
}
export function each<T>(items: T[], visit: (item: T) => void) {
  items.forEach(visit);
}
export class Worker {
  start() {
    return spawn(() => slow());
  }
  stop(unknown: () => void) {
    unknown();
  }
}
