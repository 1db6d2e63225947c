// The variable is there from the start, and gets the function where the declaration stands.
console.log(typeof seen);
if (module) {
  console.log(typeof seen, typeof twice(1));
  function seen() { return "seen"; }
  function twice() { return 1; }
  function twice() { return 2; }
}
console.log(seen(), twice());

// In a switch, in a loop.
switch (1) {
  case 1:
    function chosen() { return "chosen"; }
}
const made = [];
for (const index of [1, 2]) {
  made.push(() => numbered());
  function numbered() { return index; }
}
console.log(chosen(), made.map((it) => it()), numbered());

// A value that the block gives to its own function stays in the block; recursion means the block's.
(function () {
  {
    function inner(depth) { return depth ? inner(depth - 1) : "end"; }
    var kept = inner, { inner: same } = { inner };
    console.log(same === inner);
    ({ inner } = { inner: () => "given later" });
    console.log(inner());
  }
  console.log(inner === kept, inner(3));
})();

// Not where something between has the name, nor a parameter, nor in strict code.
(function (param) {
  { function param() {} }
  console.log(param);
  let outer = "outer";
  { function outer() {} }
  console.log(outer);
  { let between; { function between() {} } }
  console.log(typeof between);
  (function () {
    "use strict";
    { function hidden() {} }
    console.log(typeof hidden);
  })();
  { async function later() {} function* many() {} }
  console.log(typeof later, typeof many);
})("param");
