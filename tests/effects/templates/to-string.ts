import { atomic, sleep } from "corona";

class Name {
  constructor(private text: string) {}
  toString() { return this.text; }
}
class Translated {
  toString() { sleep(0); return "übersetzt"; }
}

let text = "";
atomic(() => {
  text = `hello ${new Name("a")}`; //~ safe: toString gives a field
  text = `hello ${new Translated()}`; //~ blocks: toString sleeps
});
console.log(text);
