import { atomic, sleep } from "corona";

class Rejected extends Error {
  constructor(readonly order: number) {
    super(`order ${order}`);
    this.name = "Rejected";
  }
}
class Reported extends Error {
  constructor(message: string) {
    super(message);
    sleep(0); // tells somebody
  }
}

atomic(() => {
  new Rejected(3); //~ safe: sets two fields
  try {
    throw new Reported("x"); //~ blocks: the constructor sleeps
  } catch {}
});
