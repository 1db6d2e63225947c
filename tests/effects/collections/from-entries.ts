import { atomic, sleep } from "corona";

const api = Object.fromEntries([["sync", () => sleep(0)], ["push", () => sleep(0)]]);
const views = Object.fromEntries([["list", () => []]]);

atomic(() => {
  views.list(); //~ safe: an empty list
  api.sync(); //~ blocks: every function of the object sleeps
});
