import { atomic, sleep } from "corona";

type Method<T, A extends unknown[], R> = (this: T, ...args: A) => R;
function retried<T, A extends unknown[], R>(method: Method<T, A, R>, _context: ClassMethodDecoratorContext) {
  return function (this: T, ...args: A): R {
    try {
      return method.apply(this, args);
    } catch {
      sleep(0);
      return method.apply(this, args);
    }
  };
}
function counted<T, A extends unknown[], R>(method: Method<T, A, R>, _context: ClassMethodDecoratorContext) {
  return function (this: T, ...args: A): R {
    calls++;
    return method.apply(this, args);
  };
}
let calls = 0;
let broken = true;
class Client {
  @retried
  load() { if (broken) { broken = false; throw new Error("x"); } return 1; }
  @counted
  name() { return "client"; }
}

const client = new Client();
atomic(() => {
  client.name(); //~ safe: the decorator counts
  client.load(); //~ blocks: the decorator pauses after a failure
});
console.log(calls);
