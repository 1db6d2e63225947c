// A shop: an HTTP service that asks another service for prices and sells what is in stock, never twice.
//
//     corona run examples/shop.ts [port]
//     curl 'http://localhost:8080/?item=tea'        {"sold":true,"price":"3.50"}
//
// Each request runs in a coroutine of its own, so the code reads from top to bottom. Waiting for the price blocks that
// coroutine and nothing else; taking an item off the shelf is atomic, and that is checked.

import { atomic, future } from "corona";
import { serve } from "corona:http";
import { connect, listen } from "corona:net";
import { args, onSignal } from "corona:process";

const stock = new Map([["tea", 3], ["coffee", 2]]);

// The price service, a program of its own in real life: one line in, one line out.
const prices: Record<string, string> = { tea: "3.50", coffee: "4.20" };
const quotes = listen({ hostname: "127.0.0.1", port: 0 }, (socket) => {
  for (const item of socket.lines()) socket.write(`${prices[item] ?? "unknown"}\n`);
});

const server = serve({ port: Number(args[0] ?? 8080) }, (req) => {
  const item = new URL(req.url).searchParams.get("item") ?? "tea";
  const price = future(() => quote(item));       // started, not waited for
  const sold = atomic(() => {                    // nothing in here may block: checked
    const left = stock.get(item) ?? 0;
    if (left === 0) return false;
    stock.set(item, left - 1);
    return true;
  });
  return Response.json({ sold, price: sold ? price.get() : null });   // waits here, in this coroutine only
});

function quote(item: string): string | null {
  using socket = connect({ host: "127.0.0.1", port: quotes.port });   // straight-line, blocking, no callbacks
  socket.write(item + "\n");
  return socket.readLine();
}

console.log(`The shop is open: ${server.url}`);

// Told to stop, it answers what it has begun, and ends: nothing is left to do then.
for (const signal of ["SIGTERM", "SIGINT"]) {
  onSignal(signal, () => {
    server.shutdown({ timeout: 5_000 });
    quotes.close();
    console.log("The shop is closed.");
  });
}
