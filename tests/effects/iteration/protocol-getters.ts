import { atomic, sleep } from "corona";

const lazyValue = {
  [Symbol.iterator]() {
    let done = false;
    return {
      next() {
        const last = done;
        done = true;
        return { done: last, get value() { sleep(0); return 1; } };
      },
    };
  },
};
const lazyNext = {
  [Symbol.iterator]() {
    return { get next() { sleep(0); return () => ({ done: true, value: undefined }); } };
  },
};
const plain = {
  [Symbol.iterator]() {
    return { get count() { sleep(0); return 1; }, next: () => ({ done: true, value: undefined }) };
  },
};

atomic(() => {
  for (const _ of plain) break; //~ safe: nobody reads the count
  for (const _ of lazyValue) break; //~ blocks: the value is read, and the getter sleeps
  for (const _ of lazyNext) break; //~ blocks: `next` is read, and the getter sleeps
});
