import { atomic, yieldNow } from "corona";

const undo = [];
undo.push(() => yieldNow());
undo.unshift(() => yieldNow());
const redo = [() => 1, () => 2];

atomic: {
  redo.pop()(); //~ safe: a number
  redo.at(0)(); //~ safe: a number
  undo.pop()(); //~ blocks: whatever is undone yields
}
