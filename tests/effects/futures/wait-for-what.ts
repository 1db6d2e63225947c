import { atomic, future, wait } from "corona";

const ask = <T>(what: T) => wait(what);
const started = future(() => 1);
const thenable = { then: (resolve: (n: number) => void) => void setTimeout(() => resolve(1), 1) };
atomic(() => {
  wait(3); //~ safe: a number
  wait({ size: 1 }); //~ safe: an object that is no promise
  ask(1); //~ safe: a number
  ask(started); //~ blocks: it has not even begun
  wait(thenable as unknown as Promise<number>); //~ blocks: it has a then
});
