import { atomic, sleep } from "corona";

const routes = [
  { path: "/a", handle: () => sleep(0), check: () => true },
  { path: "/b", handle: () => sleep(0), check: () => true },
];

atomic(() => {
  for (const { path, check } of routes) {
    check(); //~ safe: gives true
    console.log(path);
  }
  for (const { handle } of routes) {
    handle(); //~ blocks: every handler sleeps
  }
});
