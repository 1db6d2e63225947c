import { atomic, sleep } from "corona";

function* remote() {
  sleep(0);
  yield 1;
}
const local = [1, 2];

let all: number[] = [];
atomic(() => {
  all = [...local, ...new Set([3])]; //~ safe: an array and a Set
  all = [0, ...remote()]; //~ blocks: spreading runs the generator
});
console.log(all.length);
