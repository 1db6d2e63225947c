import { atomic, sleep } from "corona";
import { onSignal } from "corona:process";

let registered = 0;
atomic(() => {
  using _ = onSignal("SIGUSR1", () => sleep(0)); //~ safe: the handler runs later, in a coroutine of its own
  registered++;
});
console.log(registered);
