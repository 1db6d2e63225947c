import { atomic, sleep } from "corona";

function until(done: () => boolean, pause: () => void, limit = 3) {
  for (let i = 0; i < limit && !done(); i++) pause();
}
let flag = false;
atomic(() => {
  until(() => flag, () => { flag = true; }); //~ safe: sets the flag instead of waiting
});
flag = false;
atomic(() => {
  until(() => flag, () => sleep(0)); //~ blocks: sleeps between looks
});
