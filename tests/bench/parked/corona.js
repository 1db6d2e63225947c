// Parks coroutines, each on a future of its own. The bench reads the resident memory at the two lines.
import { Future, sleep, spawn } from "corona";
import { args } from "corona:process";

const count = Number(args[0]);
let parked = 0;
function park(future) {
  parked++;
  future.get();
}
sleep(200);
console.log("base");
sleep(200);
const tasks = [];
for (let i = 0; i < count; i++) {
  tasks.push(spawn(park, new Future(() => {})));
  if (i % 1000 === 999) sleep(0);
}
while (parked < count) sleep(1);
sleep(500);
console.log("parked");
sleep(3_600_000);
