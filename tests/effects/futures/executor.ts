import { atomic, Future, sleep } from "corona";

let made: Future<number> | undefined;
atomic(() => {
  made = new Future<number>((resolve) => resolve(1)); //~ safe: the executor resolves
  made = new Future<number>((resolve) => { sleep(0); resolve(2); }); //~ blocks: the executor runs at once, and sleeps
});
console.log(made!.get());
