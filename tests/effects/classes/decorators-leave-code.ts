import { atomic, sleep } from "corona";

type Context = { addInitializer(run: () => void): void };
const slowly = (_: unknown, __: Context) => (value: number) => {
  sleep(1);
  return value;
};
const twice = (_: unknown, __: Context) => (value: number) => value * 2;
const boots = (_: unknown, context: Context) => context.addInitializer(() => sleep(1));
const counts = (_: unknown, context: Context) => context.addInitializer(() => void made++);
const later = (_: unknown, __: Context) => ({
  init(value: number) {
    sleep(1);
    return value;
  },
});
let made = 0;

class Slow {
  @slowly size = 1;
}
class Quick {
  @twice size = 1;
  @counts go() {}
}
class Booting {
  @boots go() {}
}
class Accessed {
  @later accessor size = 1;
}
@boots
class Once {}

atomic(() => {
  new Slow(); //~ blocks: the decorator makes the value of the field
  new Quick(); //~ safe: doubles and counts
  new Booting(); //~ blocks: what the decorator added
  new Accessed(); //~ blocks: what the decorator says about the first value
  new Once(); //~ safe: that ran when the class was made
});
