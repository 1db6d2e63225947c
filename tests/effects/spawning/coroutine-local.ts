import { atomic, CoroutineLocal, sleep } from "corona";

const user = new CoroutineLocal<string>();
let text: unknown;
atomic(() => {
  text = user.get(); //~ safe: reads
  text = user.run("ann", () => user.get()); //~ safe: runs its function here, which reads
  text = user.run("bob", () => { sleep(0); return user.get(); }); //~ blocks: runs its function here, which sleeps
});
console.log(text);
