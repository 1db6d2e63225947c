import { atomic, sleep } from "corona";

export function limiter({ now = () => Date.now(), wait = sleep, perSecond = 10 } = {}) {
  let next = 0;
  return {
    tryTake() {
      const time = now();
      if (time < next) return false;
      next = time + 1000 / perSecond;
      return true;
    },
    take() {
      while (!this.tryTake()) wait(1);
    },
  };
}
const real = limiter({ perSecond: 100 });
let taken = 0;
atomic(() => {
  if (real.tryTake()) taken++; //~ safe: looks at the clock
});
atomic(() => {
  real.take(); //~ blocks: waits until the next turn
  taken++;
});
console.log(taken);
