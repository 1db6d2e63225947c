import { atomic, sleep } from "corona";

class Meters {
  constructor(private n: number) {}
  valueOf() { return this.n; }
}
class Measured {
  valueOf() { sleep(0); return 3; }
}

let n = 0;
atomic(() => {
  n = +new Meters(2) * 2; //~ safe: valueOf gives a field
  n = (new Measured() as unknown as number) + 1; //~ blocks: valueOf sleeps
});
console.log(n);
