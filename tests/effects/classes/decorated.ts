import { atomic, sleep } from "corona";

function logged(method: (...args: unknown[]) => unknown, context: { name: string | symbol }) {
  return function (this: unknown, ...args: unknown[]) {
    sleep(0); // writes to the log
    return method.apply(this, args.concat(String(context.name)));
  };
}

class Service {
  @logged
  start(..._args: unknown[]) { return 1; }
  status() { return "up"; }
}

const service = new Service();
atomic(() => {
  service.status(); //~ safe: not decorated
  service.start(); //~ blocks: the decorator has put a sleep around it
});
