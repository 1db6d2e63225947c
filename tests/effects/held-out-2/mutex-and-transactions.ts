import { atomic, spawn, yieldNow } from "corona";

class Account {
  #balance = 0;
  #log: string[] = [];
  transact<T>(work: (account: { add(n: number): void; readonly balance: number }) => T): T {
    const before = this.#balance;
    const self = this;
    try {
      return work({ add(n) { self.#balance += n; }, get balance() { return self.#balance; } });
    } catch (error) {
      this.#balance = before;
      throw error;
    } finally {
      this.#log.push("done");
    }
  }
}
const account = new Account();
let total = 0;
atomic(() => {
  total = account.transact((it) => { it.add(3); return it.balance; }); //~ safe: adds
});
atomic(() => {
  account.transact((it) => { yieldNow(); it.add(1); }); //~ blocks: the transaction yields
});
atomic(() => {
  spawn(() => account.transact(() => yieldNow())); //~ safe: another task does it
});
console.log(total);
