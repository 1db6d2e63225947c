// A timer's callback sees the values of the coroutine that set it.
import { CoroutineLocal, sleep } from "corona";

const user = new CoroutineLocal();
user.run("ada", () => {
  setTimeout(() => console.log("timeout", user.get()), 1);
  setImmediate(() => console.log("immediate", user.get()));
});
setTimeout(() => console.log("outside", user.get()), 2);
sleep(10);
