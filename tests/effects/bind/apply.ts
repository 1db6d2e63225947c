import { atomic, yieldNow } from "corona";

function both(a: () => void, b: () => void) { a(); b(); }
const nothing = () => {};

atomic: {
  both.apply(null, [nothing, nothing]); //~ safe: two empty functions
}
atomic: {
  both.apply(null, [nothing, () => yieldNow()]); //~ blocks: the second of the list yields
}
