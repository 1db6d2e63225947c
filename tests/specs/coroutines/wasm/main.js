// An import that WebAssembly calls may block, with several coroutines inside the same instance.
import { spawn, yieldNow } from "corona";

// (import "e" "f" (func (param i32) (result i32))) (export "run": x -> f(x) + f(x + 1))
const bytes = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f,
  2, 7, 1, 1, 0x65, 1, 0x66, 0, 0,
  3, 2, 1, 0,
  7, 7, 1, 3, 0x72, 0x75, 0x6e, 0, 1,
  10, 16, 1, 14, 0, 0x20, 0, 0x10, 0, 0x20, 0, 0x41, 1, 0x6a, 0x10, 0, 0x6a, 0x0b,
);
const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
  e: {
    f(x) {
      yieldNow();
      gc();
      yieldNow();
      if (x === 7) throw new Error("seven");
      return x * 10;
    },
  },
});
const tasks = [0, 1, 2, 3].map((x) => spawn(() => instance.exports.run(x)));
console.log(tasks.map((task) => task.get()).join());
try {
  instance.exports.run(6);
} catch (error) {
  console.log(error.message);
}
let sum = 0;
for (let i = 0; i < 300; i++) sum += instance.exports.run(100 + (i % 3));
console.log(sum);
