import { atomic, sleep } from "corona";

const defaults = {
  get port() {
    sleep(1);
    return 80;
  },
  get host() {
    sleep(1);
    return "localhost";
  },
};
const config = { __proto__: defaults, port: 8080 } as unknown as typeof defaults;

class Lazy {
  get value(): number {
    sleep(1);
    return 1;
  }
  get other(): number {
    sleep(1);
    return 1;
  }
}
class Eager extends Lazy {
  // @ts-expect-error an own field in the place of an accessor
  value = 2;
}

const eager = new Eager();
let sum = 0;
atomic(() => {
  sum += config.port; //~ safe: its own
  sum += config.host.length; //~ blocks: that of the defaults
  sum += eager.value; //~ safe: its own
  sum += eager.other; //~ blocks: that of the class above
});
console.log(sum);
