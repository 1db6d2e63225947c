import { atomic, sleep } from "corona";

const sessions = new Map([["a", { close() { sleep(0); }, id: 1 }]]);
const names = new Set(["x"]);

let n = 0;
atomic(() => {
  sessions.forEach((session) => { n += session.id; }); //~ safe: adds
  names.forEach((name) => { n += name.length; }); //~ safe: adds
  sessions.forEach((session) => session.close()); //~ blocks: closes every session
});
console.log(n);
