// Channel: order, capacity, rendezvous, close, iteration, cancellation without ghosts.
import { Channel, ChannelClosedError, scope, sleep, spawn } from "corona";

const attempt = (fn: () => unknown) => {
  try {
    return fn();
  } catch (error) {
    return `${(error as Error).name} ${(error as any).code}: ${(error as Error).message}`;
  }
};

// Rendezvous: a send ends when its value is received.
{
  const channel = new Channel<number>();
  const log: string[] = [];
  const sender = spawn(() => { for (const n of [1, 2]) { channel.send(n); log.push(`sent ${n}`); } });
  sleep(2);
  log.push("first receive");
  log.push(`got ${channel.receive()}`);
  sleep(2);
  log.push(`got ${channel.receive()}`);
  sender.get();
  console.log(log.join(", "), channel.capacity, channel.size);
}

// A buffer: senders wait when it is full, and are served in order.
{
  const channel = new Channel<number>(2);
  const log: number[] = [];
  const senders = [1, 2, 3, 4].map((n) => spawn(() => { channel.send(n); log.push(n); }));
  sleep(1);
  console.log(log.join(), channel.size, channel.capacity);
  console.log([channel.receive(), channel.receive(), channel.receive(), channel.receive()].join());
  senders.forEach((s) => s.get());
  console.log(log.join());
}

// Receivers are served in the order in which they came.
{
  const channel = new Channel<string>();
  const receivers = [1, 2, 3].map((n) => spawn(() => `${n}${channel.receive()}`));
  sleep(1);
  for (const letter of "abc") channel.send(letter);
  console.log(receivers.map((r) => r.get()).join());
}

// trySend, tryReceive.
{
  const channel = new Channel<undefined | number>(1);
  console.log(channel.tryReceive(), channel.trySend(undefined), channel.trySend(2), channel.tryReceive(), channel.tryReceive());
  const rendezvous = new Channel<number>();
  console.log(rendezvous.trySend(1));
  const receiver = spawn(() => rendezvous.receive());
  sleep(1);
  console.log(rendezvous.trySend(5), receiver.get());
}

// close: what was sent is received; then iteration ends, receive throws.
{
  const channel = new Channel<number>(5);
  for (const n of [1, 2, 3]) channel.send(n);
  channel.close();
  channel.close();
  console.log(channel.closed, [...channel].join(), channel.tryReceive());
  console.log(attempt(() => channel.receive()));
  console.log(attempt(() => channel.send(1)));
  console.log(attempt(() => channel.trySend(1)));
}

// close wakes those who wait.
{
  const channel = new Channel<number>();
  const receivers = [spawn(() => attempt(() => channel.receive())), spawn(() => [...channel].length)];
  sleep(1);
  channel.close();
  console.log(receivers.map((r) => r.get()).join(", "));
  const other = new Channel<number>();
  const sender = spawn(() => attempt(() => other.send(1)));
  sleep(1);
  other[Symbol.dispose]();
  console.log(sender.get(), new ChannelClosedError() instanceof Error);
}

// Several consumers: each value goes to one.
{
  const channel = new Channel<number>(4);
  const got = scope((s) => {
    const consumers = [1, 2, 3].map(() => s.spawn(() => { const mine = []; for (const n of channel) { mine.push(n); sleep(0); } return mine; }));
    for (let n = 0; n < 50; n++) channel.send(n);
    channel.close();
    return consumers.map((c) => c.get());
  });
  console.log(got.every((g) => g.length > 0), got.flat().sort((a, b) => a - b).join() === Array.from({ length: 50 }, (_, n) => n).join());
}

// Those who were cancelled leave nothing behind.
{
  const channel = new Channel<string>();
  const ghosts = [spawn(() => channel.receive()), spawn(() => channel.receive())];
  sleep(1);
  ghosts.forEach((g) => g.cancel());
  sleep(1);
  const receiver = spawn(() => channel.receive());
  sleep(1);
  channel.send("not lost");
  console.log(receiver.get(), channel.trySend("x"));
  const senders = ["a", "b", "c"].map((l) => spawn(() => channel.send(l)));
  sleep(1);
  senders[0].cancel();
  senders[1].cancel();
  sleep(1);
  console.log(channel.receive(), channel.tryReceive());
}

// Served, then cancelled before it runs: what it received is not lost, and its next wait throws.
{
  const channel = new Channel<string>();
  const log: string[] = [];
  const receiver = spawn(() => {
    log.push(channel.receive());
    sleep(0);
    log.push("not reached");
  });
  sleep(1);
  channel.send("kept");
  receiver.cancel();
  console.log(attempt(() => receiver.get()), log.join());
}

// Started, not waited for.
{
  const channel = new Channel<number>();
  const received = channel.future.receive();
  const sent = channel.future.send(9);
  console.log(received.get(), sent.get());
}

// Unbounded, and long.
{
  const channel = new Channel<number>(Infinity);
  for (let n = 0; n < 100_000; n++) channel.send(n);
  channel.close();
  let sum = 0;
  for (const n of channel) sum += n;
  console.log(sum);
}
for (const capacity of [-1, 1.5, NaN, "1" as any]) console.log(attempt(() => new Channel(capacity)));
