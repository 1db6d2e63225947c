// CoroutineLocal and AsyncLocalStorage: one value a coroutine, inherited by what it starts.
import { Channel, CoroutineLocal, future, scope, sleep, spawn, wait } from "corona";
import hooks, { AsyncLocalStorage, AsyncResource } from "node:async_hooks";

const local = new CoroutineLocal("initial");
console.log(local.get(), new CoroutineLocal().get());
local.set("main");
const child = spawn(() => {
  const seen = [local.get()];
  local.set("child");
  sleep(2);
  seen.push(local.get());
  return seen.join();
});
sleep(1);
console.log(local.get(), child.get(), local.get());

// Interleaved coroutines keep theirs over every kind of wait.
const channel = new Channel<number>();
const ids = scope((s) => {
  const tasks = [1, 2, 3].map((id) => s.spawn(() => local.run(`id ${id}`, () => {
    const seen = new Set<string>();
    const look = () => seen.add(local.get());
    look(); sleep(1); look();
    future(look).get(); look();
    channel.send(id); look();
    wait(new Promise((resolve) => setTimeout(resolve, 1))); look();
    [2, 1].sort(() => (sleep(0), look(), 0));
    return [...seen].join();
  })));
  for (let i = 0; i < 3; i++) channel.receive();
  return tasks.map((task) => task.get());
});
console.log(ids, local.get());

// run restores, also after an exception; arguments and value pass through.
console.log(local.run("inner", (n: number) => n + local.get().length, 1), local.get());
try { local.run("thrown", () => { throw 1; }); } catch {}
console.log(local.get());

// Promise reactions, async functions, timers, microtasks, generators.
await local.run("async", async () => {
  await null;
  const values = [local.get()];
  await new Promise<void>((resolve) => setTimeout(() => { values.push(local.get()); resolve(); }, 1));
  await new Promise<void>((resolve) => queueMicrotask(() => { values.push(local.get()); resolve(); }));
  values.push(await Promise.resolve().then(() => (sleep(1), local.get())));
  console.log(values.join());
});
console.log(local.get());

// AsyncLocalStorage, the same thing with Node's names.
const storage = new AsyncLocalStorage<{ id: number } | undefined>();
console.log(storage.getStore(), hooks.AsyncLocalStorage === AsyncLocalStorage);
storage.run({ id: 1 }, (extra: string) => {
  console.log(storage.getStore(), extra);
  storage.run({ id: 2 }, () => console.log(storage.getStore()));
  storage.exit(() => console.log(storage.getStore()));
  console.log(spawn(() => (sleep(1), storage.getStore())).get());
  setTimeout(() => console.log("timer", storage.getStore()), 1);
}, "argument");
console.log(storage.getStore());
storage.enterWith({ id: 3 });
const snapshot = AsyncLocalStorage.snapshot();
const bound = AsyncLocalStorage.bind(() => storage.getStore());
const resource = new AsyncResource("TEST");
storage.enterWith({ id: 4 });
console.log(storage.getStore(), snapshot(() => storage.getStore()), bound());
console.log(resource.runInAsyncScope(() => storage.getStore()), resource.bind(() => storage.getStore())(), resource.asyncId() > 0);
console.log(resource.runInAsyncScope(function (this: any, x: number) { return this.y + x; }, { y: 1 }, 2), resource.emitDestroy() === resource);
storage.disable();
console.log(storage.getStore(), new AsyncLocalStorage({ defaultValue: 9, name: "n" }).getStore());
sleep(3);
for (const wrong of [() => local.run("x", 1 as any), () => storage.run(undefined, 1 as any), () => new AsyncResource(1 as any)]) {
  try { wrong(); } catch (error) { console.log((error as any).code, (error as Error).message); }
}
