import { atomic, sleep } from "corona";

type State = "idle" | "busy" | "done";
const transitions: Record<State, { next: State; enter?: () => void }> = {
  idle: { next: "busy" },
  busy: { next: "done", enter: () => sleep(0) },
  done: { next: "idle" },
};
class Machine {
  state: State = "idle";
  canStep() { return transitions[this.state].next !== this.state; }
  step() {
    this.state = transitions[this.state].next;
    transitions[this.state].enter?.();
  }
}

const machine = new Machine();
atomic(() => {
  machine.canStep(); //~ safe: compares
  machine.step(); //~ blocks: entering busy sleeps
});
