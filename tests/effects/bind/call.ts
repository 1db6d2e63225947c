import { atomic, sleep } from "corona";

function act(this: { go(): void }) { this.go(); }
const slow = { go: () => sleep(0) };
const fast = { go: () => {} };

atomic(() => {
  act.call(fast); //~ safe: the receiver's go does nothing
});
atomic(() => {
  act.call(slow); //~ blocks: the receiver's go sleeps
});
