//- /main.cjs
const { atomic, sleep } = require("corona");
const _ = require("./util.cjs");

const totals = [];
atomic(() => {
  totals.push(_.sumBy([1, 2], (n) => n * 2)); //~ safe: doubles
});
atomic(() => {
  _.each({ a: 1 }, (n) => { totals.push(n); }); //~ safe: pushes
});
atomic(() => {
  _.each([1], () => sleep(0)); //~ blocks: the callback sleeps
});
atomic(() => {
  totals.push(_.chain([3, 4]).map((n) => n + 1).value().length); //~ safe: adds one
});
console.log(totals.join());
//- /util.cjs
;(function (root, factory) {
  if (typeof define === "function" && define.amd) define([], factory);
  else if (typeof module === "object" && module.exports) module.exports = factory();
  else root._ = factory();
})(this, function () {
  "use strict";
  function _(value) { return new Wrapper(value); }
  function Wrapper(value) { this.wrapped = value; }
  _.each = function (list, fn) {
    if (Array.isArray(list)) for (var i = 0; i < list.length; i++) fn(list[i], i);
    else for (var key in list) fn(list[key], key);
    return list;
  };
  _.map = function (list, fn) {
    var out = [];
    _.each(list, function (value, index) { out.push(fn(value, index)); });
    return out;
  };
  _.sumBy = function (list, fn) { return _.map(list, fn).reduce(function (a, b) { return a + b; }, 0); };
  _.chain = function (value) { return _(value); };
  ["map", "each"].forEach(function (name) {
    Wrapper.prototype[name] = function (fn) { return _(_[name](this.wrapped, fn)); };
  });
  Wrapper.prototype.value = function () { return this.wrapped; };
  return _;
});
