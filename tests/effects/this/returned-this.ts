import { atomic, sleep } from "corona";

class Builder {
  steps: string[] = [];
  add(step: string): this { this.steps.push(step); return this; }
  wait(): this { sleep(0); return this; }
}

let length = 0;
atomic: {
  length = new Builder().add("a").add("b").steps.length; //~ safe: appends
  length = new Builder().add("a").wait().steps.length; //~ blocks: one step of the chain sleeps
}
console.log(length);
