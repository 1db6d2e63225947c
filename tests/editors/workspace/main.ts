import { atomic, sleep } from "corona";
import { save } from "./store.ts";

let count = 0;

export function add(): void {
  atomic: {
    count += 1;
    save(count);
  }
}

export function pause(): void {
  atomic(() => {
    sleep(1);
    count = 0;
  });
}

add();
pause();
