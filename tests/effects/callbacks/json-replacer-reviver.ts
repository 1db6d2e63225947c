import { atomic, yieldNow } from "corona";

const slow = (_key: string, value: unknown) => { yieldNow(); return value; };
const hide = (key: string, value: unknown) => (key === "password" ? undefined : value);

let value: unknown;
atomic: {
  value = JSON.stringify({ password: "x" }, hide); //~ safe: the replacer compares
  value = JSON.stringify({ a: 1 }, slow); //~ blocks: the replacer yields
  value = JSON.parse("[1]", slow); //~ blocks: the reviver yields
  value = JSON.parse("[1]"); //~ safe: no reviver
}
console.log(value);
