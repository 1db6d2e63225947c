import { atomic, yieldNow } from "corona";

function signal<T>(value: T) {
  const subscribers = new Set<(value: T) => void>();
  return {
    get: () => value,
    set(next: T) {
      value = next;
      for (const notify of subscribers) notify(next);
    },
    subscribe(fn: (value: T) => void) {
      subscribers.add(fn);
      return () => subscribers.delete(fn);
    },
  };
}

const count = signal(0);
const name = signal("");
name.subscribe(() => yieldNow());
const log: number[] = [];
count.subscribe((n) => log.push(n));

atomic: {
  count.set(count.get() + 1); //~ safe: the subscriber appends
}
atomic: {
  name.get(); //~ safe: reads
  name.set("x"); //~ blocks: the subscriber yields
}
