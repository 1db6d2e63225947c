import { atomic, sleep } from "corona";

const computed = {};
for (const key of ["a"]) Object.defineProperty(computed, key, { get() { sleep(0); return 1; } });
const lazy = (object, key, make) => Object.defineProperty(object, key, { get: make });
const config = lazy({}, "port", () => { sleep(0); return 80; });
const built = {};
const descriptor = { enumerable: true };
descriptor.get = () => sleep(0);
Object.defineProperty(built, "x", descriptor);
const several = {};
Object.defineProperties(several, { x: { get() { sleep(0); } }, y: { get: () => 1 }, run: { value: () => sleep(0) } });
const made = Object.create({}, { x: { get() { sleep(0); } }, y: { value: () => 1 } });
const old = {};
old.__defineGetter__("x", () => sleep(0));
const quiet = {};
for (const key of ["a"]) Object.defineProperty(quiet, key, { get: () => 1 });
const job = {};
for (const key of ["a"]) Object.defineProperty(job, key, { get: () => ({ run() { sleep(0); } }) });

atomic(() => {
  computed.a; //~ blocks: the getter sleeps
  config.port; //~ blocks: the getter that the helper defines sleeps
  built.x; //~ blocks: the getter of the descriptor sleeps
  several.x; //~ blocks: one of the getters sleeps
  several.y; //~ safe: the other gives a number
  several.run(); //~ blocks: the value is a function that sleeps
  made.x; //~ blocks: the getter sleeps
  made.y(); //~ safe: gives a number
  old.x; //~ blocks: the getter sleeps
  quiet.a; //~ safe: the getter gives a number
  job.a.run(); //~ blocks: what the getter gives sleeps
});
