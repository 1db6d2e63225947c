import { atomic, sleep } from "corona";

function configure({ wait = () => sleep(0), level = 1 }: { wait?: () => void; level?: number } = {}) {
  wait();
  return level;
}

atomic(() => {
  configure({ wait: () => {}, level: 2 }); //~ safe: brings its own wait
});
atomic(() => {
  configure(); //~ blocks: the default of the pattern sleeps
});
