import { atomic, future, sleep } from "corona";

const load = (key: string) => { sleep(0); return key; };
let pending: { get(): string } | undefined;
atomic(() => {
  pending = future(load, "a"); //~ safe: started, not waited for
  pending = future(() => load("b")); //~ safe: started, not waited for
});
console.log(pending!.get());
