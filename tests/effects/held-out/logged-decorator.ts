import { atomic, sleep } from "corona";

const log: string[] = [];
function logged<A extends unknown[], R>(method: (...args: A) => R, context: ClassMethodDecoratorContext) {
  return function (this: unknown, ...args: A): R {
    log.push(String(context.name));
    return method.call(this, ...args);
  };
}
class Account {
  balance = 0;
  @logged deposit(amount: number) { this.balance += amount; }
  @logged sync() { sleep(0); }
}
const account = new Account();
atomic(() => {
  account.sync(); //~ blocks: the decorated method sleeps
});
account.deposit(1);
console.log(log.join());
