import { atomic, sleep } from "corona";

const plain = { toString() { return "p"; } };
const slow = { toString() { sleep(0); return "s"; } };
const counted = { valueOf() { sleep(0); return 1; } };
const circle: unknown[] = [plain];
circle.push(circle);

let text: unknown;
atomic(() => {
  text = `${[plain]}`; //~ safe: its element has its text
  text = `${[1, [slow]]}`; //~ blocks: an array is the texts of its elements, however deep
  text = "" + [slow]; //~ blocks: the same
  text = [slow] as unknown == "s"; //~ blocks: to be compared with a text it becomes one
  text = `${circle}`; //~ safe: an array in itself is nothing
  text = [counted].join(); //~ safe: texts are joined, and valueOf is not asked
  text = [slow, slow].sort(); //~ blocks: without a comparison texts are compared
  text = [slow, slow].sort(() => 0); //~ safe: the comparison looks at nothing
  text = [slow].toLocaleString(); //~ blocks: asks each for its text
});
console.log(typeof text);
