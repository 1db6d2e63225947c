import { atomic, yieldNow } from "corona";

enum Level { Low, High }
namespace Level {
  export function parse(text: string) { return text === "high" ? Level.High : Level.Low; }
  export function ask() { yieldNow(); return Level.Low; }
}

let level = Level.Low;
atomic: {
  level = Level.parse("high"); //~ safe: compares strings
  level = Level.ask(); //~ blocks: the helper beside the enum yields
}
console.log(level);
