import { sleep } from "corona";
let shared = 0;
const save = (value: number) => { sleep(0); return value; };
function update(by: number) {
  atomic: {
    shared += by;
    if (shared > 100) break atomic;
    shared = save(shared); //~ blocks: sleeps
  }
  return shared;
}
console.log(update(1));
