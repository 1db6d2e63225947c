import { atomic, sleep } from "corona";

const makeClass = (pause: () => void) =>
  class {
    run() {
      pause();
    }
  };
const Slow = makeClass(() => sleep(0));
const Fast = makeClass(() => {});

atomic(() => {
  new Slow().run(); //~ blocks: made with a pause that sleeps
});
atomic(() => {
  new Fast().run(); //~ safe: made with a pause that does nothing
});
