import { atomic, yieldNow } from "corona";

const listeners = new Set<() => void>();
listeners.add(() => yieldNow());
const marks = new Set<() => void>();
marks.add(() => {});

atomic: {
  marks.forEach((mark) => mark()); //~ safe: the only mark does nothing
  listeners.forEach((listener) => listener()); //~ blocks: the listener yields
}
