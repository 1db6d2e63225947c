import { atomic, sleep } from "corona";

function partial<A, B, R>(fn: (a: A, b: B) => R, a: A) {
  return (b: B) => fn(a, b);
}
const addTo5 = partial((a: number, b: number) => a + b, 5);
const writeTo = partial((file: string, text: string) => { sleep(0); return file + text; }, "log");

atomic: {
  addTo5(1); //~ safe: adds
  writeTo("a"); //~ blocks: the function behind it sleeps
}
