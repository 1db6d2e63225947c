import { atomic, sleep } from "corona";

class Quiet {
  log(_text: string) {}
}
class Loud extends Quiet {
  override log(_text: string) { sleep(0); }
}
class Quieter extends Loud {
  override log(text: string) { Quiet.prototype.log.call(this, text); }
}

const quieter = new Quieter();
const loud = new Loud();
atomic(() => {
  quieter.log("a"); //~ safe: goes around the override that sleeps
});
atomic(() => {
  loud.log("a"); //~ blocks: sleeps
});
