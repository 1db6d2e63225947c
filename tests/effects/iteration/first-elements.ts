import { atomic, sleep } from "corona";

function* lines() {
  yield "head";
  sleep(1);
  yield "body";
}
atomic(() => {
  const [head] = lines(); //~ safe: no more than it names
  const [title, body] = lines(); //~ blocks: between the two
  const [...all] = lines(); //~ blocks: to its end
  console.log(head, title, body, all);
});
