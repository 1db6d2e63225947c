// Calls that may block go on, each counted once by name and stack; other coroutines and exit handlers are as always.
import { atomic, blocking, Channel, future, nonblocking, sleep, spawn, wait, yieldNow } from "corona";
import { onExit } from "corona:process";

type Named = { name: string };

function audit(named: Named): string {
  sleep(0);
  return named.name;
}

class Ledger {
  entries: string[] = [];
  add(named: Named): void {
    atomic: {
      this.entries.push(audit(named));
    }
  }
}

const ledger = new Ledger();
for (const name of ["a", "b", "c"]) ledger.add({ name });
console.log(ledger.entries.join());

const channel = new Channel<number>(1);
console.log(atomic(() => {
  const pending = future(() => 1);
  channel.send(pending.get());
  return channel.receive() + wait(new Promise<number>((resolve) => queueMicrotask(() => resolve(2))));
}));

{
  using _ = nonblocking();
  [2, 1].sort((a, b) => (yieldNow(), a - b));
  console.log(blocking.allowed, spawn(() => blocking.allowed).settled);
}
channel.send(1);
channel.close();
atomic(() => {
  for (const value of channel) console.log("received", value, blocking.allowed);
});
onExit(() => {
  try {
    sleep(0);
  } catch (error) {
    console.log((error as Error).name);
  }
});
