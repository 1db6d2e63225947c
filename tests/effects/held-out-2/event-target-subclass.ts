import { atomic, sleep } from "corona";

class Progress extends EventTarget {
  #value = 0;
  advance(by: number) {
    this.#value += by;
    this.dispatchEvent(new CustomEvent("progress", { detail: this.#value }));
  }
  get value() { return this.#value; }
}
const quiet = new Progress();
const watched = new Progress();
watched.addEventListener("progress", () => sleep(0));
let value = 0;
atomic(() => {
  quiet.advance(1); //~ safe: nobody listens to it
});
atomic(() => {
  value += watched.value; //~ safe: reads a private field
});
atomic(() => {
  watched.advance(1); //~ blocks: its listener sleeps
});
console.log(value);
