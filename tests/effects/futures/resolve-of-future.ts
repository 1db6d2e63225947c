import { atomic, Future, future, sleep } from "corona";

const promise = new Promise<number>((resolve) => setTimeout(() => resolve(1), 2));
atomic(() => {
  Future.resolve(1).get(); //~ safe: settled from the start
  Future.resolve({ a: 1 }).get(); //~ safe: settled from the start
  Future.resolve(future(() => sleep(1))).get(); //~ blocks: it is that Future
  Future.resolve(promise).get(); //~ blocks: it waits for the promise
});
