// Where console writes, and its small tools.
console.log("out %s %d", "a", 1, { x: 1 });
console.error("err", new Set([1]));
console.warn("warn");
console.assert(false, "assert %s", "x");
console.assert(false);
console.assert(false, { a: 1 });
console.countReset("none");
console.timeEnd("none");
console.time("t");
console.time("t");
console.timeLog("t", { more: 1 });
console.timeEnd("t");
console.trace("here %d", 1);
console.group("outer");
console.error("indented\ntwice");
console.groupEnd();
const { log } = console;
log("detached");
try {
  console.table([], 5);
} catch (error) {
  console.log(error.name, error.code);
}
console.log(Object.prototype.toString.call(console), Object.keys(console).length);
