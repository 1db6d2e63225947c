import { atomic, yieldNow } from "corona";

class Query {
  parts: string[] = [];
  where(part: string) {
    this.parts.push(part);
    return this;
  }
  run() {
    yieldNow();
    return this.parts.length;
  }
  text() {
    return this.parts.join(" and ");
  }
}

let text = "";
let n = 0;
atomic: {
  text = new Query().where("a").where("b").text(); //~ safe: builds a string
  n = new Query().where("a").where("b").run(); //~ blocks: the last of the chain yields
}
console.log(text, n);
