import { atomic, sleep } from "corona";

class Account {
  constructor(public balance: number) {}
  deposit(n: number) {
    atomic: {
      this.balance += n;
      this.check(); //~ safe: compares
    }
    this.audit();
  }
  withdraw(n: number) {
    atomic: {
      this.balance -= n;
      this.audit(); //~ blocks: audit sleeps
    }
  }
  private check() { if (this.balance < 0) throw new RangeError("empty"); }
  private audit() { sleep(0); }
}

const account = new Account(1);
account.deposit(2);
account.withdraw(1);
