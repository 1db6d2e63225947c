import { atomic, yieldNow } from "corona";

class Batch {
  *[Symbol.iterator]() {
    yieldNow();
    yield 4;
  }
}

let most = 0;
atomic: {
  most = Math.max(...[1, 2]); //~ safe: an array
  most = Math.max(...new Batch()); //~ blocks: the iteration yields its turn
}
console.log(most);
