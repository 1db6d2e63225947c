class Resource {
  constructor(private name: string) {}
  [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() {
    console.log("closed", this.name);
  }
}

function work() {
  using first = new Resource("first");
  using second = new Resource("second");
  console.log("working");
  return "done";
}

console.log(work());
try {
  using third = new Resource("third");
  throw new Error("inside");
} catch (error) {
  console.log((error as Error).message);
}
for (using each of [new Resource("each")]) console.log("in the loop");
using last = new Resource("last");
console.log("end");
