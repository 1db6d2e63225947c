import { atomic, sleep } from "corona";

interface Lens<S, A> { get(s: S): A; set(s: S, a: A): S }
const prop = <S, K extends keyof S>(key: K): Lens<S, S[K]> => ({
  get: (s) => s[key],
  set: (s, a) => ({ ...s, [key]: a }),
});
const over = <S, A>(lens: Lens<S, A>, fn: (a: A) => A) => (s: S) => lens.set(s, fn(lens.get(s)));
const age = prop<{ age: number }, "age">("age");
const older = over(age, (n) => n + 1);
const asked = over(age, (n) => { sleep(0); return n; });

atomic(() => {
  older({ age: 1 }); //~ safe: adds
});
atomic(() => {
  asked({ age: 2 }); //~ blocks: asks before it sets
});
