import { atomic, sleep } from "corona";

function createStore<S>(state: S) {
  const listeners: (() => void)[] = [];
  return {
    set(next: S) { state = next; for (const listener of listeners) listener(); },
    subscribe(listener: () => void) { listeners.push(listener); },
    state: () => state,
  };
}
const quiet = createStore(0);
const loud = createStore(0);
let n = 0;
quiet.subscribe(() => { n++; });
loud.subscribe(() => sleep(0));
atomic(() => {
  quiet.set(1); //~ safe: its listener counts
});
atomic(() => {
  loud.set(1); //~ blocks: its listener sleeps
});
console.log(n);
