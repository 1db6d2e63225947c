import { atomic, sleep } from "corona";

/** @nonblocking */
function claimed() {
  sleep(0);
}

atomic(() => {
  claimed(); //~ blocks: it sleeps, whatever its comment claims
});
