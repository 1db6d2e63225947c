import { atomic, sleep } from "corona";

class Connection {
  constructor(readonly host: string) {
    sleep(0); // shakes hands
  }
}
class Address {
  constructor(readonly host: string) {}
}

atomic(() => {
  new Address("a"); //~ safe: stores a string
  new Connection("a"); //~ blocks: the constructor sleeps
});
