import { atomic, sleep } from "corona";

class Label {
  toString() { return "label"; }
}
class Fetched {
  toString() { sleep(0); return "fetched"; }
}
const label = new Label();
const fetched = new Fetched();

let text = "";
atomic(() => {
  text = "a " + label; //~ safe: toString gives a string
  text += fetched; //~ blocks: appending converts, which sleeps
});
console.log(text);
