import { atomic, sleep } from "corona";

function makeWorker(pause: () => void) {
  let done = 0;
  return () => {
    done++;
    pause();
    return done;
  };
}

const slowWorker = makeWorker(() => sleep(0));
const fastWorker = makeWorker(() => {});
atomic(() => {
  slowWorker(); //~ blocks: the closure calls a pause that sleeps
});
atomic(() => {
  fastWorker(); //~ safe: the closure calls a pause that does nothing
});
