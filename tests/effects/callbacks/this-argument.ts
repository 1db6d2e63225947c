import { atomic, sleep } from "corona";

const slow = { go: () => sleep(1) };
const quick = { go: () => {} };
type Runs = { go(): void };
function run(this: Runs) {
  this.go();
}
atomic(() => {
  [1].forEach(function (this: Runs) { this.go(); }, slow); //~ blocks: the second argument is its receiver
  [1].forEach(function (this: Runs) { this.go(); }, quick); //~ safe: the second argument is its receiver
  new Map([[1, 2]]).forEach(run, slow); //~ blocks: the second argument is its receiver
});
