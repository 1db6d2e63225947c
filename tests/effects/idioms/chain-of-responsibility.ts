import { atomic, sleep } from "corona";

abstract class Approver {
  constructor(private next?: Approver) {}
  approve(amount: number): boolean {
    if (this.allows(amount)) return true;
    return this.next?.approve(amount) ?? false;
  }
  protected abstract allows(amount: number): boolean;
}
class Clerk extends Approver {
  protected allows(amount: number) { return amount < 10; }
}
class Board extends Approver {
  protected allows(amount: number) { sleep(0); return amount < 1000; }
}

const office = new Clerk(new Clerk());
const company = new Clerk(new Board());
atomic(() => {
  office.approve(50); //~ safe: two clerks
});
atomic(() => {
  company.approve(50); //~ blocks: the board has to meet
});
