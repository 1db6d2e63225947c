import { atomic, sleep } from "corona";

const queue = {
  items: [] as number[],
  add(item: number) {
    this.items.push(item);
  },
  drain() {
    while (this.items.length > 0) {
      this.items.pop();
      sleep(0);
    }
  },
};

atomic(() => {
  queue.add(1); //~ safe: pushes
  queue.drain(); //~ blocks: sleeps between items
});
