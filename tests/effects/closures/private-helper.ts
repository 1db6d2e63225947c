import { atomic, sleep } from "corona";

function makeAccount(balance: number) {
  const audit = (what: string) => { sleep(0); return what; };
  const check = (amount: number) => amount <= balance;
  return {
    withdraw(amount: number) {
      if (!check(amount)) return false;
      balance -= amount;
      audit("withdraw");
      return true;
    },
    canWithdraw(amount: number) {
      return check(amount);
    },
  };
}

const account = makeAccount(10);
atomic: {
  if (account.canWithdraw(3)) { //~ safe: compares numbers
    account.withdraw(3); //~ blocks: audits, which sleeps
  }
}
