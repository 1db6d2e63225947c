import { atomic, sleep } from "corona";

interface Schema<T> { parse(value: unknown): T }
const string = (): Schema<string> => ({ parse(value) { if (typeof value !== "string") throw new TypeError("string"); return value; } });
const object = <S extends Record<string, Schema<unknown>>>(shape: S) => ({
  parse(value: Record<string, unknown>) {
    return Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, schema.parse(value[key])]));
  },
});
const refine = <T>(inner: Schema<T>, check: (value: T) => boolean): Schema<T> => ({
  parse(value) {
    const parsed = inner.parse(value);
    if (!check(parsed)) throw new TypeError("refused");
    return parsed;
  },
});
const name = object({ name: refine(string(), (it) => it.length > 0) });
const account = object({ login: refine(string(), (it) => { sleep(0); return it !== "root"; }) });

atomic(() => {
  name.parse({ name: "a" }); //~ safe: checks a length
});
atomic(() => {
  account.parse({ login: "a" }); //~ blocks: the refinement asks whether the login is free
});
