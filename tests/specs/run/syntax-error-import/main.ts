import "./good.ts";
import "./bad.ts";
console.log("never");
