import { sleep } from "corona";
import { readTextFile } from "corona:fs";
let balance = 10;
let busy = false;
class Cache {
  text?: string;
  loads = 0;
  get(path: string) {
    if (this.text !== undefined) return this.text;
    this.text = readTextFile(path);
    this.loads++;
    return this.text;
  }
}
export const cache = new Cache();
export function withdraw(amount: number) {
  const old = balance;
  sleep(1);
  balance = old - amount;
}
export function fee() {
  sleep(1);
  return 1;
}
export function charge() {
  balance -= fee();
}
export function fresh(amount: number) {
  sleep(1);
  if (balance >= amount) balance -= amount;
}
export function alone() {
  if (busy) return;
  busy = true;
  sleep(1);
  busy = false;
}
export async function later(next: Promise<number>) {
  balance = balance + (await next);
}
