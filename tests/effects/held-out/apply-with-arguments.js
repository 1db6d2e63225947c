import { atomic, sleep } from "corona";

function before(target, name, advice) {
  const original = target[name];
  target[name] = function () { advice(name); return original.apply(this, arguments); };
}
const service = { pause(ms) { sleep(ms); return ms; } };
const calls = [];
before(service, "pause", (name) => calls.push(name));
atomic(() => {
  service.pause(0); //~ blocks: the original sleeps
});
console.log(calls.length);
