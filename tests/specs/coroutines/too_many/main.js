// Running out of coroutines is an error that can be caught; what runs goes on, and what ended makes room again.
import { sleep, spawn } from "corona";

function fill() {
  const tasks = [];
  try {
    for (;;) tasks.push(spawn(sleep, 50));
  } catch (error) {
    console.log(error.name, error.code, tasks.length > 50);
  }
  for (const task of tasks) task.get();
}
fill();
fill();
console.log(spawn(() => "room again").get());
