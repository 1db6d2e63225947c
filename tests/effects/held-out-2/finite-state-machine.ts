import { atomic, sleep } from "corona";

type State = "idle" | "busy" | "done";
type Actions = { enter?: () => void; leave?: () => void };
class Machine {
  constructor(private state: State, private readonly table: Record<State, Actions>) {}
  go(next: State) {
    this.table[this.state].leave?.();
    this.state = next;
    this.table[next].enter?.();
  }
}
const log: string[] = [];
const light = new Machine("idle", {
  idle: { leave: () => { log.push("leave"); } },
  busy: { enter: () => { log.push("enter"); } },
  done: {},
});
const heavy = new Machine("busy", { idle: {}, busy: { leave() { sleep(0); } }, done: {} });
atomic(() => {
  light.go("busy"); //~ safe: all its actions push to an array
});
atomic(() => {
  heavy.go("done"); //~ blocks: leaving busy sleeps
});
console.log(log.join());
