import { atomic, sleep } from "corona";

class Query<T> extends Promise<T> {
  explain() { sleep(0); return "scan"; }
  label() { return "query"; }
}
const store = await new Query<{ load(): void; peek(): void }>((resolve) => resolve({ load() { sleep(0); }, peek() {} }));
const query = Query.resolve(1).then((n) => n + 1) as Query<number>;

let text = "";
atomic(() => {
  store.peek(); //~ safe: does nothing
  store.load(); //~ blocks: what the promise came to sleeps
  text = query.label(); //~ safe: a constant
  text = query.explain(); //~ blocks: what `then` gives is a Query too
});
console.log(text);
