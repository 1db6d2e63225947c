// What only a parked stack refers to survives collections: when it is young, when it has got old and the collector no
// longer looks at that stack, and when the coroutine has run again meanwhile.
import { Channel, spawn, yieldNow } from "corona";

const COUNT = 200;
const gates = Array.from({ length: COUNT }, () => new Channel(1));

function holder(index) {
  let held = { index, rounds: [{ round: 0 }] };
  for (let round = 1; round <= 3; round++) {
    const previous = held;
    const added = { round, text: `${index}/${round}`.repeat(2) };
    gates[index].receive(); // parked with `previous` and `added` in its frame and nowhere else
    held = { index: previous.index, rounds: [...previous.rounds, added] };
  }
  return held;
}

function allocate() {
  let kept = [];
  for (let i = 0; i < 30_000; i++) {
    kept.push({ i, list: [i] });
    if (kept.length > 100) kept = [];
  }
}

const tasks = gates.map((_, index) => spawn(holder, index));
yieldNow();
for (let round = 1; round <= 3; round++) {
  for (let i = 0; i < 8; i++) allocate();
  // Every second stack runs again, the others stay parked: then the rest.
  for (let index = 0; index < COUNT; index += 2) gates[index].send(true);
  yieldNow();
  for (let i = 0; i < 4; i++) allocate();
  gc();
  for (let index = 1; index < COUNT; index += 2) gates[index].send(true);
  yieldNow();
}

let wrong = 0;
tasks.forEach((task, index) => {
  const expected = JSON.stringify({
    index,
    rounds: [{ round: 0 }, ...[1, 2, 3].map((round) => ({ round, text: `${index}/${round}`.repeat(2) }))],
  });
  if (JSON.stringify(task.get()) !== expected) wrong++;
});
console.log("wrong:", wrong);
