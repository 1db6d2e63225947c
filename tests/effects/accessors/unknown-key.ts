import { atomic, sleep } from "corona";

class User {
  get age() {
    sleep(1);
    return 1;
  }
  set age(_: number) {
    sleep(1);
  }
}
class Plain {
  age = 1;
  get name() {
    return "";
  }
}

type Fields = Record<string | symbol, unknown>;
const pick = (from: object, keys: string[]) => keys.map((key) => (from as Fields)[key]);
const SECRET = Symbol("secret");
const PART = "ho";
const vault: Fields = {
  get [SECRET]() {
    sleep(1);
    return 1;
  },
};
const address = {
  get [PART + "st"]() {
    sleep(1);
    return "a";
  },
} as { host: string };
const key: string = "age";
let seen: unknown;
atomic(() => {
  pick(new User(), ["age"]); //~ blocks: a key names the getter
  pick(new Plain(), ["age"]); //~ safe: a field, and a getter that gives a string
  (new User() as unknown as Fields)[key] = 2; //~ blocks: a key names the setter
  (new Plain() as unknown as Fields)[key] = 2; //~ safe: a field
  seen = vault[SECRET]; //~ blocks: a getter under a symbol
  seen = address.host; //~ blocks: a getter whose name was put together
  const { [key]: age } = new User() as unknown as Fields; //~ blocks: a key in a pattern
  seen = age;
});
console.log(seen);
