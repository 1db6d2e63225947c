import { atomic, sleep } from "corona";

const table = [
  [() => 1, () => 2],
  [() => 3, () => { sleep(0); return 4; }],
];

let sum = 0;
atomic(() => {
  for (const row of table) for (const cell of row) sum += cell(); //~ blocks: one of the cells sleeps
});
const first = [[() => 1], [() => 2]];
atomic(() => {
  for (const row of first) sum += row[0](); //~ safe: numbers
});
console.log(sum);
