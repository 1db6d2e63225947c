import { atomic, sleep } from "corona";

const plain = { toString() { return "p"; } };
const slow = { toString() { sleep(0); return "s"; } };

let text = "";
atomic(() => {
  text = String(plain); //~ safe: toString gives a string
  text = String(slow); //~ blocks: toString sleeps
  text = [plain, 1].join(); //~ safe: joins
  text = [slow].join(); //~ blocks: joining converts every element
});
console.log(text);
