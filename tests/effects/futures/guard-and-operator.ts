import { atomic, future, sleep } from "corona";

const answer = future(() => "yes");
sleep(0);
let text = "";
atomic: {
  text = (answer.settled && answer.get()) || "no"; //~ safe: asked first
  text = answer.settled ? answer.get() : "later"; //~ safe: asked first
}
console.log(text);
