import { atomic, sleep } from "corona";

class Store {
  saved: number[] = [];
  save(n: number) { this.saved.push(n); sleep(0); }
  note(n: number) { this.saved.push(n); }
}
const store = new Store();

atomic(() => {
  [1, 2].forEach(store.note.bind(store)); //~ safe: appends
  [1, 2].forEach(store.save, store); //~ blocks: sleeps for each
});
