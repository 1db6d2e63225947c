import { atomic, nonblocking } from "corona";
let total = 0;
export async function add(next: Promise<number>) {
  await atomic(async () => {
    total += 1;
    total += await next;
  });
  using _ = nonblocking();
  total += 1;
  await next;
}
export function* steps() {
  atomic: {
    total++;
    yield total;
  }
}
