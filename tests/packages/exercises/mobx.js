import { action, autorun, computed, configure, flow, makeAutoObservable, observable, reaction, runInAction, toJS, when } from "mobx";
import { show, thrown } from "./show.js";

configure({ enforceActions: "never" });
class Cart {
  items = [];
  rate = 0.5;
  constructor() { makeAutoObservable(this, {}, { autoBind: true }); }
  get total() { return this.items.reduce((sum, item) => sum + item.price, 0) * (1 + this.rate); }
  add(price) { this.items.push({ price }); }
  *load() { const price = yield Promise.resolve(30); this.add(price); return this.items.length; }
}
const cart = new Cart();
const seen = [];
autorun(() => seen.push(cart.total));
reaction(() => cart.items.length, (length) => seen.push(`length ${length}`));
cart.add(10);
const { add } = cart;
add(20);
runInAction(() => { cart.rate = 0; cart.add(5); });
show("flow", await cart.load());
show("seen", seen);
show("plain", toJS(cart.items));
const map = observable.map({ a: 1 });
const size = computed(() => map.size * 10);
when(() => map.has("z"), () => seen.push("z"));
action(() => map.set("z", 2))();
show("map", [size.get(), [...map], seen.at(-1)]);
show("cycle", thrown(() => { const a = computed(() => b.get()); const b = computed(() => a.get()); a.get(); }).replace(/:[^:]*$/, ""));
show("flow2", typeof flow);
