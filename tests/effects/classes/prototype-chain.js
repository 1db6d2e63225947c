import { atomic, yieldNow } from "corona";

function Base() {}
Base.prototype.slow = function () { yieldNow(); };
Base.prototype.fast = function () { return 1; };
function Derived() {
  Base.call(this);
}
Derived.prototype = Object.create(Base.prototype);
Derived.prototype.constructor = Derived;

const derived = new Derived();
atomic: {
  derived.fast(); //~ safe: found on Base.prototype, returns 1
  derived.slow(); //~ blocks: found on Base.prototype, yields
}
