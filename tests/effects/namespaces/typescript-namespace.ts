import { atomic, sleep } from "corona";

namespace Billing {
  export function charge() { settle(); }
  export function total() { return 3; }
  function settle() { sleep(0); }
}

atomic(() => {
  Billing.total(); //~ safe: a number
  Billing.charge(); //~ blocks: settle sleeps
});
