import { atomic, sleep } from "corona";

const each = (times: number, separator: string, act: () => void) => {
  for (let i = 0; i < times; i++) act();
  return separator;
};
const twice = each.bind(null, 2).bind(null, ", ");
const paused = twice.bind(null, () => sleep(1));
const quiet = each.bind(null, 1).bind(null, "").bind(null, () => {});
atomic(() => {
  twice(() => sleep(1)); //~ blocks: what is bound last comes after what is bound first
  paused(); //~ blocks: all is bound
  quiet(); //~ safe: all is bound, to an empty function
});
