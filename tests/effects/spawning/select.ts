import { atomic, Channel, select, trySelect } from "corona";

const channel = new Channel<number>(1);
channel.send(1);
let n: unknown;
atomic(() => {
  n = trySelect({ other: new Channel<number>().receiving() }); //~ safe: takes what is ready or nothing
  n = select({ one: channel.receiving() }); //~ blocks: waits until one is ready
});
console.log(n);
