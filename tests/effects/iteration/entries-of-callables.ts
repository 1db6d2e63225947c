import { atomic, yieldNow } from "corona";

const hooks = new Map<string, () => void>([["a", () => yieldNow()]]);
const labels = new Map<string, () => string>([["a", () => "x"]]);

let text = "";
atomic: {
  for (const [name, label] of labels) text += name + label(); //~ safe: the functions give strings
  for (const hook of hooks.values()) hook(); //~ blocks: the hook yields
}
console.log(text);
