import { atomic, sleep } from "corona";

class AppError extends Error {
  constructor(message: string, private readonly details: () => string) { super(message); }
  describe() { return `${this.message}: ${this.details()}`; }
}
const known = new AppError("a", () => "detail");
const remote = new AppError("b", () => { sleep(0); return "looked up"; });

atomic(() => {
  known.describe(); //~ safe: strings
});
atomic(() => {
  try {
    throw remote;
  } catch (error) {
    (error as AppError).describe(); //~ blocks: the details are looked up
  }
});
