import { atomic, sleep } from "corona";

interface Mailer { send(to: string): void }
interface Clock { now(): number }
class SmtpMailer implements Mailer {
  send(_to: string) { sleep(0); }
}
class Outbox implements Mailer {
  letters: string[] = [];
  send(to: string) { this.letters.push(to); }
}
class Signup {
  constructor(private deps: { mailer: Mailer; clock: Clock }) {}
  register(name: string) {
    const at = this.deps.clock.now();
    this.deps.mailer.send(name);
    return at;
  }
}

const clock: Clock = { now: () => 1 };
const real = new Signup({ mailer: new SmtpMailer(), clock });
const test = new Signup({ mailer: new Outbox(), clock });
atomic(() => {
  test.register("a"); //~ safe: its mailer appends
});
atomic(() => {
  real.register("b"); //~ blocks: its mailer sleeps
});
