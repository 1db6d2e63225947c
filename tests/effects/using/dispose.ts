import { atomic, sleep } from "corona";

class Lease {
  [Symbol.dispose]() { sleep(0); }
}
class Mark {
  static open = 0;
  constructor() { Mark.open++; }
  [Symbol.dispose]() { Mark.open--; }
}

atomic(() => { using _ = new Mark(); }); //~ safe: disposing decrements
atomic(() => { using _ = new Lease(); }); //~ blocks: the lease is given back at the end of the block, and that sleeps
console.log(Mark.open);
