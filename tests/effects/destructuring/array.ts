import { atomic, yieldNow } from "corona";

function useSwitch(): [() => boolean, () => void] {
  let on = false;
  return [() => on, () => { on = !on; yieldNow(); }];
}
const [isOn, toggle] = useSwitch();

atomic: {
  isOn(); //~ safe: reads a captured flag
  toggle(); //~ blocks: the second of the pair yields
}
