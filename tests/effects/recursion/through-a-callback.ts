import { atomic, sleep } from "corona";

function repeat(times: number, body: () => void): void {
  if (times === 0) return;
  body();
  repeat(times - 1, () => body());
}

let n = 0;
atomic(() => {
  repeat(3, () => { n++; }); //~ safe: increments
});
atomic(() => {
  repeat(2, () => sleep(0)); //~ blocks: the body sleeps, wrapped once for each round
});
console.log(n);
