import { atomic, sleep } from "corona";

function client(send) {
  return new Proxy({}, { get: (_target, method) => (...args) => send(String(method), args) });
}
const remote = client((method) => { sleep(0); return method; });
let answer = "";
atomic(() => {
  answer = remote.getUser(1); //~ blocks: what the trap gives sleeps
});
console.log(answer);
