import { atomic, sleep } from "corona";

function debounce(fn: () => void, ms: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(fn, ms);
  };
}
function leading(fn: () => void) {
  let quiet = false;
  return () => {
    if (quiet) return;
    quiet = true;
    fn();
  };
}
const save = () => sleep(0);
const saveLater = debounce(save, 1);
const saveNow = leading(save);

atomic(() => {
  saveLater(); //~ safe: a timer runs it, outside of the section
  saveNow(); //~ blocks: the first call runs it at once
});
