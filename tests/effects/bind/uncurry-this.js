import { atomic, yieldNow } from "corona";

const uncurryThis = Function.prototype.bind.bind(Function.prototype.call);
const pause = uncurryThis(function () { yieldNow(); return this; });
const trim = uncurryThis(String.prototype.trim);

atomic: {
  trim(" a "); //~ safe: a string's own method
  pause({}); //~ blocks: the function behind it yields
}
