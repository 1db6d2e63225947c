import { atomic, sleep } from "corona";

abstract class Job {
  abstract run(): number;
  twice() { return this.run() + this.run(); }
}
class Sum extends Job {
  run() { return 1 + 1; }
}
class Product extends Job {
  run() { return 2 * 2; }
}
class Download extends Job {
  run() { sleep(0); return 5; }
}

const light: Job[] = [new Sum(), new Product()];
const heavy: Job = new Download();
let n = 0;
atomic(() => {
  n += light[0].twice(); //~ safe: the list holds sums and products
});
atomic(() => {
  n += heavy.twice(); //~ blocks: downloads
});
console.log(n);
