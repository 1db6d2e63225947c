import { atomic, sleep } from "corona";

const createStore = <S>(state: S) => {
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(next: S) { state = next; listeners.forEach((listener) => listener()); },
    subscribe(listener: () => void) { listeners.add(listener); return () => listeners.delete(listener); },
  };
};
const { get, set, subscribe } = createStore(1);
let n = 0;
subscribe(() => { n++; sleep(0); });
atomic(() => {
  n = get(); //~ safe: the state
  set(2); //~ blocks: the subscriber sleeps
});
console.log(n);
