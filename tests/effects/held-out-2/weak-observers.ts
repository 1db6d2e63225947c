import { atomic, yieldNow } from "corona";

const observers = new WeakMap<object, Set<(key: string) => void>>();
function observe(target: object, observer: (key: string) => void) {
  let set = observers.get(target);
  if (!set) observers.set(target, (set = new Set()));
  set.add(observer);
  return () => set.delete(observer);
}
function reactive<T extends object>(target: T): T {
  return new Proxy(target, {
    set(object, key, value) {
      const done = Reflect.set(object, key, value);
      observers.get(object)?.forEach((observer) => observer(String(key)));
      return done;
    },
  });
}
const raw = { count: 0 };
const state = reactive(raw);
const stop = observe(raw, () => yieldNow());
let read = 0;
atomic(() => {
  read = state.count; //~ safe: only writes are trapped
});
atomic(() => {
  state.count = 1; //~ blocks: an observer yields
});
atomic(() => {
  stop(); //~ safe: takes the observer out of a Set
});
console.log(read);
