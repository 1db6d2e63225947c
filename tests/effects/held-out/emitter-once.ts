import { atomic, sleep } from "corona";

class Emitter {
  #handlers: Record<string, ((value: number) => void)[]> = {};
  on(name: string, handler: (value: number) => void) { (this.#handlers[name] ??= []).push(handler); return () => this.off(name, handler); }
  once(name: string, handler: (value: number) => void) {
    const off = this.on(name, (value) => { off(); handler(value); });
  }
  off(name: string, handler: (value: number) => void) { this.#handlers[name] = (this.#handlers[name] ?? []).filter((it) => it !== handler); }
  emit(name: string, value: number) { for (const handler of [...(this.#handlers[name] ?? [])]) handler(value); }
}
const emitter = new Emitter();
let sum = 0;
emitter.once("add", (value) => { sum += value; sleep(0); });
atomic(() => {
  emitter.on("other", () => {}); //~ safe: only kept
  emitter.emit("add", 1); //~ blocks: the handler sleeps
});
console.log(sum);
