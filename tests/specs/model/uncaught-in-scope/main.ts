// The failure of a scope that nobody catches, with its cause and the errors of an aggregate.
import { scope, sleep } from "corona";

console.log("begins");
scope((s) => {
  s.spawn(() => {
    sleep(1);
    throw new Error("first", { cause: new TypeError("why") });
  });
  s.spawn(() => {
    try {
      sleep(10_000);
    } finally {
      throw new Error("second");
    }
  });
});
