import { atomic, sleep } from "corona";

class Store {
  write(_text: string) {
    sleep(0);
  }
}
class FakeStore extends Store {
  written: string[] = [];
  override write(text: string) {
    this.written.push(text);
  }
}

const fake = new FakeStore();
const real = new Store();
atomic(() => {
  fake.write("a"); //~ safe: the override only appends
});
atomic(() => {
  real.write("a"); //~ blocks: the original sleeps
});
