import { atomic, sleep } from "corona";
import { args } from "corona:process";

const handlers: Record<string, () => void> = {
  load: () => sleep(0),
  clear: () => {},
};
const names: Record<string, () => string> = { load: () => "Load", clear: () => "Clear" };

const action = args[0] ?? "load";
atomic(() => {
  names[action](); //~ safe: both entries give a string
  handlers[action](); //~ blocks: without an argument it is load, which sleeps
});
