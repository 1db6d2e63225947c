import { atomic, sleep } from "corona";

class Token<T> { declare type: T; constructor(readonly name: string) {} }
const CLOCK = new Token<{ now(): number }>("clock");
const STORE = new Token<{ read(key: string): string }>("store");
class Services {
  #made = new Map<Token<unknown>, unknown>();
  provide<T>(token: Token<T>, service: T) { this.#made.set(token, service); return this; }
  get<T>(token: Token<T>): T {
    const found = this.#made.get(token);
    if (!found) throw new Error(`no ${token.name}`);
    return found as T;
  }
}
const services = new Services()
  .provide(CLOCK, { now: () => 1 })
  .provide(STORE, { read(key) { sleep(0); return key; } });
let text = "";
atomic(() => {
  services.get(CLOCK); //~ safe: looks into a Map
});
atomic(() => {
  text += services.get(CLOCK).now(); //~ safe: the clock gives a number
});
atomic(() => {
  text += services.get(STORE).read("k"); //~ blocks: the store sleeps
});
console.log(text);
