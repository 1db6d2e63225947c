import { atomic, future, sleep } from "corona";
import type { Task } from "corona";

const inFlight = new Map<string, Task<string>>();
function load(key: string) { sleep(0); return key.toUpperCase(); }
function request(key: string): Task<string> {
  let task = inFlight.get(key);
  if (task === undefined) inFlight.set(key, (task = future(load, key)));
  return task;
}
function cached(key: string): string | undefined {
  const task = inFlight.get(key);
  return task?.settled ? task.get() : undefined;
}

let text: string | undefined;
atomic(() => {
  const task = request("a"); //~ safe: starts loading or finds the task
  text = cached("a"); //~ safe: only what is there
  text = task.get(); //~ blocks: waits for it
});
console.log(text);
