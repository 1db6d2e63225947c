class Resource { constructor(private name: string) {} [Symbol.dispose]() { console.log("closed", this.name); } }
function work() { using a = new Resource("a"); using b = new Resource("b"); console.log("working"); return "done"; }
console.log(work());
try { using c = new Resource("c"); throw new Error("inside"); } catch (error) { console.log((error as Error).message); }
using last = new Resource("last");
console.log("end");
