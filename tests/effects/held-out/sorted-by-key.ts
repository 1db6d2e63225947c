import { atomic, sleep } from "corona";

const people = [{ name: "b", rank: 1 }, { name: "a", rank: 2 }];
const by = <T>(key: (item: T) => string | number) => (a: T, b: T) => (key(a) < key(b) ? -1 : 1);
let first = "";
atomic(() => {
  first = [...people].sort(by((it) => it.name))[0].name; //~ safe: compares names
});
atomic(() => {
  first += people.toSorted(by((it) => { sleep(0); return it.rank; }))[0].name; //~ blocks: the key sleeps
});
console.log(first);
