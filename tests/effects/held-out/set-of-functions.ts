import { atomic, sleep } from "corona";

const cleanups = new Set<() => void>();
cleanups.add(() => {});
const later = new Set<() => void>();
later.add(() => sleep(0));
const flush = (all: Set<() => void>) => { for (const one of all) one(); all.clear(); };
atomic(() => {
  flush(cleanups); //~ safe: its only cleanup does nothing
});
atomic(() => {
  flush(later); //~ blocks: its only cleanup sleeps
});
console.log(later.size);
