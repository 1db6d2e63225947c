// Nobody catches it and nobody asked for the result: reported with both stacks, exit code 1.
import { sleep, spawn } from "corona";

function handler() {
  sleep(1);
  throw new RangeError("nobody owns this");
}

function start() {
  spawn(handler);
}

start();
sleep(10_000);
console.log("not reached");
