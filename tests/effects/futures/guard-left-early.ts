import { sleep, spawn } from "corona";

// What a check of `settled` says holds only where the code cannot have come round it.

function leftByLabel() {
  const task = spawn(() => sleep(1));
  check: if (!task.settled) break check;
  task.get(); // Also where the label was left.
}
function leftLoop() {
  const task = spawn(() => sleep(1));
  do if (!task.settled) break;
  while (false);
  task.get();
}
function comesRound() {
  let task = spawn(() => 1);
  sleep(5);
  if (task.settled) {
    atomic: {
      for (let round = 0; round < 2; round++) {
        task.get(); //~ blocks: the second one has only been started
        task = spawn(() => 2);
      }
    }
  }
}
function inHead() {
  let task = spawn(() => 1);
  sleep(5);
  if (task.settled) {
    atomic: {
      for (task of [spawn(() => 2)]) task.get(); //~ blocks: this one has only been started
    }
  }
}
function stays() {
  const task = spawn(() => 1);
  sleep(5);
  if (!task.settled) return;
  atomic: {
    for (let round = 0; round < 2; round++) task.get(); //~ safe: it is settled
  }
}
comesRound();
inHead();
stays();
atomic: {
  leftByLabel(); //~ blocks: the task has only been started
  leftLoop(); //~ blocks: the task has only been started
}
