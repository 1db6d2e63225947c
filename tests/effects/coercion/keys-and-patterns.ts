import { atomic, sleep } from "corona";

const key = { toString: () => "a" } as unknown as string;
const slowKey = { toString() { sleep(0); return "b"; } } as unknown as string;
const table = { a: 1 };
const shout = { [Symbol.replace]: (text: string) => text.toUpperCase() };
const remote = {
  [Symbol.replace]() { sleep(0); return "r"; },
  [Symbol.split]() { sleep(0); return ["s"]; },
};

let found: unknown;
atomic: {
  found = key in table; //~ safe: its text is there
  found = slowKey in table; //~ blocks: the key has to become a text
  found = "a".replace(shout, ""); //~ safe: puts it in capitals
  found = "a".replace(remote, ""); //~ blocks: replaces in its own way, which sleeps
  found = "a".split(remote); //~ blocks: so does splitting
}
console.log(found);
