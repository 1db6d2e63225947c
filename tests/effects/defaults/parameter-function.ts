import { atomic, sleep } from "corona";

function fetchAll(pause: () => void = () => sleep(0)) {
  pause();
  return 1;
}

atomic(() => {
  fetchAll(() => {}); //~ safe: another pause is given
});
atomic(() => {
  fetchAll(); //~ blocks: the default pause sleeps
});
