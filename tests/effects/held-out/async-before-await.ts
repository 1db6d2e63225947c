import { atomic, sleep } from "corona";

async function load(id: number) {
  sleep(0);
  await null;
  return id;
}
async function lazy(id: number) {
  await null;
  sleep(0);
  return id;
}
let one: Promise<number>, two: Promise<number>;
atomic(() => {
  one = lazy(1); //~ safe: sleeps after the caller has gone on
  two = load(2); //~ blocks: sleeps before its first await
});
console.log(await one!, await two!);
