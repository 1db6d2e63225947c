import { atomic, yieldNow } from "corona";

function* dialog(): Generator<string, void, () => void> {
  const act = yield "what?";
  act();
}
const one = dialog();
const two = dialog();
one.next();
two.next();

atomic: {
  one.next(() => {}); //~ safe: the function that is sent does nothing
}
atomic: {
  two.next(() => yieldNow()); //~ blocks: the function that is sent yields
}
