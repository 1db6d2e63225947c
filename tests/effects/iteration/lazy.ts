import { atomic, sleep } from "corona";

interface Job { run(): void }
const slow = (): Job => ({ run() { sleep(0); } });
const quick = (): Job => ({ run() {} });
function* numbers() { yield 1; yield 2; }
const source = { *[Symbol.iterator]() { yield 1; sleep(0); } };

const mapped = [1].values().map(slow).next().value as Job;
const calm = [1].values().map(quick).next().value as Job;
const fromGenerator = numbers().map(slow).toArray();
const inner = Iterator.from(numbers()).flatMap(() => [slow()]).toArray();
const wrapped = Iterator.from([slow()]).take(1).toArray();
const waiting = numbers().map(() => sleep(0));
const chain = numbers().filter(() => true).map(() => sleep(0)).take(1);

atomic(() => {
  mapped.run(); //~ blocks: made by the callback
  calm.run(); //~ safe: does nothing
  fromGenerator[0].run(); //~ blocks: made by the callback
  inner[0].run(); //~ blocks: taken out of an array
  wrapped[0].run(); //~ blocks: an element of the array
  const later = [1].values().map(() => sleep(0)); //~ safe: nothing is called before an element is wanted
  for (const _ of later) { //~ blocks: the callback runs for each element
  }
  [...waiting]; //~ blocks: spreads what calls a function that sleeps
  const [one] = numbers().map(() => sleep(0)); //~ blocks: takes an element
  Array.from([1].values().map(() => sleep(0))); //~ blocks: takes all elements
  new Set([1].values().map(() => sleep(0))); //~ blocks: takes all elements
  for (const _ of chain) { //~ blocks: at the end of a chain of lazy iterators
  }
  for (const _ of [1].values().map((it) => it + 1)) { //~ safe: adds
  }
  const drawn = Iterator.from(source); //~ safe: asks for no element
  drawn.toArray(); //~ blocks: the generator sleeps between its elements
  [...numbers().map((it) => it + 1)]; //~ safe: adds
});
