// Sleeping is never too short; tickers keep their rhythm; deadlines.
import { deadline, every, monotonic, now, sleep, Ticker } from "corona:time";

for (const ms of [0, 0.5, 1, 7, 30]) {
  const start = monotonic();
  sleep(ms);
  if (monotonic() - start < ms) console.log("too short:", ms);
}
console.log(Math.abs(now() - Date.now()) < 1000);

const start = monotonic();
const seen = [];
for (const n of every(10)) {
  seen.push(n);
  if (n === 1) sleep(35);
  if (seen.length === 4) break;
}
console.log(seen.slice(0, 2), seen[2] >= 4, seen[3] - seen[2] >= 1, monotonic() - start >= 60);

const ticker = new Ticker(5);
setTimeout(() => ticker.stop(), 22); // a tick that is being waited for does not come any more
let count = 0;
for (const _ of ticker) count++;
console.log(count >= 1);

const limit = deadline(100);
console.log(limit.expired, limit.remaining <= 100, limit.check() > 0);
sleep(101);
console.log(limit.expired, limit.remaining);

const future = sleep.future(1);
console.log(future.settled, future.get(), future.settled);

for (const attempt of [
  () => limit.check(), () => sleep(-1), () => sleep("1"), () => sleep(NaN), () => every(0), () => every(Infinity),
  () => deadline("x"),
]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
