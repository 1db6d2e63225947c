import { atomic, sleep } from "corona";

class Even {
  static [Symbol.hasInstance](value: unknown) {
    return Number(value) % 2 === 0;
  }
}
class Known {
  static [Symbol.hasInstance](value: unknown) {
    sleep(0); // looks it up
    return value === 1;
  }
}

let found = false;
atomic: {
  found = (2 as unknown) instanceof Even; //~ safe: arithmetic
  found = (1 as unknown) instanceof Known; //~ blocks: instanceof runs Symbol.hasInstance
}
console.log(found);
