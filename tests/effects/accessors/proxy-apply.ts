import { atomic, yieldNow } from "corona";

const add = (a: number, b: number) => a + b;
const counted = new Proxy(add, { apply: (target, _self, args) => Reflect.apply(target, undefined, args) });
const remote = new Proxy(add, { apply() { yieldNow(); return 0; } });

let n = 0;
atomic: {
  n = counted(1, 2); //~ safe: the trap calls add
  n = remote(1, 2); //~ blocks: the trap yields
}
console.log(n);
