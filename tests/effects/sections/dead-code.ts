import { atomic, sleep } from "corona";

function first(list: number[]) {
  atomic: {
    for (const n of list) {
      return n;
      sleep(1); //~ safe: nothing comes here
    }
    throw new Error("empty");
    sleep(1); //~ safe: nothing comes here
  }
}

console.log(first([1]));
atomic(() => {
  while (true) {
    break;
    sleep(1); //~ safe: nothing comes here
  }
  sleep(1); //~ blocks: the loop has ended
});
