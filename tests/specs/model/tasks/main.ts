// spawn, Task, Future, future, wait: who runs when, and what one sees of a result.
import { Future, future, sleep, spawn, Task, wait } from "corona";

const order: string[] = [];
const task = spawn((a: number, b: number) => {
  order.push("task");
  return a + b;
}, 1, 2);
order.push("spawner");
console.log(task instanceof Task, task instanceof Future, task instanceof Promise, task.settled, task.peek());
console.log(task.get(), task.settled, task.peek(), order.join());
console.log(await task, await task.then((n) => n + 1), wait(task), task.then(() => 0) instanceof Future);
console.log(/main\.ts:\d+:\d+$/.test(task.site ?? ""));

// Failure: `get` and `await` throw the same error; `peek` too.
const failed = future(() => {
  throw new RangeError("no");
});
for (const look of [() => failed.get(), () => failed.get(), () => failed.peek(), () => wait(failed)]) {
  try {
    look();
    console.log("not thrown");
  } catch (error) {
    console.log((error as Error).name, (error as Error).message, failed.settled);
  }
}
await failed.catch((error) => console.log("caught", error.message));

// The stack of an error tells where it came from and who waited.
function fails(): never {
  sleep(1);
  throw new Error("deep");
}
function waits() {
  return future(fails).get();
}
try {
  waits();
} catch (error) {
  const stack = (error as Error).stack!;
  console.log(/at fails/.test(stack), /at waits/.test(stack), stack.indexOf("fails") < stack.indexOf("waits"));
}

// A result that is a promise is adopted; an async function is a function.
console.log(spawn(async () => (await null, "async")).get(), future(() => Promise.resolve("promised")).get());

// wait: promises, thenables, values.
console.log(wait(Promise.resolve(1)), wait({ then: (ok: (n: number) => void) => ok(2) } as PromiseLike<number>), wait(3));
console.log(wait(new Promise((resolve) => setTimeout(resolve, 5, "later"))));
try {
  wait(Promise.reject(new Error("rejected")));
} catch (error) {
  console.log((error as Error).message);
}

// A Future is made like a promise, and waited for like a task.
let resolve!: (value: string) => void;
const own = new Future<string>((r) => (resolve = r));
spawn(() => resolve("own"));
console.log(own.get());
console.log(await Promise.all([future(() => 1), future(() => 2)]), (await Future.resolve(Promise.resolve(5))) === 5);

// Many waiters of one task.
const slow = spawn(() => (sleep(5), "slow"));
const waiters = [1, 2, 3].map((n) => spawn(() => `${n} ${slow.get()}`));
console.log(waiters.map((w) => w.get()).join());

// Tasks run in the order in which they were spawned, and switch only where they wait.
const log: number[] = [];
const three = [1, 2, 3].map((n) =>
  spawn(() => {
    log.push(n);
    log.push(n);
    sleep(0);
    log.push(n * 10);
  }),
);
three.forEach((t) => t.get());
console.log(log.join());

// Wrong arguments.
for (const wrong of [() => spawn(1 as any), () => future(undefined as any), () => new Future(1 as any)]) {
  try {
    wrong();
  } catch (error) {
    console.log((error as any).code, (error as Error).message);
  }
}
