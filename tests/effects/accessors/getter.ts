import { atomic, sleep } from "corona";

class User {
  constructor(private first: string) {}
  get name() { return this.first; }
  get avatar() { sleep(0); return "png"; }
}

const user = new User("ann");
let text = "";
atomic(() => {
  text = user.name; //~ safe: reads a field
  text = user.avatar; //~ blocks: the getter sleeps
});
console.log(text);
