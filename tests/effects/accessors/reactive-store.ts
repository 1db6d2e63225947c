import { atomic, sleep } from "corona";

type Effect = () => void;
const watchers = new WeakMap<object, Map<PropertyKey, Set<Effect>>>();
let active: Effect | undefined;

function reactive<T extends object>(target: T): T {
  return new Proxy(target, {
    get(of, key, receiver) {
      if (active) {
        if (!watchers.has(of)) watchers.set(of, new Map());
        const keys = watchers.get(of)!;
        if (!keys.has(key)) keys.set(key, new Set());
        keys.get(key)!.add(active);
      }
      return Reflect.get(of, key, receiver);
    },
    set(of, key, value, receiver) {
      const done = Reflect.set(of, key, value, receiver);
      watchers.get(of)?.get(key)?.forEach((effect) => effect());
      return done;
    },
  });
}
function effect(run: Effect) { active = run; run(); active = undefined; }

const state = reactive({ count: 0 });
let shown = 0;
effect(() => { shown = state.count; });
effect(() => { shown = state.count; sleep(0); });

atomic(() => {
  shown = state.count; //~ safe: reading notes who reads
  state.count++; //~ blocks: one of its watchers sleeps
});
console.log(shown);
