import { sleep } from "corona";

/** Keeps a number where it is safe. */
export function save(value: number): void {
  sleep(1);
  console.log("saved", value);
}
