import { atomic, sleep } from "corona";

abstract class Job {
  run() { this.before(); this.execute(); this.after(); }
  protected before() {}
  protected after() {}
  protected abstract execute(): void;
}
class Count extends Job { n = 0; protected execute() { this.n++; } }
class Fetch extends Job { protected execute() {} protected override after() { sleep(0); } }
const count = new Count();
atomic(() => {
  count.run(); //~ safe: counts
});
atomic(() => {
  new Fetch().run(); //~ blocks: its last step sleeps
});
console.log(count.n);
