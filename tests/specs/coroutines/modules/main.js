// Modules may block at top level: static imports, dynamic ones, a cycle, and top-level await beside it.
import { sleep, spawn, wait } from "corona";
import { order } from "./order.js";
import "./slow.js";
import { even } from "./even.js";

order.push("main");
sleep(1);
const dynamic = wait(import("./dynamic.js"));
order.push(dynamic.default);
const awaited = await import("./dynamic.js");
order.push(awaited === dynamic ? "the same" : "another");
const twice = [spawn(() => wait(import("./once.js"))), spawn(() => wait(import("./once.js")))].map((task) => task.get());
order.push(twice[0] === twice[1] ? "once" : "twice");
console.log(order.join(", "));
console.log(even(10), eval("sleep(1); 'eval'"));
try {
  wait(import("./throws.js"));
} catch (error) {
  console.log(error.message);
}
