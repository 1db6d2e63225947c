import { atomic, Channel } from "corona";

const channel = new Channel<number>(2);
let n: unknown;
atomic(() => {
  channel.trySend(1); //~ safe: sends if there is room
  n = channel.tryReceive(); //~ safe: takes what is there
  channel.send(2); //~ blocks: sending may wait, although there is room
  n = channel.receive(); //~ blocks: receiving may wait, although there is something
  n = channel.size + channel.capacity; // fields
  channel.close(); //~ safe: closing does not wait
});
console.log(n);
