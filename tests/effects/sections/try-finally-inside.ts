import { atomic, sleep } from "corona";

const lock = { held: false };
atomic(() => {
  lock.held = true;
  try {
    JSON.parse("1"); //~ safe: parses
  } finally {
    lock.held = false;
    sleep(0); //~ blocks: the handler is within the section as well
  }
});
