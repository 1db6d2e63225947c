import { atomic, sleep } from "corona";

const serializable = {
  serialize() { return JSON.stringify({ id: this.id }); },
};
const storable = {
  store() { sleep(0); return this.serialize(); },
};
class Item {
  constructor(id) { this.id = id; }
}
Object.assign(Item.prototype, serializable, storable);

const item = new Item(1);
atomic(() => {
  item.serialize(); //~ safe: makes a string
  item.store(); //~ blocks: sleeps
});
