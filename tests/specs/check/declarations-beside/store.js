import { sleep } from "corona";

export function look() {
  sleep(1);
}

export function save() {}

export class Store {
  flush() {}
}
