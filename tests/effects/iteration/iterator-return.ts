import { atomic, sleep } from "corona";

class Cursor {
  [Symbol.iterator]() {
    return {
      next: () => ({ done: false, value: 1 }),
      return() { sleep(0); return { done: true, value: undefined }; },
    };
  }
}
class Forever {
  [Symbol.iterator]() { return { next: () => ({ done: false, value: 2 }) }; }
}

atomic(() => {
  for (const x of new Forever()) if (x === 2) break; //~ safe: there is no return to call
  for (const x of new Cursor()) if (x === 1) break; //~ blocks: leaving early closes the cursor, which sleeps
});
