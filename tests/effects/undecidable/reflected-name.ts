import { atomic } from "corona";
import { args } from "corona:process";

class Service {
  start() { return 1; }
  stop() { return 2; }
}
const service = new Service();
const wanted = args[0] ?? "start";
const method = Reflect.get(service, wanted) as () => number;
let n = 0;
atomic(() => {
  n = Reflect.apply(method, service, []); //~ undecidable: an argument names the method, and Object.prototype has more
});
console.log(n);
