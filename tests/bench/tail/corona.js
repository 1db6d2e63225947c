// Handlers that allocate, beside as many parked coroutines as the argument says.
import { Future, sleep, spawn } from "corona";
import { serve } from "corona:http";
import { args } from "corona:process";

const count = Number(args[0]);
const tasks = [];
for (let i = 0; i < count; i++) tasks.push(spawn((future) => future.get(), new Future(() => {})));
sleep(500);

serve({ port: 8377, hostname: "127.0.0.1" }, () => {
  const rows = [];
  for (let i = 0; i < 200; i++) rows.push({ id: i, name: `row ${i}`, tags: [i, i + 1] });
  return new Response(JSON.stringify(rows));
});
console.log("listening");
