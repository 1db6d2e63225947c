import { atomic } from "corona";
let shared = 0;
export function work(items: number[]) {
  let local = 1;
  atomic: {
    local += 2;
    console.log(Math.max(local, 3));
  }
  atomic(() => {
    let sum = 0;
    return sum + 1;
  });
  atomic: {
    items.push(local);
  }
  atomic: {
    shared += local;
  }
}
